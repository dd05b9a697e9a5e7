"""Combines elements and documents to citations: lists, shared ends ("điểm a và b khoản 2 Điều 5 Luật này"), spans.

From the right to the left, each element is part of the nearest larger one that follows it and is joined to it by
nothing, a comma or "của"; what follows "và" begins anew and is no parent of what stands before.
"""

import re
from dataclasses import dataclass, field

from .documents import Named
from .elements import DOCUMENT_RANK, RANKS
from .scanning import Unit

LONGEST_GAP = 400
_PARENTHESES = re.compile(r"\([^()]*\)")
_JOINED = re.compile(r"\s*(?:(?:của|thuộc|ở|tại|trong)(?:\s+các)?\s*)?")
_COMMA = re.compile(r"\s*,\s*(?:(?:của|thuộc|tại|ở)\s+)?")
_AND = re.compile(
    r"\s*(?:[,;]|\s(?:và|hoặc|hay|và/hoặc|cùng|cùng với|với)(?=\s))(?:\s*(?:và|hoặc|hay))?"
    r"(?:\s*(?:các|những|cả|từ|quy định|nêu|được quy định|tại|ở|của|theo))*\s*"
)
_INTO = re.compile(r"\s*,?\s*vào(?:\s+(?:sau|trước|đầu|cuối))?(?:\s+các)?\s+")
_FORM_ATTACHED = re.compile(
    r"\s*(?:,|\s(?:và|hoặc))\s+(?:các\s+)?(?:biểu\s+)?(?:mẫu|biểu|danh\s+mục)\s[^,;.()]{1,60}?(?:ban\s+hành\s+)?(?:kèm\s+theo|đính\s+kèm)\s+",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\s*[,(]?\s*(?:(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+theo|đính\s+kèm|kèm)|ban\s+hành\s+theo)\s+(?:các\s+)?",
    re.IGNORECASE,
)
_ATTACHED_WITH_TITLE = re.compile(
    r"\s*(?:của\s+|tại\s+)?(?P<title>[^.;\n]{1,300}?)[\s,(]+(?:được\s+)?(?:ban\s+hành\s+kèm\s+theo|kèm\s+theo|đính\s+kèm)\s+",
    re.IGNORECASE,
)
_OPENS_ATTACHED = re.compile(r"\(\s*(?:được\s+)?(?:ban\s+hành\s+)?(?:kèm\s+theo|đính\s+kèm)\s+$", re.IGNORECASE)
_FORM_BEFORE = re.compile(
    r"(?<!\w)(?:biểu\s+mẫu|mẫu|biểu)\s+(?:số\s+)?(?=[\w./-]{0,8}\d|[IVX])[\w./-]{1,12}\s+(?:(?:được\s+)?(?:quy\s+định\s+|ban\s+hành\s+)?(?:tại|của|trong|thuộc|ở)\s+)?$",
    re.IGNORECASE,
)
JOINED, COMMA, INTO, AND, APART = "joined", "comma", "into", "and", "apart"


@dataclass
class Item:
    """One element or document in a group of those that stand together, and what it is part of."""

    atom: Unit | Named
    rank: int
    gap: str = APART
    """How it is joined to what stands before it in its group."""
    preceding: "Item | None" = field(default=None, repr=False)
    following: "Item | None" = field(default=None, repr=False)
    parent: "Item | None" = field(default=None, repr=False)
    start: int = -1
    is_absorbed: bool = False
    """Whether it stands at the end of another citation, which then names the smaller element."""

    @property
    def is_document(self) -> bool:
        return isinstance(self.atom, Named)

    @property
    def is_terminal(self) -> bool:
        """Whether it is never part of what follows: a document, "Điều này"."""
        return self.is_document or self.atom.is_relative

    @property
    def end(self) -> int:
        """The end of all that follows directly and that it is part of."""
        last, ancestors = self, {id(ancestor) for ancestor in self.ancestors}
        while last.following is not None and last.following.is_absorbed and id(last.following) in ancestors:
            last = last.following
        return last.atom.end

    @property
    def outermost(self) -> "Item":
        return [self, *self.ancestors][-1]

    @property
    def ancestors(self) -> list["Item"]:
        """What it is part of, from the inside to the outside."""
        chain, item = [], self.parent
        while item is not None:
            chain.append(item)
            item = item.parent
        return chain


def combine(text: str, atoms: list[Unit | Named]) -> list[Item]:
    """Return the atoms of a line as items that know what they are part of, where they begin and where they end."""
    items = [Item(atom, DOCUMENT_RANK if isinstance(atom, Named) else RANKS[atom.kind]) for atom in atoms]
    for group in _groups(text, items):
        _find_parents(group)
        for item in group:
            item.start = item.atom.start
            _turn_around(text, item)
    return items


def start_with_form(text: str, item: Item) -> int:
    """Return where the citation of an appendix begins: with a form in it, if one is named ("Mẫu 03 tại Phụ lục")."""
    found = None
    if item.rank == RANKS["attachment"]:
        found = _FORM_BEFORE.search(text, max(0, item.start - 60), item.start)
    return found.start() if found else item.start


def _groups(text, items):
    """Yield lists of items that stand together; what stands in parentheses is a group of its own."""
    level_of = _levels(text, items)
    open_groups = {}
    for item, level in zip(items, level_of, strict=True):
        group = open_groups.get(level)
        item.gap = _gap(text, group[-1], item) if group else APART
        if item.gap == APART and group:
            yield group
            group = None
        if group is None:
            open_groups[level] = group = []
        group.append(item)
    yield from open_groups.values()


def _levels(text, items):
    """Return for each item the position of the parenthesis that it stands in, -1 for none. Unclosed ones count not."""
    closed_at, open_at = {}, []
    for found in re.finditer(r"[()]", text):
        if found[0] == "(":
            open_at.append(found.start())
        elif open_at:
            closed_at[open_at.pop()] = found.start()
    events = sorted([(begin, 1, begin) for begin in closed_at] + [(end, -1, begin) for begin, end in closed_at.items()])
    levels, inside, index = [], [], 0
    for item in items:
        while index < len(events) and events[index][0] < item.atom.start:
            _, step, begin = events[index]
            inside.append(begin) if step == 1 else inside.pop()
            index += 1
        levels.append(_level_of(text, item, [-1, *inside]))
    return levels


def _level_of(text, item, inside):
    """What an element was "(ban hành kèm theo" belongs to the element, though it stands in parentheses."""
    begin = item.atom.start
    if isinstance(item.atom, Named) and len(inside) > 1 and _OPENS_ATTACHED.search(text, max(0, begin - 40), begin):
        return inside[-2]
    return inside[-1]


def _gap(text, before, item):
    begin, end = before.atom.end, item.atom.start
    if end - begin > LONGEST_GAP:
        return APART
    gap = text[begin:end]
    if not before.is_document and item.is_document and (_ATTACHED.fullmatch(gap) or _is_title_of_attached(before, gap)):
        return JOINED
    while "(" in gap and (shorter := _PARENTHESES.sub(" ", gap)) != gap:
        gap = shorter
    if _JOINED.fullmatch(gap):
        return JOINED
    if _COMMA.fullmatch(gap):
        return COMMA
    if _INTO.fullmatch(gap) or (item.is_document and _FORM_ATTACHED.fullmatch(gap)):
        return INTO
    return AND if _AND.fullmatch(gap) else APART


def _is_title_of_attached(before, gap):
    """Whether a gap is the title of what the document was issued with: "Quy chế thi … ban hành kèm theo"."""
    found = _ATTACHED_WITH_TITLE.fullmatch(gap)
    if not found:
        return False
    title = found["title"].lstrip('"“( ')
    if title.startswith(("và ", "hoặc ", ",")):
        return False
    is_short_kind = re.match(r"\s*của\s", gap) is not None and len(title) < 60
    return before.rank == RANKS["attachment"] or title[:1].isupper() or is_short_kind


def _find_parents(group):
    nearest = {}
    for index in reversed(range(len(group))):
        item = group[index]
        item.preceding = group[index - 1] if index else None
        item.following = group[index + 1] if index + 1 < len(group) else None
        if not item.is_terminal:
            item.parent = item.following if _is_section_of_article(item, item.following) else _nearest(item, nearest)
        if item.parent is not None and item.parent is item.following and item.following.gap != INTO:
            item.following.is_absorbed = True
        if _can_be_parent(item):
            nearest[item.rank] = item


def _is_larger(item, other):
    # Attached norms have parts in chapters: "mục 3, phần V, Chương I".
    return item.rank > other.rank or (item.rank, other.rank) == (RANKS["chapter"], RANKS["part"])


def _nearest(item, nearest):
    larger = [parent for parent in nearest.values() if _is_larger(parent, item)]
    if _is_section_of_article(item.preceding, item):
        larger = [parent for parent in larger if parent.rank >= RANKS["attachment"]]
    return min(larger, key=lambda parent: parent.atom.start, default=None)


def _is_section_of_article(item, following):
    """Whether it is "Mục III Điều 1 Thông tư số …": an amending article with sections in it."""
    if item is None or following is None or following.gap != JOINED:
        return False
    return (item.rank, following.rank) == (RANKS["section"], RANKS["article"])


def _can_be_parent(item):
    before = item.preceding
    if before is None or before.is_terminal:
        return False
    if _is_section_of_article(before, item):
        return True
    return item.gap in (JOINED, COMMA, INTO) and _is_larger(item, before)


def _turn_around(text, item):
    """Join "Điều 5 khoản 2" to one citation: written from the larger to the smaller."""
    before = item.preceding
    if before is None or item.is_document or before.is_terminal or before.rank < item.rank:
        return
    if before.rank == item.rank or before.parent is item or text[before.atom.end : item.atom.start].strip():
        return
    if item.parent is not None and not item.parent.is_document:
        return
    item.parent, item.start = before, before.start
    before.is_absorbed = True
