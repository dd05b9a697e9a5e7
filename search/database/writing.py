"""Puts things into the tables of a generation and takes them out."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import connection

from search.engine import Number, Passage, Thing
from search.enums import Facet

from .filters import marks
from .tables import Tables, is_postgresql
from .terms import syllables, terms_of

_BATCH = 200
_LONGEST_VALUE = 60
_LONGEST_TITLE = 200


def put(tables: Tables, things: Iterable[Thing]) -> None:
    """Add things or replace those of the same key; whoever calls holds the transaction."""
    for batch in _batches(things, _BATCH):
        # Of two of one key the last one counts.
        _put({thing.key: thing for thing in batch}, tables)


def _batches(things, size) -> Iterator[list[Thing]]:
    batch = []
    for thing in things:
        batch.append(thing)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def drop(tables: Tables, keys: Iterable[str]) -> None:
    """Take things out; keys that are not there are passed over."""
    keys = list(keys)
    for start in range(0, len(keys), _BATCH):
        numbers = [number for number, _digest in _known(tables, keys[start : start + _BATCH]).values()]
        _delete(tables, numbers, ("passage", "place", "value"))
        _delete(tables, numbers, ("thing",), "id")
        if not is_postgresql():
            _delete(tables, numbers, ("heads",), "rowid")


def _put(things, tables):
    known = _known(tables, list(things))
    digests = {key: _text_digest(thing) for key, thing in things.items()}
    # What says the same as before keeps its passages: each night statuses change, and no text does.
    same_text = {key for key, (_number, digest) in known.items() if digest == digests[key]}
    changed = [number for key, (number, _digest) in known.items() if key not in same_text]
    _delete(tables, [number for number, _digest in known.values()], ("place", "value"))
    _delete(tables, changed, ("passage",))
    numbers = _write_things(tables, things, digests, {key: number for key, (number, _digest) in known.items()})
    _write_places(tables, things, numbers)
    _write_passages(tables, [(numbers[key], thing) for key, thing in things.items() if key not in same_text])


def _text_digest(thing):
    words = [thing.title, thing.summary, *thing.names]
    words += [part for passage in thing.passages for part in (passage.anchor, passage.label, passage.heading)]
    words += [passage.text for passage in thing.passages]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def _known(tables, keys):
    """Return (number, digest of the text) of the things that are there, by their keys."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, id, text_digest FROM {tables.thing} WHERE key IN ({marks(len(keys))})", keys)
        return {key: (number, digest) for key, number, digest in cursor.fetchall()}


def _delete(tables, numbers, names, column="thing"):
    if not numbers:
        return
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DELETE FROM {getattr(tables, name)} WHERE {column} IN ({marks(len(numbers))})", numbers)


def head_of(thing: Thing) -> str:
    """Return what stands over a thing: its title and other names, one on a line."""
    return "\n".join((thing.title, *thing.names))


def _write_things(tables, things, digests, known):
    columns = "kind, owner, day, number, years, parts, form, head, payload, digest, text_digest"
    names = columns.split(", ")
    cells = marks(len(names))
    if is_postgresql():
        columns, cells = f"{columns}, heads", f"{cells}, array_to_tsvector(%s)"
    rows = {key: _row(thing, digests[key]) for key, thing in things.items()}
    with connection.cursor() as cursor:
        fresh = [(key, *rows[key]) for key in things if key not in known]
        cursor.executemany(f"INSERT INTO {tables.thing} (key, {columns}) VALUES (%s, {cells})", fresh)
        replaced = [(*rows[key], number) for key, number in known.items()]
        cursor.executemany(f"UPDATE {tables.thing} SET ({columns}) = ({cells}) WHERE id = %s", replaced)
    numbers = {key: number for key, (number, _digest) in _known(tables, list(things)).items()}
    if not is_postgresql():
        _write_heads(tables, things, numbers)
    return numbers


def _write_heads(tables, things, numbers):
    _delete(tables, list(numbers.values()), ("heads",), "rowid")
    rows = [(numbers[key], " ".join(sorted(_head_words(thing)))) for key, thing in things.items()]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {tables.heads} (rowid, head) VALUES (%s, %s)", rows)


def _head_words(thing):
    return {word for words in syllables(head_of(thing)) for word in words}


