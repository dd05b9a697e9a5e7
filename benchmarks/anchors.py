"""Anchors: is what was said of an article or a passage shown at its own words in the next version of the text?

Real laws are edited at random: articles, clauses and points are inserted, deleted, moved, exchanged, reworded and
copied with small differences, and numbered anew. What an element was is known, so each answer is right or wrong.

DJANGO_SETTINGS_MODULE=cms.settings.test .venv/bin/python -m benchmarks.anchors [--edits 10000]
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from statistics import median

from benchmarks.structure import law_documents, text_of
from legal_docs.aligning import Alignment, Standing
from legal_docs.anchors import Anchor, anchor_at, locate
from legal_docs.anchors import text_of as anchored_text
from legal_docs.structure.blocks import Paragraph
from legal_docs.structure.ids import with_ids
from legal_docs.structure.numbering import LETTERS_OF_POINTS
from legal_docs.structure.numerals import to_roman
from legal_docs.structure.parsing import parse_text
from legal_docs.structure.tree import Element, Kind, paths

EDITS = 10_000
# Edits of one version: from a correction to a rewritten draft.
_FEWEST, _MOST = 1, 40
_PASSAGES = 40
_SHORTEST = 30
_EDITED = (Kind.ARTICLE, Kind.CLAUSE, Kind.POINT)


@dataclass(eq=False)
class Node:
    """An element that can be edited; `origin` is the id that it had, "" of what is new; `model` is that of which it is
    a copy.
    """

    element: Element
    origin: str
    children: list["Node"] = field(default_factory=list)
    model: str = ""

    @classmethod
    def of(cls, element: Element, *, is_new: bool = False) -> "Node":
        children = [cls.of(child, is_new=is_new) for child in element.children]
        return cls(element, "" if is_new else element.eid, children)

    def copied(self) -> "Node":
        return Node(self.element, "", [child.copied() for child in self.children], self.origin or self.model)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def grown(self) -> Element:
        return self.element.with_children(child.grown() for child in self.children)


class Editor:
    """Edits one text at random."""

    def __init__(self, tree: Element, others: list[Element], chance: random.Random):
        self.root = Node.of(tree)
        self._others = others
        self._chance = chance
        self.counts: Counter = Counter()

    def edit(self) -> None:
        acts: dict[Callable, int] = {
            self._insert: 3, self._delete: 3, self._reword: 4, self._exchange: 2, self._move: 1, self._copy: 3,
        }  # fmt: skip
        act = self._chance.choices(list(acts), list(acts.values()))[0]
        act()
        self.counts[act.__name__.strip("_")] += 1

    def _places(self):
        return [
            (parent, place)
            for parent in self.root.walk()
            for place, child in enumerate(parent.children)
            if child.element.kind in _EDITED
        ]

    def _any(self):
        places = self._places()
        return self._chance.choice(places) if places else (None, 0)

    def _insert(self):
        parent, place = self._any()
        if parent is None:
            return
        alike = [one for one in self._others if one.kind is parent.children[place].element.kind]
        given = Node.of(self._chance.choice(alike), is_new=True)
        parent.children.insert(place + self._chance.randint(0, 1), given)

    def _delete(self):
        parent, place = self._any()
        if parent is None or len(parent.children) < 2:
            return
        del parent.children[place]

    def _exchange(self):
        parent, place = self._any()
        pair = parent.children[place : place + 2] if parent else []
        if len(pair) == 2 and pair[1].element.kind in _EDITED:
            parent.children[place : place + 2] = pair[::-1]

    def _move(self):
        parent, place = self._any()
        if parent is None or len(parent.children) < 2:
            return
        node = parent.children[place]
        targets = [
            (other, at) for other, at in self._places()
            if other.children[at].element.kind is node.element.kind and other not in node.walk()
        ]  # fmt: skip
        del parent.children[place]
        target, at = self._chance.choice(targets)
        target.children.insert(min(at, len(target.children)), node)

    def _reword(self):
        parent, place = self._any()
        if parent is None:
            return
        node = self._chance.choice([one for one in parent.children[place].walk() if one.element.content] or [None])
        if node is None:
            return
        node.element = _reworded(node.element, self._chance)

    def _copy(self):
        """Put a look-alike beside its original or elsewhere: word for word, or with small differences."""
        parent, place = self._any()
        if parent is None:
            return
        copy = parent.children[place].copied()
        for node in copy.walk():
            if node.element.content and self._chance.random() < 0.7:
                node.element = _reworded(node.element, self._chance)
        targets = [(o, at) for o, at in self._places() if o.children[at].element.kind is copy.element.kind]
        target, at = self._chance.choice([(parent, place), self._chance.choice(targets)])
        target.children.insert(at + self._chance.randint(0, 1), copy)


def _reworded(element, chance):
    content = list(element.content)
    places = [place for place, block in enumerate(content) if isinstance(block, Paragraph) and block.text.split()]
    if not places:
        return element
    place = chance.choice(places)
    words = content[place].text.split()
    for _time in range(chance.randint(1, max(1, min(4, len(words) // 6)))):
        at = chance.randrange(len(words))
        new = chance.choice(("phải", "05", "cơ quan", "được", "không quá 10 ngày", "Ủy ban nhân dân"))
        words[at : at + chance.randint(0, 1)] = [new]
    content[place] = replace(content[place], text=" ".join(words))
    return replace(element, content=tuple(content))


def numbered(root: Node) -> None:
    """Number everything anew, as drafters do."""
    articles = 0
    for node in root.walk():
        groups: Counter = Counter()
        for child in node.children:
            kind = child.element.kind
            groups[kind] += 1
            if kind is Kind.ARTICLE:
                articles += 1
                child.element = replace(child.element, number=str(articles), label=f"Điều {articles}.")
            elif kind is Kind.CLAUSE:
                child.element = replace(child.element, number=str(groups[kind]), label=f"{groups[kind]}.")
            elif kind is Kind.POINT and groups[kind] <= len(LETTERS_OF_POINTS):
                letter = LETTERS_OF_POINTS[groups[kind] - 1]
                child.element = replace(child.element, number=letter, label=f"{letter})")
            elif kind is Kind.CHAPTER:
                roman = to_roman(groups[kind])
                child.element = replace(child.element, number=str(groups[kind]), label=f"Chương {roman}")


@dataclass
class Outcome:
    """How many answers there were, by what they should have been and what they were."""

    counts: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    untouched: int = 0
    found: int = 0
    seconds: list[float] = field(default_factory=list)
    edits: Counter = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share of what nobody touched that is found again."""
        return self.found / self.untouched if self.untouched else 1.0


