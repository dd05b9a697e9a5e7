"""Search within a document that needs no script: what is looked for is marked in its HTML, accents aside."""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from core.text import fold

MAX_LENGTH = 100
# A word of one letter stands everywhere; marking 20,000 places would help nobody.
MOST_HITS = 500
_SHORTEST = 2
# Tags and entities are not text; tags inside a paragraph do not end a phrase.
_TOKEN = re.compile(r"<[^>]*>|&#?\w+;|[^<&]+|[<&]")
_INLINE = re.compile(r"</?(?:a|span|b|i|em|strong|sup|sub)\b")
_ANCHOR = re.compile(r'<a class="law-anchor"')
_EID = re.compile(r'\bid="((?:att_\w+?__)?art_[^"_]+)"')


@dataclass(frozen=True)
class Marked:
    """The HTML of a text with its hits marked, and where they are: (article's id, number of the first hit, count)."""

    html: SafeString
    count: int
    is_complete: bool
    articles: tuple[tuple[str, int, int], ...]


def query_from(text: str | None) -> str:
    """Return what a visitor looks for, "" for what is too short to look for."""
    words = " ".join((text or "").split())[:MAX_LENGTH]
    return words if len(words) >= _SHORTEST else ""


def mark(html: str, query: str) -> Marked:
    """Return HTML with every place marked whose folded text is the folded query; `html` is escaped already."""
    marker = _Marker(" ".join(fold(query).split()))
    for token in _TOKEN.finditer(html):
        marker.take(token[0])
    marker.end_run()
    counted = tuple((eid, first, count) for eid, (first, count) in marker.articles.items())
    return Marked(mark_safe("".join(marker.pieces)), marker.count, marker.count < MOST_HITS, counted)


class _Marker:
    """Reads tokens; `run` holds those between two tags that end a paragraph, in which a phrase may go over links."""

    def __init__(self, needle):
        self.needle = needle
        self.pieces: list[str] = []
        self.run: list[str] = []
        self.count = 0
        self.article = ""
        self.articles: dict[str, list[int]] = {}

    def take(self, token):
        is_tag = token.startswith("<") and len(token) > 1
        if is_tag and not _INLINE.match(token):
            self.end_run()
            found = _EID.search(token)
            if found:
                self.article = found[1]
            self.pieces.append(token)
        else:
            self.run.append(token)

    def end_run(self):
        if self.run:
            self.pieces += self._marked(self.run) if self.count < MOST_HITS else self.run
        self.run = []

    def _marked(self, run):
        text, places = self._text(run)
        hits, start = [], text.find(self.needle)
        while start >= 0 and self.count + len(hits) < MOST_HITS:
            hits.append((start, start + len(self.needle)))
            start = text.find(self.needle, start + len(self.needle))
        if not hits:
            return run
        cuts = {}
        for start, end in hits:
            self.count += 1
            first = self.articles.setdefault(self.article, [self.count, 0])
            first[1] += 1
            self._cut(cuts, places, start, end)
        return [self._rewritten(token, cuts.get(place, ())) for place, token in enumerate(run)]

    def _text(self, run):
        """Return the folded text of a run, and for each of its letters where it comes from: (token, letter)."""
        letters, places = [], []
        is_in_anchor = False
        for place, token in enumerate(run):
            if token.startswith("<") and len(token) > 1:
                # The sign by which a link is copied is no text of the law.
                is_in_anchor = bool(_ANCHOR.match(token)) or (is_in_anchor and not token.startswith("</a"))
                continue
            if is_in_anchor:
                continue
            folded = fold(token)
            if token.startswith("&") or len(folded) != len(token):
                folded = " " * len(token)
            letters.append(re.sub(r"\s", " ", folded))
            places += [(place, letter) for letter in range(len(token))]
        return "".join(letters), places

    def _cut(self, cuts, places, start, end):
        is_first = True
        for at in range(start, end):
            place, letter = places[at]
            spans = cuts.setdefault(place, [])
            if spans and spans[-1][1] == letter and spans[-1][2] == self.count:
                spans[-1][1] = letter + 1
            else:
                spans.append([letter, letter + 1, self.count, is_first])
                is_first = False

    def _rewritten(self, token, spans):
        if not spans:
            return token
        pieces, done = [], 0
        for start, end, number, is_first in spans:
            identity = f' id="tim-{number}"' if is_first else ""
            pieces.append(f'{token[done:start]}<mark class="hit"{identity}>{token[start:end]}</mark>')
            done = end
        return "".join(pieces) + token[done:]
