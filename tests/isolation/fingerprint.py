"""What some agencies have in the database, row by row, to be compared after somebody else has written."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import Q

from sites.ownership import ByThing, is_declared, ownership_of

# Every form of statement that changes a table, with or without the quotes of an identifier.
_WRITE = re.compile(r"\b(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) \"?(\w+)\"?", re.IGNORECASE)
_READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# Written about people, not by them: what was tried is on record with the agency that was tried.
_RECORDS = {"audit"}
# Made from a picture when somebody looks at it.
_DERIVED = {"core.PictureRendition"}


def tables_written(statements) -> set[str]:
    """Return the names of the tables that SQL statements change."""
    return {table for statement in statements for table in _WRITE.findall(statement)}


@contextmanager
def noting_writes() -> Iterator[set[str]]:
    """Give the set of tables that statements change meanwhile."""
    written: set[str] = set()

    def note(execute, sql, params, many, context):
        if not sql.startswith(_READS):
            written.update(tables_written([sql]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


class Fingerprint:
    """The rows of all tables that belong to some agencies, as they are when this is made."""

    def __init__(self, agencies, beside=None):
        """`beside` is a person whose own rows (a profile, a presence on a page) are no change of anything."""
        self.agencies, self.beside = agencies, beside
        models = apps.get_models(include_auto_created=True)
        self.models = {model._meta.db_table: model for model in models if _is_compared(model)}
        self.rows = {table: self._rows(model) for table, model in self.models.items()}

    def __len__(self):
        return sum(len(rows) for rows in self.rows.values())

    def changes(self, tables) -> list[str]:
        """Name every row in these tables that was added, changed or taken away."""
        found = []
        for table in sorted(set(tables) & set(self.models)):
            before, after = self.rows[table], self._rows(self.models[table])
            for key in sorted(before.keys() | after.keys(), key=str):
                if before.get(key) != after.get(key):
                    found.append(f"{table} {key}: {_difference(before.get(key), after.get(key))}")
        return found

    def _rows(self, model):
        rows = model._base_manager.all()
        ownership = ownership_of(model)
        if model._meta.auto_created:
            rows = rows.filter(self._joins_theirs(model))
        elif isinstance(ownership, ByThing):
            # There is no join to "any model", so each row is asked.
            rows = rows.filter(pk__in=[row.pk for row in rows if ownership.belongs(row, self.agencies)])
        else:
            rows = rows.filter(ownership.owned_by(self.agencies))
        return {row[model._meta.pk.attname]: row for row in rows.values() if not self._is_own(row)}

    def _is_own(self, row):
        return self.beside is not None and row.get("user_id") == self.beside.pk

    def _joins_theirs(self, model):
        """A row that joins two things is theirs if one of the two is."""
        condition = Q(pk__in=[])
        for field in model._meta.fields:
            if field.is_relation and is_declared(field.related_model):
                theirs = ownership_of(field.related_model).owned_by(self.agencies)
                condition |= Q(**{f"{field.name}__in": field.related_model._base_manager.filter(theirs).values("pk")})
        return condition


def _is_compared(model):
    if model._meta.app_label in _RECORDS or model._meta.label in _DERIVED or model._meta.proxy:
        return False
    return bool(model._meta.auto_created) or is_declared(model)


def _difference(before, after):
    if before is None or after is None:
        return "is new" if before is None else "is gone"
    return ", ".join(f"{name} {before[name]!r} is {after[name]!r}" for name in after if before[name] != after[name])
