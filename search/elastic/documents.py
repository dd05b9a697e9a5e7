"""Things as Elasticsearch keeps them: one document each, its passages nested in it."""

from elasticsearch_dsl import Date, InnerDoc, Keyword, Long, Mapping, Nested, Short, Text

from search.engine import Passage, Thing
from search.enums import Facet

from .terms import exact, folded, pairs

# What was made by Python is divided at spaces.
_WORDS = {"analyzer": "whitespace"}
SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "1s",
    # A code of law has 700 articles, some of them divided.
    "mapping.nested_objects.limit": 20_000,
    "max_inner_result_window": 100,
    "similarity": {"default": {"type": "BM25", "k1": 1.0, "b": 0.6}},
}
FACETS = {
    Facet.TYPE: "facet_type",
    Facet.ISSUER: "facet_issuer",
    Facet.FIELD: "facet_field",
    Facet.YEAR: "facet_year",
    Facet.STATUS: "facet_status",
    Facet.KIND: "kind",
    Facet.AGENCY: "owner",
}


# How often the words of a passage's own title count.
HEADING = 3


class PassageDocument(InnerDoc):
    """A passage. `text` has its words, those of its own title several times, and those of the title of its thing: so
    the places where a word stands have one saturation and not one each (as in BM25F), and one look says whether all
    words are in the passage or over it.
    """

    place = Short()
    anchor = Keyword()
    # With positions, for phrases of three words and more.
    text = Text(**_WORDS)
    pairs = Text(index_options="freqs", **_WORDS)
    exact = Text(index_options="docs", norms=False, **_WORDS)


def mapping() -> Mapping:
    """Return the mapping of an index."""
    made = Mapping()
    made.meta("dynamic", False)
    # The text itself is shown from the database's store; here its terms are enough.
    made.meta("_source", includes=["key", "digest"])
    for name in ("key", "digest", "kind", "owner", *(FACETS[facet] for facet in Facet if facet not in _OF_THING)):
        made.field(name, Keyword(eager_global_ordinals=name.startswith(("facet", "kind", "owner"))))
    made.field("agencies", Long())
    made.field("day", Date(format="strict_date"))
    for name in ("number", "parts", "form"):
        made.field(name, Keyword())
    made.field("years", Short())
    made.field("own_year", Short())
    made.field("part_count", Short())
    made.field("head", Text(**_WORDS))
    made.field("head_pairs", Text(**_WORDS))
    made.field("head_exact", Text(index_options="docs", norms=False, **_WORDS))
    made.field("passages", Nested(PassageDocument))
    return made


_OF_THING = (Facet.KIND, Facet.AGENCY)


def source_of(thing: Thing) -> dict:
    """Return a thing as a document."""
    head = "\n".join((thing.title, *thing.names))
    number = thing.number
    return {
        "key": thing.key,
        "digest": thing.digest,
        "kind": str(thing.kind),
        "owner": str(thing.owner),
        "agencies": list(thing.places),
        "day": thing.day.isoformat() if thing.day else None,
        "number": number.number if number else None,
        "years": list(number.years) if number else [],
        "parts": list(number.parts) if number else [],
        "own_year": number.years[0] if number and number.years else None,
        "part_count": len(number.parts) if number else 0,
        "form": number.form if number else None,
        "head": folded(head),
        "head_pairs": pairs(head),
        "head_exact": exact(head),
        **{FACETS[facet]: list(values) for facet, values in thing.facets.items()},
        "passages": list(_passages(thing, head)),
    }


def _passages(thing, head):
    """The first of them, at place -1, is the summary: whatever has no text is found by it."""
    head_words, head_pairs = folded(head), pairs(head)
    for place, passage in enumerate((Passage(thing.summary), *thing.passages), start=-1):
        title = f"{passage.label}. {passage.heading}"
        yield {
            "place": place,
            "anchor": passage.anchor or None,
            # No phrase reaches from one part into the next.
            "text": " | ".join([folded(passage.text), *[folded(title)] * HEADING, head_words]),
            "pairs": " ".join([pairs(passage.text), *[pairs(title)] * HEADING, head_pairs]),
            "exact": exact(f"{passage.heading}\n{passage.text}"),
        }
