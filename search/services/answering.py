"""A question answered for people: read, corrected where nothing was found, and shown from what is public now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

from core.text import fold_words
from legal_docs.models import Element
from search.database import store
from search.database.store import Shown
from search.engine import DEEPEST, Answer, Query
from search.engines import find
from search.enums import Kind, Sort
from search.understanding import want
from search.understanding.spelling import corrected, keys_read
from search.wanted import Wanted

from .accenting import with_accents
from .wording import synonyms_in_use

# With fewer finds than this another spelling is offered.
_FEW = 3
_AT_ONCE = 200
# Of what another spelling finds, for its accents.
_LOOKED_AT = 20
# Of the part that was asked for by its name; its page has all.
_MOST_ELEMENTS = 12


@dataclass(frozen=True)
class NamedPart:
    """The part of the first found document that was asked for: "điểm b khoản 2 Điều 10"."""

    eid: str
    text: str


@dataclass(frozen=True)
class Answered:
    """An answer as people get it.

    `text` was searched for; it is not `typed` where nothing was found for that. `suggestion` is a spelling that was not
    searched for, "" for none. `shown` has one page of found things, those that are public still.
    """

    typed: str
    text: str
    wanted: Wanted
    answer: Answer
    shown: tuple[Shown, ...]
    is_fallback: bool = False
    suggestion: str = ""
    part: NamedPart | None = None

    @property
    def is_corrected(self) -> bool:
        return self.text != self.typed

    @property
    def has_nothing(self) -> bool:
        return not self.answer.total


def answer(text: str, query: Query, *, is_as_typed: bool = False) -> Answered:
    """Answer what somebody typed under the filters of a query; raise EngineFailed where no engine can.

    Where nothing has all that was typed but something has it in a corrected spelling, that is shown, unless the words
    are wanted as they stand (`is_as_typed`) or a later page is.
    """
    if is_as_typed or query.offset or not text:
        return _with_part(_ask(text, query))
    known = store.Remembered()
    # What is known to find nothing is asked only where no other spelling does.
    first = None if _is_in_vain(text, known) else _ask(text, query)
    having_all = _exact(first.answer) if first else 0
    better = corrected(text, known, store.passage_count()) if having_all < _FEW else ""
    if not better or better == text:
        return _with_part(first or _ask(text, query))
    accented = _with_accents(better, query)
    if not having_all:
        second = _ask(accented, query)
        if _exact(second.answer):
            return _with_part(replace(second, typed=text))
    return _with_part(replace(first or _ask(text, query), suggestion=accented))


def _is_in_vain(text, known):
    """Say whether nothing can have all of a text: a word that must be there stands nowhere. A question is answered
    without some of its words; of keys that are no words it is none.
    """
    if len(keys_read(text, known)) > 1:
        return True
    wanted = read(text)
    if wanted.numbers or wanted.laws or wanted.is_question:
        return False
    replaced = {place for synonym in wanted.synonyms for place in range(synonym.start, synonym.end)}
    required = [wanted.words[place].text for place in wanted.telling if place not in replaced]
    return not all(known(required).values())


def _with_accents(better, query):
    """Return a corrected spelling with the accents with which what it finds writes its words."""
    looked_at = replace(query, wanted=read(better), size=_LOOKED_AT, with_facets=False, with_passages=False)
    return with_accents(better, store.shown(find(looked_at).answer.hits))


def number_found(text: str, query: Query) -> int:
    """Return how many things have all that was typed under other filters."""
    found = find(replace(query, wanted=read(text), offset=0, with_facets=False)).answer
    return _exact(found) if any(hit.is_near for hit in found.hits) else found.total


def newest(text: str, query: Query, most: int) -> list[Shown]:
    """Return the newest things that have all that was typed."""
    found = find(replace(query, wanted=read(text), sort=Sort.NEWEST, offset=0, size=most, with_facets=False)).answer
    return store.shown([hit for hit in found.hits if not hit.is_near])


def leafed_through(text: str, query: Query) -> Iterator[list[Shown]]:
    """Yield all that can be leafed through, in parts."""
    wanted = read(text)
    for offset in range(0, DEEPEST, _AT_ONCE):
        part = replace(query, wanted=wanted, offset=offset, size=_AT_ONCE, with_facets=False)
        hits = find(part).answer.hits
        yield store.shown(hits)
        if len(hits) < _AT_ONCE:
            return


def read(text: str) -> Wanted:
    """Return what somebody who typed this wants."""
    return want(text, synonyms=synonyms_in_use()) if text else Wanted()


def _ask(text, query):
    wanted = read(text)
    found = find(replace(query, wanted=wanted))
    return Answered(text, text, wanted, found.answer, tuple(store.shown(found.answer.hits)), found.is_fallback)


def _exact(found: Answer):
    return sum(not hit.is_near for hit in found.hits)


def _with_part(answered: Answered):
    first = next(iter(answered.shown), None)
    if first is None or first.hit.is_near or not _is_named(first.thing, answered.wanted):
        return answered
    return replace(answered, part=_part(first.thing, answered.wanted.eid))


def _is_named(thing, wanted):
    """Whether a part was asked for, and this is the document that was named by its number or as a law is called."""
    if not wanted.eid or thing.kind != Kind.DOCUMENT:
        return False
    number = thing.number
    is_law = number is not None and any(law.is_of(number.form, number.years) for law in wanted.laws)
    return bool(wanted.numbers) or is_law or any(fold_words(name) in fold_words(wanted.text) for name in thing.names)


def _part(thing, eid):
    """Return the named part of a document, or what it stands in where the text has no such part; None without any."""
    steps = eid.split("__")
    eids = ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]
    document = thing.key.partition(":")[2]
    elements = Element.objects.filter(text__document=document, text__is_current=True, text__document__live=True)
    there = set(elements.filter(eid__in=eids).values_list("eid", flat=True))
    found = next((one for one in eids if one in there), None)
    if found is None:
        return None
    within = elements.filter(Q(eid=found) | Q(eid__startswith=f"{found}__")).order_by("position")
    return NamedPart(found, "\n".join(within.values_list("content", flat=True)[:_MOST_ELEMENTS]))
