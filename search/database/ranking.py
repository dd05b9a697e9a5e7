"""Rows read and scored, and the things that they are of in their order."""

from collections.abc import Iterable, Sequence

from ..engine import Thing
from . import stored
from .asked import Asked
from .phrases import holds
from .reading import Reader
from .scoring import FURTHER, Head, Meter, Score, score, score_of_head

# Passages that a hit names, and how well they must match beside the best.
MOST_PASSAGES = 3
WORTH_NAMING = 0.4


class Ranking:
    """What was read of the candidates of one query."""

    def __init__(self, reader: Reader, asked: Asked):
        self.reader = reader
        self.asked = asked
        self.meter = Meter(asked)
        self.things: dict[int, Thing] = {}
        self.scores: dict[int, float] = {}
        self._rows: dict[int, dict[int, Score]] = {}
        # Pairs are in the index, so that two words are side by side wherever it says so.
        self._long_phrases = [phrase for phrase in asked.phrases if len(phrase) > 2]

    @property
    def has_long_phrases(self) -> bool:
        return bool(self._long_phrases)

    def read(self, rows: Sequence[int]) -> list[int]:
        """Score rows, and return those of them that hold the long phrases."""
        new = {stored.thing_of(row) for row in rows} - self.things.keys()
        self.things.update((thing, stored.read(payload)) for thing, payload in self.reader.payloads(list(new)).items())
        texts = self.reader.texts([row for row in rows if stored.number_of(row)])
        heads: dict[int, Head] = {}
        held = []
        for row in rows:
            thing = stored.thing_of(row)
            if thing not in self.things:
                continue
            text = texts.get(row, ())
            if self._holds(self.things[thing], text):
                head = heads.get(thing) or heads.setdefault(thing, Head(self.meter, self.things[thing]))
                found = score(self.meter, head, *text) if text else score_of_head(self.meter, head)
                self._rows.setdefault(thing, {})[row] = found
                held.append(row)
        for thing in {stored.thing_of(row) for row in held}:
            self.scores[thing] = self._total(thing)
        return held

    def ordered(self, things: Iterable[int]) -> list[int]:
        """Return the things that were scored, the best first, then the newest."""
        scored = [thing for thing in things if thing in self.scores]
        return sorted(
            scored, key=lambda thing: (-self.scores[thing], -stored.day_of_thing(thing), self.things[thing].key)
        )

    def words_of(self, thing: int) -> int:
        """Return how many of the telling words the best of a thing's rows has."""
        telling = {self.asked.words[at].text for at in self.asked.telling}
        return max((len(telling & score.words) for score in self._rows.get(thing, {}).values()), default=0)

    def passages_of(self, thing: int) -> list[int]:
        """Return the rows by whose passages a thing is shown, the best first."""
        own = sorted(
            ((score.own, row) for row, score in self._rows.get(thing, {}).items() if stored.number_of(row)),
            key=lambda of_row: (-of_row[0], of_row[1]),
        )
        return [row for worth, row in own if worth and worth >= WORTH_NAMING * own[0][0]]

    def _total(self, thing):
        scores = self._rows[thing].values()
        further = sorted((score.own for score in scores), reverse=True)[1:MOST_PASSAGES]
        return round(max(score.total for score in scores) + FURTHER * sum(further), 6)

    def _holds(self, thing, text):
        return not self._long_phrases or holds(self._long_phrases, (*text, thing.title, thing.summary, *thing.names))
