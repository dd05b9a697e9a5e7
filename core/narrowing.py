"""What narrows a list, as its page shows it: the values that may be chosen, and those that are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A value that a visitor may choose: where it leads and how many entries it leaves (None: not counted)."""

    name: str
    query: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """The values by which a list is narrowed in one respect, in the order in which they are shown."""

    name: str
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """A value that was chosen, and the list without it."""

    facet: str
    name: str
    query_without: str
