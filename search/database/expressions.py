"""What rows must have, as both databases are asked for it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Has:
    term: str


@dataclass(frozen=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Without:
    wanted: "Expression"
    excluded: "Expression"


@dataclass(frozen=True)
class Begins:
    """A word that begins so."""

    letters: str


Expression = Has | All | Either | Without | Begins


def every(parts: Iterable[Expression]) -> Expression:
    """Return an expression for all of them; there must be one."""
    return _combined(All, parts)


def either(parts: Iterable[Expression]) -> Expression:
    """Return an expression for one of them at least; there must be one."""
    return _combined(Either, parts)


def _combined(kind, parts):
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else kind(parts)
