"""Writes of many rows at once send no signal; for watched models they are recorded all the same.

Wagtail gives rights by bulk_create and switches people off by update(), and Django has no extension point there. For
every other model the wrapped methods cost one look into a dictionary.
"""

import functools

from django.db import transaction
from django.db.models import QuerySet

from audit.changes import recorded_fields, stored_values
from audit.services import describe, record_many
from audit.watched import right_models, watched_models

from .rights import right_entry
from .things import change_entries


def connect():
    watched, rights = watched_models(), frozenset(right_models())
    QuerySet.bulk_create = _recorded_bulk_create(QuerySet.bulk_create, watched, rights)
    QuerySet.update = _recorded_update(QuerySet.update, watched)


def _recorded_bulk_create(method, watched, rights):
    @functools.wraps(method)
    def bulk_create(self, objs, *args, **kwargs):
        if self.model not in watched and self.model not in rights:
            return method(self, objs, *args, **kwargs)
        with transaction.atomic():
            made = method(self, objs, *args, **kwargs)
            describes = right_entry if self.model in rights else describe
            action = "rights.grant" if self.model in rights else "object.create"
            if made:
                record_many([describes(action, thing) for thing in made])
            return made

    return bulk_create


def _recorded_update(method, watched):
    @functools.wraps(method)
    def update(self, **kwargs):
        how = watched.get(self.model)
        if how is None or not any({f.name, f.attname} & set(kwargs) for f in recorded_fields(self.model, how)):
            return method(self, **kwargs)
        with transaction.atomic():
            things = list(self.model._base_manager.filter(pk__in=self.values("pk").order_by()))
            before = {thing.pk: stored_values(thing, how) for thing in things}
            rows = method(self, **kwargs)
            entries = []
            for thing in things:
                after = stored_values(thing, how)
                thing.refresh_from_db()
                entries += change_entries(thing, before[thing.pk] or {}, after or {}, how)
            if entries:
                record_many(entries)
            return rows

    update.alters_data = True
    return update
