"""A query in the language of Elasticsearch."""

from dataclasses import dataclass
from itertools import pairwise

from elasticsearch_dsl import Q

from search.engine import Query
from search.enums import Facet
from search.wanted import Synonym, Wanted, WantedNumber

from .documents import FACETS

TELLING = 0.5
MOST_REQUIRED = 5
MOST_WORDS = 40
_MOST_SYNONYMS = 24
_MOST_VALUES = 10_000
# What a find in the title weighs besides, a pair of neighbours beside its syllables, a word with the typed accents.
_TITLE, _PAIR, _EXACT = 0.6, 0.9, 0.4
# Of the telling words of a question so many must be there: the commonest need not be looked for then.
ENOUGH = "35%"
# Of fewer words the nearest have so many.
NEAR = "50%"


@dataclass(frozen=True)
class Asked:
    """The parts of a query that several requests are made of."""

    query: Query

    @property
    def wanted(self) -> Wanted:
        return self.query.wanted

    @property
    def words(self):
        return self.wanted.words[:MOST_WORDS]

    @property
    def telling(self):
        telling = [place for place, word in enumerate(self.words) if word.weight >= TELLING]
        return telling or list(range(min(len(self.words), MOST_REQUIRED)))

    @property
    def is_question(self) -> bool:
        return len(self.telling) > MOST_REQUIRED

    def synonyms(self) -> list[Synonym]:
        return [one for one in self.wanted.synonyms if one.start < one.end <= len(self.words) and one.words][
            :_MOST_SYNONYMS
        ]

    # ---- filters
    def filters(self, without: Facet | None = None) -> list:
        """Return the filters that are no facets, and those of chosen facets but one."""
        found = []
        if self.query.portal is not None:
            found.append(Q("term", agencies=self.query.portal))
        if self.query.keys is not None:
            found.append(Q("ids", values=sorted(self.query.keys)))
        bounds = {"gte": self.query.since, "lte": self.query.until}
        if days := {name: day.isoformat() for name, day in bounds.items() if day}:
            found.append(Q("range", day=days))
        found += [self.facet(facet) for facet in self.chosen() if facet != without]
        return found

    def chosen(self) -> list[Facet]:
        return [facet for facet, values in self.query.facets.items() if values]

    def facet(self, facet: Facet):
        return Q("terms", **{FACETS[facet]: list(self.query.facets[facet])[:_MOST_VALUES]})

    def excluded(self) -> list:
        unwanted = [Q("term", passages__text=word) for word in self.wanted.excluded]
        return [_in_passage(Q("bool", should=unwanted))] if unwanted else []

    # ---- what is required
    def all_words(self):
        """All telling words and phrases, in one passage or the title of its thing; synonyms count."""
        return Q("bool", filter=[*self._phrases(), *(self._word_or_synonym(place) for place in self.telling)])

    def enough_words(self, share: str):
        """So many of the telling words, and the phrases."""
        words = [self._word_or_synonym(place) for place in self.telling]
        enough = [Q("bool", should=words, minimum_should_match=f"1<{share}")] if words else []
        return Q("bool", filter=[*self._phrases(), *enough])

    def _phrases(self):
        return [Q("match_phrase", passages__text=" ".join(phrase)) for phrase in self.wanted.phrases]

    def _word_or_synonym(self, place):
        word = Q("term", passages__text=self.words[place].text)
        others = [
            Q("bool", filter=_together(synonym.words))
            for synonym in self.synonyms()
            if synonym.start <= place < synonym.end
        ]
        return Q("bool", should=[word, *others]) if others else word

    # ---- what is weighed
    def in_passage(self, required):
        """The best passage with what is required, weighed by all words, pairs and synonyms."""
        weighed = self._weighed("passages.text", "passages.pairs", 1.0)
        exact = [
            Q("constant_score", filter=Q("term", passages__exact=word.exact), boost=_EXACT * word.weight)
            for word in self.words
            if word.exact
        ]
        return _in_passage(Q("bool", filter=[required], should=[*weighed, *exact]), score_mode="max")

    def shown_passages(self, most: int):
        """The passages by which things are shown, the best first; that of a named element before all others."""
        steps = self.wanted.eid.split("__") if self.wanted.eid else []
        elements = ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]
        named = [
            Q("constant_score", filter=Q("term", passages__anchor=element), boost=1_000.0 - place)
            for place, element in enumerate(elements)
        ]
        found = Q("bool", should=[*self._weighed("passages.text", "passages.pairs", 1.0), *named])
        # The summary, at -1, is shown with the title anyway.
        within = Q("bool", must=[found], filter=[Q("range", passages__place={"gte": 0})])
        inner = {"size": most, "_source": False, "docvalue_fields": ["passages.place"]}
        return _in_passage(within, inner_hits=inner, score_mode="none")

    def in_title(self) -> list:
        return self._weighed("head", "head_pairs", _TITLE)

    def _weighed(self, single, double, boost):
        words = [_term(single, word.text, boost * word.weight) for word in self.words]
        neighbours = [
            _term(double, f"{first.text}_{second.text}", boost * _PAIR * min(first.weight, second.weight))
            for first, second in pairwise(self.words)
        ]
        return [*words, *neighbours, *(self._synonym(synonym, single, double, boost) for synonym in self.synonyms())]

    def _synonym(self, synonym, single, double, boost):
        weight = boost * synonym.weight * max(word.weight for word in self.words[synonym.start : synonym.end])
        if len(synonym.words) == 1:
            # It weighs what the words that it stands for would weigh together.
            return _term(single, synonym.words[0], weight * (synonym.end - synonym.start))
        terms = [_term(double, f"{first}_{second}", weight) for first, second in pairwise(synonym.words)]
        return Q("bool", must=terms)

    # ---- numbers
    def numbers(self):
        """The documents that have one of the numbers, the whole ones heavier, then those of the very year."""
        return Q("dis_max", queries=[self._number(number) for number in self.wanted.numbers])

    def _number(self, number):
        better = [
            Q("constant_score", filter=Q("match_all"), boost=1.0),
            Q("constant_score", filter=Q("term", part_count=len(number.parts)), boost=1.0),
        ]
        if number.year is not None:
            better.append(Q("constant_score", filter=Q("term", own_year=number.year), boost=0.5))
        return Q("bool", filter=_number(number), should=better)


def _number(number: WantedNumber):
    required = [Q("term", number=number.number)]
    if number.year is not None:
        required.append(Q("term", years=number.year))
    required += [Q("term", parts=part) for part in number.parts]
    if number.form:
        required.append(Q("term", form=number.form))
    return required


def _term(field, text, boost):
    return Q({"term": {field: {"value": text, "boost": round(boost, 4)}}})


def _together(words):
    if len(words) == 1:
        return [Q("term", passages__text=words[0])]
    return [Q("term", passages__pairs=f"{first}_{second}") for first, second in pairwise(words)]


def _in_passage(query, **more):
    return Q("nested", path="passages", query=query, **more)