def run(trees: list[Element], edits: int, seed: int = 1) -> Outcome:
    """Edit texts until so many edits are made, and look for everything in what became of them."""
    chance = random.Random(seed)
    others = [one for tree in trees for one in tree.walk() if one.kind in _EDITED]
    outcome = Outcome()
    while outcome.edits.total() < edits:
        tree = chance.choice(trees)
        editor = Editor(tree, others, chance)
        for _time in range(chance.randint(_FEWEST, min(_MOST, 2 + sum(1 for _one in tree.articles())))):
            editor.edit()
        numbered(editor.root)
        outcome.edits.update(editor.counts)
        _judge(tree, editor, chance, outcome)
    return outcome


def _judge(tree, editor, chance, outcome):
    new = with_ids(editor.root.grown())
    nodes = {element.eid: node for element, node in zip(new.walk(), editor.root.walk(), strict=True)}
    begun = time.perf_counter()
    alignment = Alignment(tree, new)
    outcome.seconds.append(time.perf_counter() - begun)
    there = {node.origin: eid for eid, node in nodes.items() if node.origin}
    by_eid = {element.eid: element for element in new.walk()}
    above = {way[-1].eid: {one.eid for one in way} for way in paths(new)}
    for asked in _asked(tree, chance):
        anchor = asked.anchor
        found = locate(anchor, alignment)
        own = by_eid.get(there.get(anchor.eid))
        kind = "passage" if anchor.quote else "element"
        outcome.counts[kind, str(found.standing)] += 1
        if problem := _problem(asked, found, by_eid, nodes, there):
            outcome.wrong.append(f"{kind} {anchor.eid} -> {found.standing} {found.eid}: {problem}")
        # A passage of an article is what it was where its clause is, whatever happened to the others.
        holder = by_eid.get(there.get(asked.within.eid))
        is_there = own is not None and holder is not None and own.eid in above[holder.eid]
        if is_there and _essence(asked.within) == _essence(holder):
            outcome.untouched += 1
            is_found = found.standing in (Standing.SAME, Standing.MOVED)
            outcome.found += is_found
            if not is_found:
                outcome.lost.append(f"{kind} {anchor.eid} -> {found.standing}: {anchor.quote!r}")


