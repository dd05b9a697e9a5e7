"""Which element of one version of a text is which of the next: what was said of an article is kept to its words.

An element is found again by its words and by what stands around it, never by its number: numbers change with every
insertion, and a new article may get the number of an old one. What cannot be told apart is nowhere: whoever speaks of
an element rather hears that it is gone than is shown other words.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from legal_docs.structure.tree import Element, texts

# Two in the same place whose words are so alike (Dice over words and pairs of words) are one element, changed.
_ALIKE = 0.6
# ... and where nothing else has come or gone between two neighbours that are there still.
_ALIKE_IN_PLACE = 0.4
# What else is there must be less alike than this, and by so much less than the best.
_RIVAL = 0.5
_MARGIN = 0.08
# Of more unpaired neighbours than this only equal ones are paired: the work grows with their square.
_MOST_COMPARED = 400


class Standing(StrEnum):
    """What became of an element: its words are the same at the same address or at another one, they were changed, or
    it is nowhere.
    """

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHAN = "orphan"


@dataclass(eq=False)
class _Node:
    element: Element
    parent: "_Node | None"
    place: int
    children: "list[_Node]" = field(default_factory=list)
    partner: "_Node | None" = None

    @cached_property
    def own(self) -> str:
        """What it says itself, without its number."""
        return "\n".join(" ".join(text.split()) for _place, text in texts(self.element))

    @cached_property
    def whole(self) -> int:
        """Equal for elements that say the same with all below them; numbers do not count."""
        return hash((self.element.kind, self.own, tuple(child.whole for child in self.children)))

    @cached_property
    def own_words(self) -> Counter:
        """Its own words and pairs of neighbours."""
        words = self.own.lower().split()
        return Counter([*words, *pairwise(words)])

    @cached_property
    def words(self) -> Counter:
        """The words and pairs of neighbours of it and all below it."""
        return sum((child.words for child in self.children), self.own_words)

    @cached_property
    def size(self) -> int:
        return self.words.total()


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _grown(element: Element, parent: _Node | None = None, place: int = 0) -> _Node:
    node = _Node(element, parent, place)
    node.children = [_grown(child, node, at) for at, child in enumerate(element.children)]
    return node


# What tells two places of the same words apart.


def _nowhere(_node):
    return None


def _parent(node):
    return node.parent and node.parent.own


def _before(node):
    other = _neighbour(node, -1)
    return other and other.whole


def _after(node):
    other = _neighbour(node, 1)
    return other and other.whole


def _address(node):
    return node.element.eid


def _neighbour(node, step):
    row = node.parent.children if node.parent is not None else [node]
    place = node.place + step
    return row[place] if 0 <= place < len(row) else None


class Alignment:
    """Pairs the elements of two trees, of which the first is the older; ids are those of the trees."""

    def __init__(self, old: Element, new: Element):
        self._old, self._new = _grown(old), _grown(new)
        _Pairing(self._old, self._new).run()
        self._by_eid = {node.element.eid: node for node in _walk(self._old)} | {"": self._old}

    def standing(self, eid: str) -> Standing:
        """Say what became of the element with an id, "" for the whole text; ORPHAN for one that never was."""
        node = self._by_eid.get(eid)
        if node is None or node.partner is None:
            return Standing.ORPHAN
        if node.whole != node.partner.whole:
            return Standing.CHANGED
        return Standing.SAME if node.element.eid == node.partner.element.eid else Standing.MOVED

    def partner(self, eid: str) -> Element | None:
        """Return the element of the new text that an element of the old one has become; None for an orphan."""
        node = self._by_eid.get(eid)
        return node.partner.element if node is not None and node.partner is not None else None

    def old(self, eid: str) -> Element | None:
        """Return the element of the old text."""
        node = self._by_eid.get(eid)
        return node.element if node is not None else None


class _Pairing:
    """Pairs from what is certain to what follows from it."""

    def __init__(self, old: _Node, new: _Node):
        self._old, self._new = old, new
        self._waiting: deque[tuple[_Node, _Node]] = deque()

    def run(self) -> None:
        self._pair(self._old, self._new)
        self._pair_equal(_walk(self._old), _walk(self._new))
        self._pair_containers()
        self._work_off()
        # What is left may be the only one of its words now, or in such a place.
        for place_of in (_nowhere, _parent, _before, _after, _address):
            self._pair_equal(_walk(self._old), _walk(self._new), place_of)
            self._work_off()

    def _work_off(self):
        while self._waiting:
            old, new = self._waiting.popleft()
            self._pair_children(old, new)

    def _pair(self, old, new):
        old.partner, new.partner = new, old
        self._waiting.append((old, new))

    def _pair_whole(self, old, new):
        """Pair two that say the same, with all below them in its order."""
        if old.partner is not None or new.partner is not None:
            return
        self._pair(old, new)
        for child, other in zip(old.children, new.children, strict=True):
            self._pair_whole(child, other)

    def _pair_equal(
        self,
        old: Iterable[_Node],
        new: Iterable[_Node],
        place_of: Callable[[_Node], object] = _nowhere,
        *,
        in_rows: bool = False,
    ):
        """Pair what stands once in both, or once in such a place; `in_rows` also what stands several times, in its
        order, where it does so as often as before.
        """
        before, after = _by_whole(old, place_of), _by_whole(new, place_of)
        for whole, nodes in before.items():
            others = after.get(whole, ())
            if len(nodes) == len(others) and (in_rows or len(nodes) == 1):
                for node, other in zip(nodes, others, strict=True):
                    self._pair_whole(node, other)

    def _pair_containers(self):
        """Pair what holds more than half of the other's words in elements that are paired, and begins alike: the lowest
        first.
        """
        held: dict[_Node, Counter] = defaultdict(Counter)
        for node in _walk(self._old):
            above = node.parent
            if node.partner is None or above is None or node.partner.parent is None:
                continue
            if above.partner is None and node.partner.parent.partner is None:
                held[above][node.partner.parent] += node.size
        for node in sorted(held, key=_depth, reverse=True):
            other, weight = held[node].most_common(1)[0]
            is_free = node.partner is None and other.partner is None and node.element.kind == other.element.kind
            if is_free and 2 * weight > max(node.size, other.size) and _begins_alike(node, other):
                self._pair(node, other)

    def _pair_children(self, old, new):
        before = [child for child in old.children if child.partner is None]
        after = [child for child in new.children if child.partner is None]
        if not before or not after:
            return
        self._pair_equal(before, after)
        self._pair_beside(old.children)
        self._pair_equal(before, after, in_rows=True)
        self._pair_alike(before, after)

    def _pair_beside(self, children: Sequence[_Node]):
        """Pair equal ones beside a pair: of several that say the same the neighbours tell which it is."""
        for row, step in ((children, 1), (children[::-1], -1)):
            for node, following in zip(row, row[1:], strict=False):
                other = _neighbour(node.partner, step) if node.partner is not None else None
                is_free = following.partner is None and other is not None and other.partner is None
                if is_free and following.whole == other.whole:
                    self._pair_whole(following, other)

    def _pair_alike(self, before, after):
        """Pair what was changed where there is nothing else, in the whole text, that it may have become or been."""
        before = [node for node in before if node.partner is None]
        after = [node for node in after if node.partner is None]
        if len(before) > _MOST_COMPARED or len(after) > _MOST_COMPARED:
            return
        for old in before:
            for new in after:
                if old.partner is None and new.partner is None and self._is_one(old, new):
                    self._pair(old, new)

    def _is_one(self, old, new):
        has_more_below = old.children or new.children
        if old.element.kind != new.element.kind or (has_more_below and not _begins_alike(old, new)):
            return False
        alike = _likeness(old, new)
        if alike < (_ALIKE_IN_PLACE if _is_in_place(old, new) else _ALIKE):
            return False
        # What is more like a neighbour, whatever has become of that, is rather made after it.
        if any(_likeness(sibling, new) >= alike for sibling in old.parent.children if sibling is not old):
            return False
        least = min(alike - _MARGIN, _RIVAL)
        others = (node for node in self._left(self._new, old.element.kind) if node is not new)
        if any(_likeness(old, other) > least for other in others):
            return False
        others = (node for node in self._left(self._old, old.element.kind) if node is not old)
        return not any(_likeness(other, new) > least for other in others)

    def _left(self, root, kind):
        return [node for node in _walk(root) if node.partner is None and node.element.kind == kind][:_MOST_COMPARED]


def _by_whole(nodes, place_of=_nowhere) -> dict[tuple, list[_Node]]:
    found = defaultdict(list)
    for node in nodes:
        if node.partner is None:
            found[node.whole, place_of(node)].append(node)
    return found


def _depth(node):
    depth = 0
    while node.parent is not None:
        node, depth = node.parent, depth + 1
    return depth


def _is_in_place(old, new):
    """Say whether two stand between the same neighbours, or at the same end."""
    beside = ((_neighbour(old, step), _neighbour(new, step)) for step in (-1, 1))
    return all(other.partner is one if one and other else one is other for one, other in beside)


def _likeness(old, new):
    return _alike(old.words, new.words)


def _begins_alike(old, new):
    """Say whether two have about the same words before what is below them: that may have come from elsewhere."""
    return old.own == new.own or _alike(old.own_words, new.own_words) >= _ALIKE


def _alike(words, others):
    """Return how many of the words of both are in both, from 0 to 1."""
    return 2 * (words & others).total() / ((words.total() + others.total()) or 1)
