"""The tables of one generation of the index, which answers while the next is built beside it.

Plain SQL and no models, since each generation has its own and is dropped whole. On SQLite the terms lie in an FTS5
table without content: what is replaced leaves its terms behind, which lead nowhere and go with the generation. On
PostgreSQL they are a tsvector with a GIN index, and a table beside it counts in how many passages each term was put.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from search.models import Generation

_THING = """
CREATE TABLE {thing} (
    id {serial},
    key varchar(60) NOT NULL UNIQUE,
    kind varchar(20) NOT NULL,
    owner bigint NOT NULL,
    day date,
    number varchar(40) NOT NULL,
    years varchar(40) NOT NULL,
    parts varchar(200) NOT NULL,
    form varchar(80) NOT NULL,
    head text NOT NULL,
    payload text NOT NULL,
    digest varchar(64) NOT NULL,
    text_digest varchar(64) NOT NULL{heading}
)"""
_COMMON = (
    "CREATE INDEX {thing}_number ON {thing} (number, day)",
    "CREATE INDEX {thing}_day ON {thing} (day, id)",
    "CREATE TABLE {place} (agency bigint NOT NULL, thing bigint NOT NULL, PRIMARY KEY (agency, thing)){compact}",
    "CREATE INDEX {place}_thing ON {place} (thing)",
    (
        "CREATE TABLE {value} (facet varchar(12) NOT NULL, value varchar(60) NOT NULL, thing bigint NOT NULL,"
        " PRIMARY KEY (facet, value, thing)){compact}"
    ),
    "CREATE INDEX {value}_thing ON {value} (thing, facet, value)",
    (
        "CREATE TABLE {passage} (id {serial}, thing bigint NOT NULL, position integer NOT NULL, anchor varchar(200)"
        " NOT NULL, label varchar(200) NOT NULL, heading text NOT NULL, text text NOT NULL{vector})"
    ),
    "CREATE INDEX {passage}_thing ON {passage} (thing, position)",
)
_SQLITE = (
    (
        "CREATE VIRTUAL TABLE {words} USING fts5(terms, content='', columnsize=0, detail=none,"
        " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
    ),
    "CREATE VIRTUAL TABLE {terms} USING fts5vocab({words}, 'row')",
    (
        "CREATE VIRTUAL TABLE {heads} USING fts5(head, detail=none, columnsize=0, prefix='1 2 3',"
        " tokenize='unicode61 remove_diacritics 0')"
    ),
)
_POSTGRESQL = (
    "CREATE INDEX {thing}_heads ON {thing} USING gin (heads) WITH (fastupdate = off)",
    "CREATE INDEX {passage}_terms ON {passage} USING gin (terms) WITH (fastupdate = off)",
    "CREATE TABLE {terms} (term varchar(90) PRIMARY KEY, doc bigint NOT NULL)",
)


# In the order in which they are dropped: the vocabulary before the words that it speaks of.
_NAMES = ("terms", "words", "heads", "passage", "value", "place", "thing")


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@dataclass(frozen=True)
class Tables:
    """The names of a generation's tables: things, where they are shown, the values of their facets, their passages,
    the full text of passages (`words`) and of titles (`heads`), the vocabulary (`terms`).
    """

    number: int

    def __getattr__(self, name):
        if name in _NAMES:
            return f"search_{self.number}_{name}"
        raise AttributeError(name)

    def _names(self):
        return {name: getattr(self, name) for name in _NAMES}

    def create(self) -> None:
        postgresql = is_postgresql()
        words = {
            **self._names(),
            # AUTOINCREMENT: the number of a passage that is gone is not given again, since its terms are still there.
            "serial": "bigserial PRIMARY KEY" if postgresql else "integer PRIMARY KEY AUTOINCREMENT",
            "compact": "" if postgresql else " WITHOUT ROWID",
            "vector": ", terms tsvector NOT NULL" if postgresql else "",
            "heading": ", heads tsvector NOT NULL" if postgresql else "",
        }
        with connection.cursor() as cursor:
            for statement in (_THING, *_COMMON, *(_POSTGRESQL if postgresql else _SQLITE)):
                cursor.execute(statement.format(**words))

    def drop(self) -> None:
        with connection.cursor() as cursor:
            for name in _NAMES:
                cursor.execute(f"DROP TABLE IF EXISTS {getattr(self, name)}")

    def settle(self) -> None:
        """Tell PostgreSQL's planner what is in new tables, which it would take for empty; let SQLite join its parts."""
        with connection.cursor() as cursor:
            if is_postgresql():
                for name in ("thing", "place", "value", "passage", "terms"):
                    cursor.execute(f"ANALYZE {getattr(self, name)}")
            else:
                for name in (self.words, self.heads):
                    cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


def live() -> Tables | None:
    """Return the tables that answer, None where nothing was indexed yet."""
    number = Generation.objects.filter(is_live=True).values_list("pk", flat=True).first()
    return Tables(number) if number else None


def locked_live() -> Tables | None:
    """Return the tables that answer for writing: until the transaction ends nobody puts others in their place."""
    rows = Generation.objects.select_for_update().filter(is_live=True)
    number = rows.values_list("pk", flat=True).first()
    return Tables(number) if number else None


def begin(*, is_live: bool = False) -> Tables:
    """Make the tables of a new generation."""
    with transaction.atomic():
        tables = Tables(Generation.objects.create(is_live=is_live).pk)
        tables.create()
    return tables


def make_live(tables: Tables) -> None:
    """Let a generation answer, and drop the one that did, in one transaction."""
    with transaction.atomic():
        former = locked_live()
        Generation.objects.filter(is_live=True).delete()
        Generation.objects.filter(pk=tables.number).update(is_live=True)
        if former is not None:
            former.drop()


def forget(tables: Tables) -> None:
    """Drop a generation that does not answer."""
    with transaction.atomic():
        tables.drop()
        Generation.objects.filter(pk=tables.number, is_live=False).delete()


def abandoned() -> list[Tables]:
    """Return the generations that neither answer nor are being built, if the caller alone builds."""
    return [Tables(number) for number in Generation.objects.filter(is_live=False).values_list("pk", flat=True)]
