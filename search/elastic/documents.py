"""A thing as it is put into the index."""

from search.engine import Passage, Thing

from .mapping import FACETS, HEAD
from .terms import accented, stretches

# How many times a passage's own title counts as much as its text.
_HEADING = 3
# A passage is about a page; what is far longer was no text.
_LONGEST = 30_000


def document_of(thing: Thing) -> dict:
    """Return the document of a thing."""
    titles = [part for text in (thing.title, *thing.names) for part in stretches(text)]
    summary = stretches(thing.summary[:_LONGEST])
    head = list(dict.fromkeys([*titles, *summary]))
    document = {
        "key": thing.key,
        "digest": thing.digest,
        "kind": str(thing.kind),
        "owner": str(thing.owner),
        "agencies": [str(agency) for agency in thing.places],
        "title": titles,
        "summary": summary,
        "exact": accented(_text_of_head(thing)),
        "passages": [
            _head(head, _text_of_head(thing)),
            *(_passage(place, passage, head) for place, passage in enumerate(thing.passages)),
        ],
    }
    if thing.day is not None:
        document["day"] = thing.day.isoformat()
    for facet, values in thing.facets.items():
        if str(facet) in FACETS:
            document[f"facet_{facet}"] = list(values)
    return document | _number(thing.number)


def _number(number) -> dict:
    if number is None:
        return {}
    return {
        "number": number.number,
        "years": [str(year) for year in number.years],
        "own_year": [str(year) for year in number.years[:1]],
        "parts": list(number.parts),
        "part_count": len(number.parts),
        "form": number.form,
    }


def _text_of_head(thing):
    return "\n".join((thing.title, *thing.names, thing.summary))[:_LONGEST]


def _head(head: list[str], text: str) -> dict:
    """The title, names and summary as a passage of their own: of many documents nothing else is known."""
    return {"place": HEAD, "words": head, "exact": accented(text)}


def _passage(place: int, passage: Passage, head: list[str]) -> dict:
    title = f"{passage.label} {passage.heading}".strip()
    text = passage.text[:_LONGEST]
    return {
        "place": place,
        "anchor": passage.anchor,
        "head": head,
        "words": stretches(title) * _HEADING + stretches(text),
        "exact": accented(f"{title}\n{text}"),
    }
