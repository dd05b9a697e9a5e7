"""The index behind the admin's search, with a cost per saved page that does not grow with the province.

modelsearch's database backends weigh a title by the average length of all titles, and compute that average
over the whole table at every save: 0.65 s per publish at 100,000 pages. The average only scales every title by
the same factor, so a constant does the same work, and each save touches its own rows alone.
"""

from django.db import connection
from django.db.models import F
from django.db.models.functions import Length
from modelsearch.utils import get_content_type_pk

# Words in a title of Vietnamese administration news (lexemes of a PostgreSQL vector), and its letters (SQLite).
TYPICAL_LENGTH = {"postgresql": 12.0, "sqlite": 60.0}


class ConstantCostMixin:
    """Replaces the two places where the index reads or writes more than the rows it is given."""

    def add_items(self, model, objs):
        objs = list(objs)
        self._fresh = (get_content_type_pk(model), [str(obj.pk) for obj in objs])
        try:
            super().add_items(model, objs)
        finally:
            del self._fresh

    def _refresh_title_norms(self, full=False):
        entries = self.entries
        if not full:
            content_type_pk, object_ids = self._fresh
            entries = entries.filter(content_type_id=content_type_pk, object_id__in=object_ids)
        typical = TYPICAL_LENGTH[self.write_connection.vendor]
        entries.annotate(title_length=Length("title")).filter(title_length__gt=0).update(
            title_norm=typical / F("title_length")
        )


def SearchBackend(params):  # noqa: N802 - the name that Wagtail looks for
    """Return the backend for the database in use (called by Wagtail with its WAGTAILSEARCH_BACKENDS entry)."""
    # The libraries below read the database's vendor when they are imported, so they are imported here.
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as Backend
    else:
        from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as Backend
    index_class = type("ConstantCostIndex", (ConstantCostMixin, Backend.index_class), {})
    return type("ConstantCostBackend", (Backend,), {"index_class": index_class})(params)
