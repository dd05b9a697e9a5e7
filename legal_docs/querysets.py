from datetime import date, datetime

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.text import fold_words
from legal_docs.enums import ReadingState
from legal_docs.numbers import NoNumber, parse_number

MOST_WORDS = 12


class LegalDocumentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(live=True)

    def in_status(self, status, on: date):
        """Return the documents that have a status on a day."""
        return self.filter(spans__status=status, spans__since__lte=on, spans__until__gt=on)

    def numbered(self, number: str):
        """Return the documents with a number in any spelling; none for what is no number."""
        try:
            return self.filter(number_key=parse_number(number).key)
        except NoNumber:
            return self.none()

    def with_words(self, text: str):
        """Return the documents in whose number or abstract all words stand or begin a word, accents aside."""
        words = list(dict.fromkeys(fold_words(text).split()))[:MOST_WORDS]
        conditions = [Q(folded_words__contains=f" {word}") for word in words]
        return self.filter(*conditions) if words else self.none()

    def of_agency(self, agency):
        """Return what a portal shows: what its agency owns, what touches its fields of work, and what binds it."""
        return self.filter(
            Q(owner=agency) | Q(fields_of_work__in=agency.fields_of_work.all()) | Q(bound_agencies=agency)
        ).distinct()

    def for_reading(self, agency):
        """With what the reader's page needs at once, and whether an agency's portal shows it."""
        placements = apps.get_model("legal_docs", "Placement").objects
        shown = placements.filter(document=OuterRef("pk"), agency=agency, field=None)
        return (
            self.select_related("issuer", "owner__site", "text")
            .defer("text__tree", "text__remarks")
            .annotate(is_shown_here=Exists(shown))
        )

    def for_lines(self):
        """With all that a line of a list shows."""
        return self.select_related("issuer").only(
            "slug", "number", "type", "abstract", "issued_on", "effective_on", "issuer__name_vi", "first_published_at",
            "last_published_at",
        )  # fmt: skip


class ReadingJobQuerySet(models.QuerySet):
    def unfinished(self):
        """Jobs that wait or are being carried out."""
        return self.filter(state__in=ReadingState.unfinished())

    def running(self):
        return self.filter(state=ReadingState.RUNNING)

    def lost(self, now: datetime):
        """Return jobs whose reader has not been heard of for too long, and those that nobody took out of the queue."""
        silent = Q(state=ReadingState.RUNNING, seen_at__lt=now - self.model.SILENCE)
        return self.filter(silent | Q(state=ReadingState.WAITING, created_at__lt=now - self.model.PATIENCE))

    def end_lost(self, now: datetime) -> None:
        """Write down what was lost as failed, so that it can be asked for again."""
        for state, reason in ((ReadingState.RUNNING, "interrupted"), (ReadingState.WAITING, "not_begun")):
            self.lost(now).filter(state=state).update(state=ReadingState.FAILED, reason=reason, ended_at=now)

    end_lost.alters_data = True

    def ahead_of(self, job, now: datetime):
        """Return the jobs of all agencies that come before one that waits."""
        lost = self.lost(now).values("pk")
        return self.unfinished().filter(pk__lt=job.pk).exclude(pk__in=lost)

    def newest_of_files(self):
        """Return the newest job of each file, with who asked for it."""
        newest = self.order_by().values("stored_file").annotate(newest=models.Max("pk")).values("newest")
        return self.model.objects.filter(pk__in=newest).select_related("asked_by")
