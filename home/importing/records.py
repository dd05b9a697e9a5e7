"""What passes between the readers, the cleaning and the service: a row, its pictures, its outcome."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

HEADINGS = ("row", "state", "title", "reason")


class RowState(models.TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    UNCHANGED = "unchanged", _("unchanged")
    ERROR = "error", _("error")


@dataclass(frozen=True)
class SourcePicture:
    """A picture as the row names it."""

    src: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Row:
    """One article as the file tells it: checked, normalised, its body still HTML or plain text."""

    title: str
    time: datetime
    summary: str = ""
    body: str = ""
    sections: tuple[str, ...] = ()
    source_name: str = ""
    source_url: str = ""
    author: str = ""
    url: str = ""
    guid: str = ""
    pictures: tuple[SourcePicture, ...] = ()
    notes: tuple[str, ...] = ()

    def fingerprint(self, section_key: str) -> str:
        """A digest that changes when the row would make another article."""
        content = asdict(self) | {"time": self.time.isoformat(), "notes": (), "section_key": section_key}
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass
class RowResult:
    """What became of a row, as the report says it."""

    number: int
    state: RowState
    title: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return "; ".join(self.reasons)

    @property
    def cells(self) -> tuple[object, ...]:
        """The row of the report, under HEADINGS."""
        return self.number, self.state.value, self.title, self.reason
