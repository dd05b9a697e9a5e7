"""How a part of a document is named from its id alone: "khoản 2 Điều 10" for art_10__para_2."""

from collections.abc import Iterable

_WORDS = {
    "part": "Phần",
    "chp": "Chương",
    "sec": "Mục",
    "subsec": "Tiểu mục",
    "art": "Điều",
    "para": "khoản",
    "point": "điểm",
    "att": "Phụ lục",
    "list": "",
    "table": "bảng",
}
_PLAIN = {"preamble": "phần căn cứ", "concl": "phần cuối"}


def name_of(eid: str) -> str:
    """Return the name of an element, from the inside out, as Vietnamese law cites."""
    names = []
    for step in reversed(eid.split("__")):
        word, _, number = step.partition("_")
        if step in _PLAIN:
            names.append(_PLAIN[step])
        elif _WORDS.get(word):
            # In ids đ is written dd, so that it stays distinct from d.
            names.append(f"{_WORDS[word]} {'đ' if number == 'dd' else number}".strip())
    return " ".join(names)


def names_of(eids: Iterable[str]) -> str:
    """Return the names of several elements, divided by commas."""
    return ", ".join(name for name in map(name_of, eids) if name)


def article_of(eid: str) -> str:
    """Return the id of the article in which an element stands; "" outside of articles."""
    steps = eid.split("__")
    for end, step in enumerate(steps, start=1):
        if step.startswith("art_"):
            return "__".join(steps[:end])
    return ""
