"""Two texts side by side, article by article, as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from legal_docs.comparing import Change, Difference, compare, summary
from legal_docs.models import Text
from legal_docs.structure.plain_text import lines
from legal_docs.structure.tree import Element, from_json


@dataclass(frozen=True)
class ComparedArticle:
    """An article in both texts: what happened to it, how it is called in each, and its text with the changes."""

    change: str
    label: str
    old_label: str
    heading: str
    eid: str
    old_eid: str
    html: SafeString


@dataclass(frozen=True)
class Comparison:
    """All articles of two texts, with how many had each change."""

    articles: list[ComparedArticle]
    numbers: Mapping[str, int]

    @property
    def is_same(self) -> bool:
        return set(self.numbers) <= {Change.SAME.value}

    def _count(self, *changes):
        return sum(self.numbers.get(change.value, 0) for change in changes)

    @property
    def added(self) -> int:
        return self._count(Change.ADDED)

    @property
    def removed(self) -> int:
        return self._count(Change.REMOVED)

    @property
    def changed(self) -> int:
        return self._count(Change.CHANGED, Change.MOVED_AND_CHANGED)

    @property
    def moved(self) -> int:
        return self._count(Change.MOVED, Change.MOVED_AND_CHANGED)

    @property
    def same(self) -> int:
        return self._count(Change.SAME)


def comparison_of(old: Text, new: Text) -> Comparison:
    """Return what differs between two texts."""
    differences = compare(from_json(old.tree), from_json(new.tree))
    return Comparison(
        [_article(difference) for difference in differences],
        {change.value: count for change, count in summary(differences).items()},
    )


def _article(difference: Difference) -> ComparedArticle:
    element = difference.new or difference.old
    old = difference.old
    return ComparedArticle(
        change=difference.change.value,
        label=element.label.rstrip(". ") or element.number,
        old_label=old.label.rstrip(". ") if old else "",
        heading=element.heading,
        eid=difference.new.eid if difference.new else "",
        old_eid=old.eid if old else "",
        html=_html(difference, element),
    )


def _html(difference: Difference, element: Element):
    spans = difference.spans
    if not spans:
        tag = {Change.ADDED: "ins", Change.REMOVED: "del"}.get(difference.change)
        return mark_safe("".join(f"<p>{_tagged(tag, line)}</p>" for line in lines(element) if line))
    pieces = ["<p>"]
    for span in spans:
        tag = {Change.ADDED: "ins", Change.REMOVED: "del"}.get(span.change)
        # A line ends within or between changes; a mark may not reach over the end of a paragraph.
        for place, line in enumerate(span.text.split("\n")):
            if place:
                pieces.append("</p><p>")
            if line:
                pieces.append(_tagged(tag, line))
    pieces.append("</p>")
    return mark_safe("".join(pieces).replace("<p></p>", ""))


def _tagged(tag, text):
    words = escape(text, quote=False)
    return f"<{tag}>{words}</{tag}>" if tag else words
