"""Databases for a measurement beside the one of the run: made on its server, dropped afterwards."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import django
from django.db import connection


@contextmanager
def another_database(suffix: str, *, is_copy: bool) -> Iterator[str]:
    """Yield the address of a database on the same server: a copy of the prepared one, or an empty one."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    template = connection.settings_dict["NAME"] if is_copy else "template0"
    _run(f'DROP DATABASE IF EXISTS "{name}"')
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        _run(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def named(address: str) -> Iterator[None]:
    """Let processes that are started meanwhile work in the database at this address."""
    before = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = address
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before


@contextmanager
def workers(address: str, number: int) -> Iterator:
    """Yield a pool of so many new processes that work in the database at this address."""
    with named(address), multiprocessing.get_context("spawn").Pool(number, initializer=django.setup) as pool:
        yield pool


def elsewhere(address: str, act: Callable, *arguments):
    """Return what a function of a module returns in a new process that works in the database at this address."""
    with workers(address, 1) as pool:
        return pool.apply(act, arguments)


def _run(sql):
    # A database that is being copied, made or dropped must have no sessions, ours included.
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)
