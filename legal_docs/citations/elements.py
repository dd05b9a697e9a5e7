"""Element ids (Akoma Ntoso Naming Convention 1.0, eId) of what a citation names, and the place where it stands."""

import re
from dataclasses import dataclass, replace
from itertools import product

# From the smallest to the largest; the order is what the grammar combines by.
KINDS = ("subpoint", "point", "clause", "article", "subsection", "section", "chapter", "part", "attachment")
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}
DOCUMENT_RANK = len(KINDS)

_ID_NAMES = {
    "subpoint": "point",
    "point": "point",
    "clause": "para",
    "article": "art",
    "subsection": "subsec",
    "section": "sec",
    "chapter": "chp",
    "part": "part",
    "attachment": "att",
}
_KIND_OF_NAME = {name: kind for kind, name in _ID_NAMES.items() if kind != "subpoint"}
_STEP = re.compile(r"([a-z]+)(?:_(.+))?")

Steps = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Place:
    """Where in its document a text stands: labels of the elements around it, "" for what is not there."""

    attachment: str = ""
    part: str = ""
    chapter: str = ""
    section: str = ""
    subsection: str = ""
    article: str = ""
    clause: str = ""
    point: str = ""

    @classmethod
    def of_id(cls, element_id: str) -> "Place":
        """Return the place of an element id; steps that are none of these kinds (list, table) are passed over."""
        found = {}
        for step in filter(None, element_id.split("__")):
            name, label = _STEP.match(step).groups()
            if name in _KIND_OF_NAME:
                found[_KIND_OF_NAME[name]] = _unescaped(label or "")
        return cls(**found)

    @property
    def element_id(self) -> str:
        """The id of the innermost element here; "" at the level of the document."""
        steps = {kind: (getattr(self, kind),) for kind in KINDS[1:] if getattr(self, kind)}
        return element_ids(steps)[0] if steps else ""

    def entering(self, kind: str, label: str) -> "Place":
        """Return the place after the beginning of an element of that kind."""
        inner = dict.fromkeys(KINDS[1 : RANKS[kind]], "")
        return replace(self, **inner, **{kind: label})


def element_ids(steps: Steps) -> tuple[str, ...]:
    """Return the ids that steps by kind name, from the innermost to the outermost: every combination of their labels.

    Articles are numbered through, so what is around them is left out; attachments are not, so they stay. An article of
    an amending document may have sections in it.
    """
    if not steps:
        return ()
    kinds = list(reversed(steps))
    if "article" in steps:
        kinds = [kind for kind in kinds if kind == "attachment" or kinds.index(kind) >= kinds.index("article")]
    paths = product(*([_id_step(kind, label) for label in steps[kind]] for kind in kinds))
    return tuple("__".join(path) for path in paths)


def _id_step(kind, label):
    return f"{_ID_NAMES[kind]}_{_escaped(label)}" if label else _ID_NAMES[kind]


def _escaped(label):
    return label.replace("đ", "dd").replace(".", "-")


def _unescaped(label):
    return label.replace("dd", "đ").replace("-", ".")