@dataclass(frozen=True)
class Asked:
    """An anchor, and by their ids the elements that hold the words that are meant, the smallest last."""

    anchor: Anchor
    holders: dict[str, Element]

    @property
    def within(self) -> Element:
        return list(self.holders.values())[-1]


def _asked(tree, chance) -> Iterator[Asked]:
    elements = [element for element in tree.walk() if element.eid]
    for element in elements:
        yield Asked(Anchor(element.eid), {element.eid: element})
    for way in chance.sample(list(paths(tree)), min(_PASSAGES, len(elements))):
        holder = way[-1]
        text = anchored_text(holder)
        if len(text) < _SHORTEST or not holder.eid or holder.children:
            continue
        start = chance.randrange(len(text) - 20)
        end = start + chance.randint(8, min(120, len(text) - start))
        yield Asked(anchor_at(holder, start, end), {holder.eid: holder})
        # The same words as somebody marks them who comments on the article.
        for place, outer in enumerate(way[:-1]):
            whole = anchored_text(outer)
            if outer.kind is Kind.ARTICLE and whole.count(text) == 1:
                shift = whole.index(text)
                yield Asked(anchor_at(outer, shift + start, shift + end), {one.eid: one for one in way[place:]})


def _problem(asked, found, by_eid, nodes, there):
    """Say what is wrong with an answer, "" for nothing. The same words are right wherever they are; other words are
    where they are what the element has become, or of what is gone a reworded copy that was left.
    """
    if found.standing is Standing.ORPHAN:
        return ""
    anchor, shown, node = asked.anchor, by_eid[found.eid], nodes[found.eid]
    is_own = node.origin in asked.holders or (node.model in asked.holders and node.model not in there)
    if found.standing is Standing.CHANGED:
        return "" if is_own else "another element is said to be this one, changed"
    is_alike = _essence(shown) in map(_essence, asked.holders.values())
    if not anchor.quote:
        return "" if is_alike else "other words"
    if not anchored_text(shown).startswith(anchor.quote, found.start):
        return "other words"
    return "" if is_own or is_alike else "the same words in another element"


def _essence(element):
    """The words of an element with all below it, without numbers."""
    own = tuple(replace(element, number="", label="", eid="", children=()).content), element.heading
    return own, tuple(_essence(child) for child in element.children)


def report(quick: bool) -> list[str]:
    """Edit and look (quick: a tenth of it); return Markdown lines."""
    outcome = run(_trees(), EDITS // 10 if quick else EDITS)
    return [*lines_of(outcome), ""]


def _trees():
    texts = [text_of(document) for document in list(law_documents())[::7]]
    return [tree for text in texts if 20_000 < len(text) < 200_000 and (tree := parse_text(text)).children]


def lines_of(outcome: Outcome) -> Iterator[str]:
    edits = ", ".join(f"{count} {name}" for name, count in outcome.edits.most_common())
    yield "## Anchors in changed drafts"
    yield ""
    yield f"{outcome.edits.total():,} edits ({edits}) in {len(outcome.seconds)} versions of real laws."
    yield ""
    yield "| | same | moved | changed | orphan |"
    yield "|---|---:|---:|---:|---:|"
    for kind in ("element", "passage"):
        row = " | ".join(f"{outcome.counts[kind, str(one)]:,}" for one in Standing)
        yield f"| {kind}s | {row} |"
    yield ""
    yield (
        f"On other words: **{len(outcome.wrong)}**. Of {outcome.untouched:,} that nobody touched {outcome.share:.2%} "
        f"are found. Two versions are aligned in {median(outcome.seconds) * 1000:.0f} ms (the middle of all), "
        f"{max(outcome.seconds) * 1000:.0f} ms at the most."
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=EDITS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcome = run(_trees(), options.edits, options.seed)
    print("\n".join(lines_of(outcome)))
    print("\n".join([*outcome.wrong[:20], *outcome.lost[:20]]))
    sys.exit(int(bool(outcome.wrong) or outcome.share < 0.99))


if __name__ == "__main__":
    main()
