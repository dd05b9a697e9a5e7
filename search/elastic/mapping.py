"""The index: its analysis, its fields and what each is for.

Passages are nested, so that the words of a query are looked for in one of them. All text comes folded and cut into
syllables (`terms`); Elasticsearch makes the pairs of neighbours of it.

- `passages.any`: every syllable and pair of a passage with its thing's head, without counts: what must be there, and
  what must not. The head is a passage, too.
- `passages.words` with `.pairs`: the passage's own text, its heading repeated: what it is worth.
- `passages.exact`, `exact`: the same with accents.
- `title` (with names) and `summary`, with `.pairs`: what the head is worth.
"""

from elasticsearch_dsl import Mapping, Nested, analyzer, token_filter, tokenizer

# Raised whenever the same thing would get other fields or terms: an index of another form does not answer.
FORM = 2
_WHITESPACE = tokenizer("whitespace")


# Two neighbours as one term: "dat_dai".
_PAIRS = {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 2, "token_separator": "_", "filler_token": ""}
WORDS = analyzer("syllables", type="custom", tokenizer=_WHITESPACE)
PAIRS = analyzer(
    "pairs",
    type="custom",
    tokenizer=_WHITESPACE,
    filter=[token_filter("pairs", **_PAIRS, output_unigrams=False)],
)
BOTH = analyzer(
    "both",
    type="custom",
    tokenizer=_WHITESPACE,
    filter=[token_filter("both", **_PAIRS, output_unigrams=True)],
)
# How soon a word that is said again says nothing new, and how much a long text says each word less.
SIMILARITIES = {
    "passage": {"type": "BM25", "k1": 0.8, "b": 0.75},
    "head": {"type": "BM25", "k1": 0.6, "b": 0.6},
}
# The place of the head among the passages, whose own places begin with 0.
HEAD = -1
FACETS = ("type", "issuer", "field", "year", "status")


def settings_of(replicas: str = "0-1") -> dict:
    """Return the settings of an index: one shard, since a province's things are few enough for one."""
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": replicas,
        "refresh_interval": "-1",
        "similarity": SIMILARITIES,
        "max_result_window": 10_000,
    }


def mapping() -> Mapping:
    """Return the fields of a thing."""
    found = Mapping()
    found.meta("dynamic", "strict")
    # Nothing is read back: things are shown from the database's index.
    found.meta("_source", enabled=False)
    for name in ("key", "digest", "number", "years", "own_year", "parts", "form"):
        found.field(name, "keyword")
    for name in ("kind", "owner", "agencies", *(f"facet_{facet}" for facet in FACETS)):
        found.field(name, "keyword", eager_global_ordinals=True)
    found.field("part_count", "short")
    found.field("day", "date", format="strict_date")
    for name in ("title", "summary"):
        found.field(name, _scored("head"))
    found.field("exact", _exact("head"))
    found.field(
        "passages",
        Nested(
            dynamic="strict",
            properties={
                "place": {"type": "integer"},
                "anchor": {"type": "keyword", "ignore_above": 200},
                "head": {"type": "text", "index": False, "copy_to": "passages.any"},
                "words": _scored("passage", copy_to="passages.any"),
                "any": _looked_for(),
                "exact": _exact("passage"),
            },
        ),
    )
    return found


def _scored(similarity, **more):
    pairs = {"type": "text", "analyzer": PAIRS, "index_options": "freqs", "similarity": similarity}
    return {
        "type": "text",
        "analyzer": WORDS,
        "similarity": similarity,
        "fields": {"pairs": pairs},
        **more,
    }


def _looked_for():
    return {"type": "text", "analyzer": BOTH, "index_options": "docs", "norms": False}


def _exact(similarity):
    return {"type": "text", "analyzer": WORDS, "index_options": "freqs", "similarity": similarity}
