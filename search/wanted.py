"""What a visitor wants, as the engines are asked for it; `search.understanding` reads it from what was typed.

All words are folded (core.text.fold), whether they were typed with accents or not; `Word.exact` keeps the accents
of who typed them, which are preferred and never required.
"""

from dataclasses import dataclass, field
from functools import cached_property

# Words that weigh less are not required of what is found.
TELLING = 0.5
# With more telling words a query is a question, and no passage has all of them: the nearest are the answer.
SHORT = 5


@dataclass(frozen=True)
class Word:
    """One syllable of the query.

    `weight` says how much it tells, from 0 (of the filling words of a question: "cho hỏi") to 1; how rare it is in the
    index is the engine's to know. `exact` is the syllable with its accents in their one form (NFC, lower case, tone
    marks as in "hòa"), or empty where none was typed, since then nothing is known of it.
    """

    text: str
    exact: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Synonym:
    """Other syllables that may stand for words[start:end]: ("uy", "ban", "nhan", "dan") for ("ubnd",), and back."""

    start: int
    end: int
    words: tuple[str, ...]
    weight: float = 0.8


@dataclass(frozen=True)
class WantedNumber:
    """The number of a document as far as it was given.

    `number` in the form of comparison ("43", "36A"; no zeros before it), `year` in the number or said beside it,
    `parts` of the symbol folded ("nd", "cp"), any of which may be missing, `form` the type's folded words said before
    it ("nghi dinh"), `issuers` the symbols that the body named beside it may have ("bldtbxh"). A document has it when
    its number is equal, its own year or that of its issue is `year`, its symbol has all `parts` and its type is `form`,
    as far as these are given; one that has a symbol of `issuers` comes first.
    """

    number: str
    year: int | None = None
    parts: tuple[str, ...] = ()
    form: str = ""
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True)
class WantedLaw:
    """A law called by its name and a year: "luật đất đai năm 2013".

    `words` has for each word of the name the syllables that may stand for it, its own first. A document is this law
    when its type is one of `forms` (folded), its own year or that of its issue is `year`, and its title, names and
    summary have all words.
    """

    year: int
    forms: tuple[str, ...]
    words: tuple[tuple[tuple[str, ...], ...], ...]

    def is_of(self, form: str, years: tuple[int, ...]) -> bool:
        """Say whether a document of a form and with these years may be it; its words are not compared."""
        return form in self.forms and self.year in years


@dataclass(frozen=True)
class Wanted:
    """A query, read.

    `numbers`: documents that have one of them stand before all others. `laws`: so do these, where no number is given;
    of several those of the year itself, then those with the shortest name are first. `eid`: the element of the first
    of these documents that was named ("art_10__para_2"), or of whatever law the words name. `phrases`: words in
    quotation marks, that a found passage or title must have side by side. `excluded`: words after a minus, that none
    may have.
    """

    text: str = ""
    words: tuple[Word, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    numbers: tuple[WantedNumber, ...] = ()
    laws: tuple[WantedLaw, ...] = ()
    eid: str = ""
    phrases: tuple[tuple[str, ...], ...] = field(default=())
    excluded: tuple[str, ...] = ()

    @cached_property
    def telling(self) -> tuple[int, ...]:
        """The places of the words that a found thing must have; all where none tells more than others."""
        telling = tuple(place for place, word in enumerate(self.words) if word.weight >= TELLING)
        return telling or tuple(range(len(self.words)))

    @property
    def is_question(self) -> bool:
        return len(self.telling) > SHORT

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: then everything is found that the filters leave, the newest first."""
        return not (self.words or self.numbers or self.phrases)
