from datetime import date

from django.db import models
from django.db.models import Q

from legal_docs.numbers import NoNumber, parse_number


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

    def of_agency(self, agency):
        """Return what a portal shows: what its agency owns, what touches its fields of work, and what binds it."""
        return self.filter(
            Q(owner=agency) | Q(fields_of_work__in=agency.fields_of_work.all()) | Q(bound_agencies=agency)
        ).distinct()
