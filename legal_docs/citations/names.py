"""Names of laws: where in a text one ends, and when two spellings are the same name."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

_LIST = Path(__file__).parent / "data" / "named_laws.txt"
_TOKEN = re.compile(r"\w+|,")
_NEXT_TOKEN = re.compile(r"[\s\u201c\u201d(/-]{0,3}(\w+|,)")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FORM = re.compile(r"(?:bộ\s+)?luật\s+|pháp\s+lệnh\s+", re.IGNORECASE)
_NEXT_WORD = re.compile(r"(,?\s+|/)(\w+)")
_MOST_WORDS = 15
# Words with which a sentence goes on after the name of a law. Unknown names end before them.
_AFTER_A_NAME = re.compile(
    r"(?:này|số|ngày|năm|và|hoặc|về|được|có|là|thì|mà|đã|phải|theo|quy|của|các|khi|để|do|bị|cho|tại|từ|như|nếu|nhằm|hiện"
    r"|không|sẽ|cũng|còn|trừ|đang|bao|sửa|ban|hướng|hay|đến|trên|dưới|ở|nêu|trong|luật|bộ|nghị|thông|pháp)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:sư|gia|lệ|tục|lệnh|sự)$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\s+(\w+)")


@lru_cache(maxsize=20_000)
def word_key(word: str) -> str:
    """Return a word in one spelling: lower case, the tone at its end ("hoà" and "hòa"), i for y ("lý" and "lí")."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in decomposed if c in _TONES)
    return "".join(c for c in decomposed if c not in _TONES).replace("y", "i") + tones


def name_key(name: str) -> str:
    """Return the form by which names of laws are compared: without form, year, commas and ways of spelling."""
    bare = _FORM.sub("", name.strip(), count=1) if _FORM.match(name.strip()) else name
    bare = re.sub(r"\s+(?:năm\s+)?(?:19|20)\d{2}$", "", bare.strip())
    return " ".join(word_key(word) for word in re.findall(r"\w+", bare))


class Names:
    """Names of laws or of anything, for finding the longest that begins at a position in a text."""

    def __init__(self, names: Iterable[str] = ()):
        self._root = {}
        for name in names:
            self.add(name)

    def add(self, name: str, value: object = True) -> None:
        """Add a name; a text may leave its commas out."""
        tokens = [word_key(token) for token in _TOKEN.findall(name)]
        for variant in (tokens, [word for word in tokens if word != ","]):
            node = self._root
            for word in variant:
                node = node.setdefault(word, {})
            node[None] = value

    def longest_at(self, text: str, start: int) -> tuple[int, object] | None:
        """Return (end, value) of the longest name that begins at or just after start."""
        node, end, found = self._root, start, None
        while next_token := _NEXT_TOKEN.match(text, end):
            node = node.get(word_key(next_token[1]))
            if node is None:
                break
            end = next_token.end()
            if None in node:
                found = (end, node[None])
        return found


@cache
def known_laws() -> Names:
    """The names of codes, laws and ordinances that come with the program."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return Names(line for line in lines if line and not line.startswith("#"))


def end_of_unknown_name(text: str, start: int) -> int | None:
    """Return where a name that is in no list seems to end; it must begin with a capital after the form's word."""
    first = _FIRST_WORD.match(text, start)
    if first is None or not first[1][0].isupper() or _AFTER_A_NAME.match(first[1]) or _NO_NAME.match(first[1]):
        return None
    end = first.end()
    for _ in range(_MOST_WORDS):
        following = _NEXT_WORD.match(text, end)
        if following is None or following[1].startswith(",") or _AFTER_A_NAME.match(following[2]):
            break
        end = following.end()
    return end
