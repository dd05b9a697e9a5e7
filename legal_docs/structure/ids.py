"""Element ids by the Akoma Ntoso Naming Convention 1.0 (eId): the same element keeps its id in every version."""

import re
from dataclasses import dataclass, replace

from .numerals import order
from .tree import Element, Kind

PREFIXES = {
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.SUBSECTION: "subsec",
    Kind.ARTICLE: "art",
    Kind.DIVISION: "dvs",
    Kind.CLAUSE: "para",
    Kind.SUBCLAUSE: "subpara",
    Kind.POINT: "point",
    Kind.SUBPOINT: "point",
    Kind.ATTACHMENT: "att",
    Kind.BASIS: "basis",
}
_NAMES = {
    Kind.PREFACE: "preface",
    Kind.PREAMBLE: "preamble",
    Kind.FORMULA: "formula",
    Kind.TEXT: "text",
    Kind.CONCLUSIONS: "concl",
    Kind.RECIPIENTS: "recipients",
    Kind.SIGNATURE: "signature",
}
_LISTS = (Kind.DIVISION, Kind.CLAUSE, Kind.SUBCLAUSE, Kind.POINT, Kind.SUBPOINT)


def number_in_id(number: str) -> str:
    """Return a number as ids have it: "đ" is "dd", and what is neither a letter nor a figure is a dash."""
    return re.sub(r"[^a-z0-9]+", "-", number.lower().replace("đ", "dd")).strip("-") or "x"


def table_id(eid: str, place: int) -> str:
    """Return the id of the nth table (from 1) of the element with this id."""
    return f"{eid}__table_{place}" if eid else f"table_{place}"


def with_ids(root: Element) -> Element:
    """Return the tree with an id on every element but the root."""
    attachments = [child for child in root.children if child.kind is Kind.ATTACHMENT]
    numbers = _attachment_numbers(attachments)
    given: set[str] = set()
    own = root.with_children(child for child in root.children if child.kind is not Kind.ATTACHMENT)
    children = _named(own, _Scope.of(own, ""), given)
    children += [
        _with_id(child, f"att_{number}", _Scope.of(child, f"att_{number}"), given)
        for child, number in zip(attachments, numbers, strict=True)
    ]
    return root.with_children(children)


def _attachment_numbers(attachments):
    """Appendices have the number that is printed on them; what has none, or a taken one, the next that is free."""
    taken, numbers = set(), {}
    for place, attachment in enumerate(attachments):
        number = number_in_id(attachment.number) if attachment.number else ""
        if number and number not in taken:
            taken.add(number)
            numbers[place] = number
    for place in range(len(attachments)):
        if place not in numbers:
            free = next(number for number in range(1, len(attachments) + 2) if str(number) not in taken)
            numbers[place] = str(free)
            taken.add(str(free))
    return [numbers[place] for place in range(len(attachments))]


@dataclass(frozen=True)
class _Scope:
    """What articles and chapters are counted through: the document (no id) or an attachment."""

    eid: str
    has_chapters_anew: bool

    @classmethod
    def of(cls, element, eid):
        """Chapters that begin anew in each part have the part's id before their own."""
        numbers = [inner.number for inner in element.walk() if inner.kind is Kind.CHAPTER]
        return cls(eid, len(set(numbers)) < len(numbers))

    def prefix(self, element, above):
        """What is below a chapter or an article has its id before its own; these have not."""
        if element.kind in (Kind.ARTICLE, Kind.PART):
            return self.eid
        return self.eid if element.kind is Kind.CHAPTER and not self.has_chapters_anew else above


def _named(parent: Element, scope: _Scope, given: set[str]) -> list[Element]:
    """Return the children of an element that has its id, with theirs; a list that begins anew tells which it is."""
    named, lists, last = [], {}, {}
    above = parent.eid or scope.eid
    for position, element in enumerate(parent.children):
        kind = PREFIXES.get(element.kind, "")
        if element.kind in _LISTS and element.number:
            key = order(element.number)
            if kind in last and key <= last[kind]:
                lists[kind] = lists.get(kind, 1) + 1
            last[kind] = key
        name = _name(element, position, parent)
        if lists.get(kind, 1) > 1:
            name = f"list_{lists[kind]}__{name}"
        eid = _free(_join(scope.prefix(element, above), name), _join(above, name), given)
        named.append(_with_id(element, eid, scope, given))
    return named


def _with_id(element, eid, scope, given):
    given.add(eid)
    element = replace(element, eid=eid)
    return element.with_children(_named(element, scope, given))


def _name(element, position, parent):
    if element.kind in _NAMES:
        return _NAMES[element.kind]
    if element.kind is Kind.BASIS:
        return f"basis_{1 + sum(sibling.kind is Kind.BASIS for sibling in parent.children[:position])}"
    # "2.1" is the first of clause 2.
    number = element.number
    if element.kind is Kind.SUBCLAUSE and parent.number and number.startswith(f"{parent.number}."):
        number = number[len(parent.number) + 1 :]
    return f"{PREFIXES[element.kind]}_{number_in_id(number)}"


def _join(*parts):
    return "__".join(part for part in parts if part)


def _free(eid, longer, given):
    """Where numbers begin anew, the id tells the part or chapter too; what is printed twice gets a figure."""
    for candidate in (eid, longer):
        if candidate not in given:
            return candidate
    figure = 2
    while f"{longer}-{figure}" in given:
        figure += 1
    return f"{longer}-{figure}"
