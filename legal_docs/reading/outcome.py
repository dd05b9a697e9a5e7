"""What reading a file gives: blocks with where they come from, or a reason that tells a clerk what to do."""

from dataclasses import dataclass

from legal_docs.structure.blocks import Block

from .wording import reason_sentence


@dataclass(frozen=True)
class Reading:
    """The text of one file.

    `source` is a value of legal_docs.enums.TextSource, `pages` is None where the format has none, and each of
    `remarks` is a sentence for the editor: what to compare with the original before the text is published.
    """

    blocks: tuple[Block, ...]
    source: str
    media_type: str
    pages: int | None = None
    remarks: tuple[str, ...] = ()


class UnreadableFile(ValueError):
    """A file from which no text can be had; its text says why and what to do, in the reader's language."""

    def __init__(self, reason: str, facts: dict | None = None):
        super().__init__(reason, facts or {})
        self.reason = reason
        self.facts = facts or {}

    def __str__(self):
        return reason_sentence(self.reason, self.facts)


@dataclass(frozen=True)
class Remark:
    """A remark before it is put into words: the worker knows no language."""

    about: str
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True)
class Draft:
    """A reading inside the worker."""

    blocks: tuple[Block, ...]
    source: str
    media_type: str
    pages: int | None = None
    remarks: tuple[Remark, ...] = ()


def remark(about: str, **facts: str | int) -> Remark:
    """Return a remark; `about` is a key of wording.REMARKS."""
    return Remark(about, tuple(sorted(facts.items())))
