"""Groups of synonyms as a table: given away, and taken in line by line after a look at what that would do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from core.importing.refusals import BrokenFile, RowError
from core.importing.texts import check_letters
from core.spreadsheets import armed
from core.text import normalise
from legal_docs.importing.sheets import read_xlsx
from legal_docs.importing.tables import read_csv
from search.enums import Act
from search.models import SynonymGroup
from search.understanding.synonyms import Group

# What is looked at on one screen and sent back by it: bytes of a file, lines, bytes of text.
LARGEST = 1_000_000
MOST_LINES = 2_000
_LARGEST_TEXT = 1_500_000
_READERS = {".csv": read_csv, ".xlsx": read_xlsx}
_FIELDS = ("words", "is_active", "note")
_YES = {"1", "x", "true", "yes", "có"}
_NO = {"0", "false", "no", "không"}


@dataclass(frozen=True)
class Line:
    """A line of a table and what taking it in does; `before` is what is changed, `reason` why it is refused.

    What a line does not say (None) stays as it is, and is as in a new group where there is none.
    """

    number: int
    words: str
    is_active: bool | None = None
    note: str | None = None
    act: Act = Act.ADD
    group: SynonymGroup | None = None
    reason: str = ""

    @property
    def before(self) -> str:
        """The changed fields as they are."""
        own = [(name, getattr(self.group, name)) for name in _FIELDS if self.group]
        return ", ".join(_said(name, value) for name, value in own if value != getattr(self, name))

    @property
    def kept(self) -> list:
        """What goes from the look to the taking in."""
        return [self.number, self.words, self.is_active, self.note]


def headings() -> list[str]:
    """Return the first row of the table."""
    return [capfirst(str(SynonymGroup._meta.get_field(name).verbose_name)) for name in _FIELDS]


def rows(groups: Iterable[SynonymGroup]) -> Iterator[list[str]]:
    """Yield a row for each group."""
    for group in groups:
        yield [group.words, _yes_or_no(group.is_active), group.note]


def read(file: BinaryIO, name: str) -> list[Line]:
    """Return the lines of a file, each with what taking it in would do; raise BrokenFile where it is no such table."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BrokenFile(_("The file is larger than %(limit)d kB. Divide it.") % {"limit": LARGEST // 1_000})
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise BrokenFile(_("Only tables in the formats CSV and XLSX can be read."))
    return check(_lines(reader(BytesIO(content))))


def check(lines: Iterable[Line]) -> list[Line]:
    """Return lines with what taking them in would do now."""
    known = list(SynonymGroup.objects.order_by("pk"))
    by_words = {group.words: group for group in known}
    by_sense = {group.group.sense: group for group in reversed(known) if group.group}
    seen: dict = {}
    return [_checked(line, by_words, by_sense, seen) for line in lines]


def group_of(line: Line) -> Group | None:
    """Return what a line says to the search."""
    return Group.of_line(line.words)


def take_in(lines: Iterable[Line], user) -> Counter:
    """Add and change what lines say, all or nothing; return how many lines did what. Refused lines are left out."""
    with transaction.atomic():
        # Two who take in the same table at once wait for each other.
        list(SynonymGroup.objects.select_for_update().values_list("pk"))
        checked = check(lines)
        for line in checked:
            if line.act in (Act.ADD, Act.CHANGE):
                _save(line, user)
    return Counter(line.act for line in checked)


def _lines(rows) -> list[Line]:
    lines, text, columns = [], 0, _columns()
    for number, found in rows:
        lines.append(_line(number, found, columns))
        text += len(f"{lines[-1].words}{lines[-1].note}".encode(errors="replace"))
        if len(lines) > MOST_LINES or text > _LARGEST_TEXT:
            said = {"rows": MOST_LINES, "text": _LARGEST_TEXT // 1_000}
            raise BrokenFile(_("The table has more than %(rows)d rows or %(text)d kB of text. Divide it.") % said)
    if not lines:
        raise BrokenFile(_("The table has no rows below its headings."))
    return lines


def _columns() -> dict[str, str]:
    """Return which field each heading means, in small letters."""
    named = dict(zip(headings(), _FIELDS, strict=True))
    # A table that was given away in one language comes back in another.
    for language in ("vi", "en"):
        with override(language):
            named |= zip(headings(), _FIELDS, strict=True)
    return {heading.casefold(): name for heading, name in named.items()}


def _line(number, found, columns) -> Line:
    if isinstance(found, RowError):
        return Line(number, "", act=Act.REFUSE, reason=str(found))
    cells = {columns.get(heading.casefold()): _text(cell) for heading, cell in found.items()}
    if "words" not in cells:
        said = {"names": ", ".join(f"“{heading}”" for heading in headings())}
        raise BrokenFile(_("The first row must name the columns, as a downloaded table does: %(names)s.") % said)
    use = cells.get("is_active", "").casefold()
    line = Line(number, " ".join(cells["words"].split()), use in _YES if use else None, cells.get("note"))
    return line if use in {"", *_YES, *_NO} else _refused(line, _("“In use” must be yes or no"))


def _text(cell) -> str:
    return "" if cell is None else armed(normalise(str(cell)).strip())


def _checked(line, by_words, by_sense, seen):
    if line.act == Act.REFUSE:
        return line
    group = group_of(line)
    sense = group.sense if group else None
    known = by_words.get(line.words) or by_sense.get(sense)
    line = _filled(line, known or SynonymGroup())
    if reason := _fault(line):
        return _refused(line, reason)
    if sense in seen:
        return _refused(line, _("the same as line %(line)d") % {"line": seen[sense]})
    seen[sense] = line.number
    if known is None:
        return replace(line, act=Act.ADD)
    is_same = all(getattr(known, name) == getattr(line, name) for name in _FIELDS)
    return replace(line, group=known, act=Act.KEEP if is_same else Act.CHANGE)


def _filled(line, group):
    return replace(
        line,
        is_active=group.is_active if line.is_active is None else line.is_active,
        note=group.note if line.note is None else line.note,
    )


def _fault(line):
    """Return why a line can be no group, "" for one that can."""
    try:
        for name in ("words", "note"):
            check_letters(getattr(line, name), name)
        SynonymGroup(words=line.words, note=line.note).full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return " ".join(error.messages)
    except RowError as error:
        return str(error)
    is_long = len(line.words) > SynonymGroup._meta.get_field("words").max_length
    return _("the words are too long") if is_long else ""


def _refused(line, reason):
    return replace(line, act=Act.REFUSE, reason=reason)


def _save(line, user):
    group = line.group or SynonymGroup()
    for name in _FIELDS:
        setattr(group, name, getattr(line, name))
    group.save()
    action = "wagtail.create" if line.act == Act.ADD else "wagtail.edit"
    log(instance=group, action=action, user=user, content_changed=True)


def _said(name, value):
    said = _yes_or_no(value) if isinstance(value, bool) else f"“{value}”"
    return f"{SynonymGroup._meta.get_field(name).verbose_name}: {said}"


def _yes_or_no(value):
    return _("yes") if value else _("no")
