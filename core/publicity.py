"""Whether anything of a page and what stands below it is public, or was once: asked of many pages in one query.

A list of pages asks this for each row, to know which buttons to show.
"""

from collections.abc import Iterable

from django.db.models import Exists, Q
from wagtail.models import Page

_IS_LIVE = Q(live=True)
_WAS_PUBLIC = Q(first_published_at__isnull=False)
_KEPT = "_publicity_below"


def has_live_below(page: Page) -> bool:
    """Say whether the page or any page below it is public."""
    return page.live or (not page.is_leaf() and _below(page)[0])


def was_public_below(page: Page) -> bool:
    """Say whether the page or any page below it is or was public."""
    return page.first_published_at is not None or (not page.is_leaf() and _below(page)[1])


def look_below(pages: Iterable[Page]) -> None:
    """Answer both questions for many pages at once; the answers are kept on these instances."""
    parents = {page.pk: page for page in pages if not page.is_leaf()}
    if not parents:
        return
    questions = {
        f"{word}_{key}": Exists(_descendants(page).filter(condition))
        for key, page in parents.items()
        for word, condition in (("live", _IS_LIVE), ("was", _WAS_PUBLIC))
    }
    answers = Page.objects.filter(depth=1).order_by().annotate(**questions).values(*questions)[0]
    for key, page in parents.items():
        page.__dict__[_KEPT] = (answers[f"live_{key}"], answers[f"was_{key}"])


def _below(page):
    if _KEPT not in page.__dict__:
        return _descendants(page).filter(_IS_LIVE).exists(), _descendants(page).filter(_WAS_PUBLIC).exists()
    return page.__dict__[_KEPT]


def _descendants(page):
    return Page.objects.filter(path__startswith=page.path, depth__gt=page.depth).order_by()
