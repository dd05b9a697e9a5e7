"""Writes the rows of a file as articles of one portal, each row whole or not at all."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from core.addresses import canonical_address
from core.importing.refusals import BrokenFile, RowError
from core.own_words import in_own_words
from core.tree_lock import NodeGone
from home.models import NewsPage
from sites.models import Agency

from .articles import ArticleWriter
from .keys import import_key
from .links import base_of
from .pictures import PictureFinder
from .preparing import Prepared, prepare
from .records import Row, RowResult, RowState
from .rows import read_row
from .sections import SectionFinder

# Named in the page's history; their data hold what the next run compares. Who imports approves nothing: what is public
# by an import is told apart from what was imported as a draft.
IMPORTED, PUBLISHED = "core.import", "core.import_public"
# What Wagtail would say of the same besides.
_WAGTAILS_WORDS = ("wagtail.create", "wagtail.rename", "wagtail.publish")


class NewsImport:
    """One run of an import into one portal.

    Each row has its own transaction: a run that is killed leaves whole articles, and the next one goes on where it
    ended. Pictures are fetched before the transaction begins, so that nobody waits for a slow host under the lock of
    the page tree. A dry run does the same and takes every row back; it writes no file.
    """

    def __init__(
        self,
        agency: Agency,
        *,
        section: Page,
        sections: SectionFinder,
        pictures: PictureFinder,
        publish: bool = True,
        dry_run: bool = False,
    ):
        self.agency = agency
        self.default_section = section
        self.sections = sections
        self.pictures = pictures
        self.dry_run = dry_run
        self.portal_url = canonical_address(agency.site.hostname)
        self.writer = ArticleWriter(agency, publish=publish, with_files=not dry_run)
        # What a dry run would have written, so that a row that stands twice is judged as in a true run.
        self._pretended: dict[str, str] = {}
        # How many rows became public, or are written over what is public.
        self.published = 0

    def run(self, rows: Iterable[tuple[int, dict | RowError]]) -> Iterator[RowResult]:
        """Yield what became of each row; an error of the file itself is the last result."""
        number = 0
        try:
            for number, fields in rows:
                yield self._import_row(number, fields)
        except BrokenFile as error:
            yield RowResult(number + 1, RowState.ERROR, reasons=[str(error)])

    def _import_row(self, number, fields):
        result = RowResult(number, RowState.ERROR)
        try:
            if isinstance(fields, RowError):
                raise fields
            title = fields.get("title")
            result.title = " ".join(title.split())[:255] if isinstance(title, str) else ""
            row = read_row(fields)
            result.title = row.title
            result.state, result.reasons = self._import(row)
        except (OperationalError, InterfaceError):
            # The database itself is gone or locked: every further row would fail the same way.
            raise
        except RowError as error:
            result.reasons = [str(error)]
        except ValidationError as error:
            result.reasons = list(error.messages)
        except NodeGone as error:
            result.reasons = [str(error)]
        except Exception as error:
            # Whatever a foreign text brings to light, it must not stop the rows after it.
            result.reasons = [_("unexpected: %(problem)s") % {"problem": f"{type(error).__name__}: {error}"[:300]}]
        return result

    def _import(self, row: Row):
        section, notes = self._section_of(row)
        key = import_key(row)
        fingerprint = row.fingerprint(self.sections.key_of(section))
        known = NewsPage.objects.filter(origin=self.agency, import_key=key).only("pk").first()
        last = _last_import(known) if known else {}
        if self.dry_run and key in self._pretended:
            known, last = True, {"fingerprint": self._pretended[key]}
        if known and last.get("fingerprint") == fingerprint and not self._can_complete(row, last):
            return RowState.UNCHANGED, []
        prepared = prepare(row, self.pictures, self.portal_url)
        data = {"fingerprint": fingerprint, "section": section.pk, "missing": prepared.missing}
        notes = [*row.notes, *notes, *prepared.notes]
        if known is True:
            self._pretended[key] = fingerprint
            return RowState.UPDATED, notes
        notes += self._write(row, key, section, prepared, known, last, data)
        return (RowState.UPDATED if known else RowState.CREATED), notes

    def _section_of(self, row):
        for name in row.sections:
            section = self.sections.find(name)
            if section:
                return section, []
        if not row.sections:
            return self.default_section, []
        note = _("no section “%(name)s”, put into “%(section)s”")
        return self.default_section, [note % {"name": row.sections[0][:100], "section": self.default_section.title}]

    def _can_complete(self, row, last):
        """Say whether a picture that the last run could not have can be had now."""
        base = base_of(row.url, self.portal_url)
        return any(self.pictures.has(src, base) for src in last.get("missing", []))

    def _write(self, row, key, section, prepared: Prepared, known, last, data):
        try:
            with transaction.atomic(), in_own_words(*_WAGTAILS_WORDS):
                if known:
                    moves = last.get("section") != section.pk
                    page = self.writer.update(known.pk, row, prepared, move_to=section if moves and last else None)
                else:
                    page = self.writer.create(row, key, section, prepared)
                action = PUBLISHED if page.live else IMPORTED
                log(instance=page, action=action, data=data, revision=page.latest_revision, content_changed=True)
                note = self.writer.keep_old_address(page, row)
                if self.dry_run:
                    transaction.set_rollback(True)
        except BaseException:
            self.writer.forget_files()
            raise
        self.writer.files.clear()
        self.published += page.live
        if self.dry_run:
            self._pretended[key] = data["fingerprint"]
        return [note] if note else []


def _last_import(page) -> dict:
    told = PageLogEntry.objects.filter(page_id=page.pk, action__in=(IMPORTED, PUBLISHED))
    entry = told.order_by("-timestamp", "-pk").first()
    return entry.data if entry else {}
