"""By what an article is known again when its file is read a second time."""

import hashlib
from urllib.parse import urlsplit

from wagtail.contrib.redirects.models import Redirect

from home.models import NewsPage

from .records import Row

_LIMIT = NewsPage._meta.get_field("import_key").max_length


def import_key(row: Row) -> str:
    """Return the key of a row: its old address, else its own identifier, else a digest of title and time."""
    if row.url:
        return _fitting("url", _address(row.url))
    if row.guid:
        return _fitting("id", row.guid)
    return "hash:" + _digest(f"{row.title}\n{row.time.isoformat()}")


def _address(url):
    """The address without what changes between two exports: the scheme, "www." and the order of the query."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return host + Redirect.normalise_path(url)
    except ValueError:
        return url


def _fitting(kind, text):
    key = f"{kind}:{text}"
    return key if len(key) <= _LIMIT else f"{kind}:sha256:{_digest(text)}"


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()
