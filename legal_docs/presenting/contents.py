"""The table of contents, from the rows of elements: a text of 500 articles must not be parsed to list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from django.db.models.functions import Substr
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.text import shorten
from legal_docs.models import Element, Text
from legal_docs.structure.tree import GROUPS, Kind

_LISTED = [str(kind) for kind in (*GROUPS, Kind.ARTICLE, Kind.ATTACHMENT)]
_DEPTHS = {str(Kind.PART): 0, str(Kind.ATTACHMENT): 0, str(Kind.CHAPTER): 1, str(Kind.SECTION): 2}
_DEEPEST = 3
_LONGEST = 110


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    eid: str
    kind: str
    title: str


def contents_of(text: Text | None) -> list[Entry]:
    """Return the parts, chapters, articles and attachments of a text in reading order, in one query."""
    if text is None or not text.pk:
        return []
    rows = (
        Element.objects.filter(text=text, kind__in=_LISTED)
        .order_by("position")
        .values_list("eid", "kind", "heading", Substr("content", 1, 260))
    )
    return [Entry(eid, kind, _title(heading, beginning)) for eid, kind, heading, beginning in rows]


def _title(heading, beginning):
    # The first line is what is printed, label and heading; titles of chapters stand below their label.
    lines = beginning.split("\n")
    first = lines[0].strip()
    if heading and heading not in first:
        first = f"{first.rstrip('.')}. {heading}" if first else heading
    return shorten(first, _LONGEST)


def as_html(entries: Iterable[Entry], cited: Mapping[str, int]) -> SafeString:
    """Return the lines as HTML, each with the number of citations of its article; a template would take ten times as
    long for the 500 articles of a code. All text is escaped.
    """
    pieces = []
    title = _("%(count)s citations of this article")
    for entry in entries:
        depth = _DEPTHS.get(entry.kind, _DEEPEST)
        look = "article" if entry.kind == Kind.ARTICLE else f"group toc__entry--{depth}"
        count = cited.get(entry.eid, 0)
        mark = ""
        if count:
            words = escape(title % {"count": count})
            mark = (
                f' <a class="toc__cited" rel="nofollow" href="duoc-dan-chieu/?dieu={entry.eid}" title="{words}"'
                f' aria-label="{words}">{count}</a>'
            )
        pieces.append(
            f'<li class="toc__entry toc__entry--{look}">'
            f'<a class="toc__link" href="#{entry.eid}">{escape(entry.title, quote=False)}</a>{mark}</li>'
        )
    return mark_safe("".join(pieces))
