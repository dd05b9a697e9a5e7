"""What a search is: what is put into an index, what is asked of it and what it answers.

Two engines keep this contract: `search.database` on the database in use and `search.elastic` on Elasticsearch. The
database's is always kept, whichever answers: it is the one that steps in, and what found things are shown from
(`search.database.store`). The acceptance tests of `search/tests/acceptance` run against both.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Protocol

from .enums import Facet, Kind, Sort
from .wanted import Wanted

# How far a list can be read; what lies deeper is found by asking more narrowly.
DEEPEST = 1_000
# How many of the nearest things follow where too few (FEW) have all that was asked.
NEAREST = 100
FEW = 10


class EngineFailed(Exception):
    """An engine could not answer: it is down, slow, full or broken. The words are for the log."""


@dataclass(frozen=True)
class Number:
    """The number of a document as it is looked up: see wanted.WantedNumber. `years`: the one in it, that of issue."""

    number: str
    years: tuple[int, ...]
    parts: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of text that is found and linked by itself: an article of a law, a part of a news item.

    `anchor` is the fragment of its address, empty where there is none; `label` ("Điều 10") and `heading` are its title.
    """

    text: str
    anchor: str = ""
    label: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Thing:
    """One thing that can be found, with all that is asked of it and shown of it.

    `key` is "kind:id". `places` are the portals that show it, by the agency's primary key, each with its path there;
    `owner` is the agency whose portal is the canonical one, and always among them. `names` are further names by which
    it is known ("Luật Đất đai", an abbreviation), as good as the title. `facets` has values as addresses have them;
    Facet.KIND and Facet.AGENCY are not in it, as they follow from the key and from `owner`. All text is in the stored
    form (core.text.normalise), without markup. A thing that nobody may see is no Thing: readers give None for it.
    """

    key: str
    title: str
    owner: int
    places: Mapping[int, str]
    summary: str = ""
    names: tuple[str, ...] = ()
    number: Number | None = None
    day: date | None = None
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @property
    def kind(self) -> Kind:
        return Kind(self.key.partition(":")[0])

    @property
    def digest(self) -> str:
        """Equal for things that are equal: by it an index is compared with the database (SHA-256, hexadecimal)."""
        plain = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True)
class Query:
    """A question to an engine.

    `portal` limits to what that agency's portal shows, None is the whole province. `facets` has the chosen values;
    values of one facet are alternatives. `since` and `until` limit the day, both included. `keys`, where given, are the
    only things that may be found, and then nothing follows as nearest (saved searches look at what is new). `offset`
    and `size` are bounded by DEEPEST by whoever asks. Without `with_passages` an engine need not say where in a thing
    the words are.
    """

    wanted: Wanted = Wanted()
    portal: int | None = None
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.BEST
    offset: int = 0
    size: int = 20
    with_facets: bool = True
    with_passages: bool = True
    keys: frozenset[str] | None = None


@dataclass(frozen=True)
class Hit:
    """A found thing: its key, which of its passages match (their places in Thing.passages, the best first, three at
    most), its score.

    `is_near` marks one that does not have all that was asked and follows because too few do.
    """

    key: str
    passages: tuple[int, ...] = ()
    score: float = 0.0
    is_near: bool = False


@dataclass(frozen=True)
class Answer:
    """What an engine found: one page of hits, how many there are, and how many of each value of each facet.

    `total` counts what can be leafed through, near ones included; `is_exact` is False where counting was stopped, and
    then `total` is a lower bound. `facets` counts for each facet what choosing a value would leave: all filters hold
    but that facet's own.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_exact: bool = True
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)


class Index(Protocol):
    """Where things are put: a live index or one that is being built beside it."""

    def put(self, things: Iterable[Thing]) -> None:
        """Add things or replace those of the same key."""

    def drop(self, keys: Iterable[str]) -> None:
        """Take things out; keys that are not there are passed over."""


class Engine(Index, Protocol):
    """An index that answers. All methods raise EngineFailed where the engine cannot do what it is asked."""

    name: str

    def find(self, query: Query) -> Answer:
        """Answer a question within bounded time."""

    def has_index(self) -> bool:
        """Say whether there is an index that answers."""

    def rebuilding(self) -> AbstractContextManager[Index]:
        """Give an empty index beside the live one; it takes the live one's place, without a gap, when the block ends
        well, and is removed when it does not.
        """

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield (key, digest) of everything in the live index, in the order of keys (as bytes of UTF-8)."""
