"""The full text of the database in use, by one set of names."""

from django.db import connection

from . import postgresql, sqlite


def dialect():
    """Return the module that knows the database in use: `postgresql` or `sqlite`, which have the same names."""
    return postgresql if connection.vendor == "postgresql" else sqlite
