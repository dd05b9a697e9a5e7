"""Keeps the old addresses of imported articles alive: each leads to the page that has the article now."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import NewsPage, NewsPlacement
from sites.models import Agency, HostName

# Words that show a page in another way below its address (home.views); no article may be called so.
WORDS_BELOW_A_PAGE = frozenset({"in", "rss", "atom"})
# The name under which pages are served; every other view has its own.
_PAGE_VIEW = "wagtail_serve"


def keep_old_address(page: NewsPage, agency: Agency, url: str) -> str:
    """Lead an article's old address on its portal to its page; return why not, or "" when it leads there.

    Nothing that answers already is shadowed: neither a page (also a withdrawn one) nor one of the system's addresses.
    """
    if not url:
        return ""
    problem = _unusable(agency, url)
    if problem:
        return problem
    old_path = Redirect.normalise_path(_path_of(url))
    path = old_path.partition("?")[0]
    if path == page.path_in_portal.rstrip("/"):
        return ""
    if _is_taken(agency, path, page):
        return _("the old address is another page's address now")
    redirect, created = Redirect.objects.get_or_create(
        old_path=old_path, site=agency.site, defaults={"redirect_page": page}
    )
    if not created and redirect.redirect_page_id != page.pk:
        return _("the old address already leads elsewhere")
    return ""


def _path_of(url):
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _unusable(agency, url):
    try:
        host = (urlsplit(url).hostname or "").lower()
        old_path = Redirect.normalise_path(_path_of(url))
    except ValueError:
        return _("the old address is malformed")
    if len(old_path) > Redirect._meta.get_field("old_path").max_length:
        return _("the old address is too long to lead on")
    if "\x00" in old_path:
        return _("the old address is malformed")
    if host and HostName.objects.filter(name=host).exclude(agency=agency).exists():
        return _("the old address belongs to another portal")
    return ""


def _is_taken(agency, path, page):
    if _has_own_view(path) or _has_own_view(path.rstrip("/") + "/"):
        return True
    words = [word for word in path.split("/") if word]
    addresses = {_url_path(agency, words)}
    if words and words[-1] in WORDS_BELOW_A_PAGE:
        addresses.add(_url_path(agency, words[:-1]))
    if Page.objects.filter(url_path__in=addresses).exclude(pk=page.pk).exists():
        return True
    shared = NewsPlacement.objects.filter(agency=agency, slug=words[-1] if words else "", is_original=False)
    return shared.filter(section__url_path=_url_path(agency, words[:-1])).exists()


def _has_own_view(path):
    try:
        return resolve(path).url_name != _PAGE_VIEW
    except Resolver404:
        # Such as "/Pages/tin.aspx", which no page can have either.
        return False


def _url_path(agency, words):
    return "/".join(["", agency.code, *words, ""])