def _row(thing, text_digest):
    number = thing.number or Number("", (), ())
    return (
        str(thing.kind),
        thing.owner,
        thing.day,
        number.number,
        _spaced(number.years),
        _spaced(number.parts),
        number.form,
        head_of(thing),
        json.dumps(_payload(thing), ensure_ascii=False, separators=(",", ":")),
        thing.digest,
        text_digest,
        *([sorted(_head_words(thing))] if is_postgresql() else []),
    )


def _spaced(words):
    """Words between spaces, so that a whole one is looked for by LIKE."""
    return f" {' '.join(map(str, words))} "


def _payload(thing):
    number = thing.number
    return {
        "title": thing.title,
        "owner": thing.owner,
        "places": {str(agency): path for agency, path in thing.places.items()},
        "summary": thing.summary,
        "names": list(thing.names),
        "number": [number.number, list(number.years), list(number.parts), number.form] if number else None,
        "facets": {str(facet): list(values) for facet, values in thing.facets.items()},
    }


def thing_from(key: str, day, payload: str) -> Thing:
    """Return a stored thing without its passages."""
    data = json.loads(payload)
    number = data["number"]
    return Thing(
        key=key,
        title=data["title"],
        owner=data["owner"],
        places={int(agency): path for agency, path in data["places"].items()},
        summary=data["summary"],
        names=tuple(data["names"]),
        number=Number(number[0], tuple(number[1]), tuple(number[2]), number[3]) if number else None,
        day=day,
        facets={Facet(facet): tuple(values) for facet, values in data["facets"].items()},
    )


def _write_places(tables, things, numbers):
    places = [(agency, numbers[key]) for key, thing in things.items() for agency in thing.places]
    values = {
        (str(facet), value[:_LONGEST_VALUE], numbers[key])
        for key, thing in things.items()
        for facet, chosen in thing.facets.items()
        for value in chosen
    }
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {tables.place} (agency, thing) VALUES (%s, %s)", places)
        cursor.executemany(f"INSERT INTO {tables.value} (facet, value, thing) VALUES (%s, %s, %s)", sorted(values))


def _write_passages(tables, things):
    """Write the passages; the first of each thing, at position 0, is its title, names and summary."""
    rows = []
    for number, thing in things:
        head = terms_of([thing.title])
        beginning = Passage("\n".join((*thing.names, thing.summary)))
        for position, passage in enumerate((beginning, *thing.passages)):
            terms = head | terms_of([f"{passage.label} {passage.heading}", passage.text])
            rows.append((number, position, passage, terms))
    if rows:
        (_write_vectors if is_postgresql() else _write_words)(tables, rows)


_PASSAGE = "thing, position, anchor, label, heading, text"


def _cells(number, position, passage):
    label, anchor = passage.label[:_LONGEST_TITLE], passage.anchor[:_LONGEST_TITLE]
    return number, position, anchor, label, passage.heading, passage.text


def _write_words(tables, rows):
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [tables.passage])
        first = (cursor.fetchone() or (0,))[0] + 1
        cursor.executemany(
            f"INSERT INTO {tables.passage} (id, {_PASSAGE}) VALUES ({marks(7)})",
            [(first + place, *_cells(*row[:3])) for place, row in enumerate(rows)],
        )
        cursor.executemany(
            f"INSERT INTO {tables.words} (rowid, terms) VALUES (%s, %s)",
            [(first + place, " ".join(row[3])) for place, row in enumerate(rows)],
        )


def _write_vectors(tables, rows):
    counts = Counter(term for row in rows for term in row[3])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {tables.passage} ({_PASSAGE}, terms) VALUES ({marks(6)}, array_to_tsvector(%s))",
            [(*_cells(*row[:3]), list(row[3])) for row in rows],
        )
        # In the order of terms, so that two processes wait for each other instead of blocking each other.
        cursor.execute(
            f"INSERT INTO {tables.terms} AS known (term, doc)"
            " SELECT * FROM unnest(%s::varchar[], %s::bigint[]) ON CONFLICT (term)"
            " DO UPDATE SET doc = known.doc + excluded.doc",
            [sorted(counts), [counts[term] for term in sorted(counts)]],
        )
