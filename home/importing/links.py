"""Where the links of an imported text lead."""

import re
from urllib.parse import urljoin, urlsplit

MAX_LINK = 2_000
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_KEPT = ("http://", "https://", "mailto:", "tel:")


def resolve(href: str | None, row_url: str, portal_url: str) -> str | None:
    """Return the whole address a link leads to, or None for one that leads nowhere from here.

    A link within the old site is resolved against the article's old address; without one, against the portal if it
    begins with "/".
    """
    href = re.sub(r"[\x00-\x20]+", "", href or "") if href and not href.startswith("mailto:") else (href or "").strip()
    if not href or href.startswith("#") or len(href) > MAX_LINK:
        return None
    if not _SCHEME.match(href):
        base = base_of(row_url, portal_url)
        if not href.startswith("/") and not row_url:
            return None
        try:
            href = urljoin(base, href)
        except ValueError:
            return None
    return href if href.lower().startswith(_KEPT) and _is_whole(href) else None


def base_of(row_url: str, portal_url: str) -> str:
    """Return the whole old address of an article; a row may name it without the host."""
    try:
        base = urljoin(portal_url + "/", row_url)
    except ValueError:
        return portal_url + "/"
    return base if base.startswith(("http://", "https://")) else portal_url + "/"


def _is_whole(href):
    if href.lower().startswith(("mailto:", "tel:")):
        return True
    try:
        parts = urlsplit(href)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
