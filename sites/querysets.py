from datetime import date

from django.db import models
from django.db.models import Q

from .enums import AgencyKind


class AgencyQuerySet(models.QuerySet):
    def with_portal(self):
        """Agencies whose portal has been opened."""
        return self.filter(site__isnull=False)

    def existing(self, on: date):
        """Agencies that exist on a day: founded by then, not yet dissolved or merged."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        )

    def of_province(self):
        """Departments and districts with an open portal, in their official order."""
        return self.with_portal().exclude(kind=AgencyKind.PROVINCE).order_by("position", "name_vi")

    def provincial(self):
        return self.filter(kind=AgencyKind.PROVINCE)


class OfficialQuerySet(models.QuerySet):
    def in_office(self, on: date):
        """People in office on a day."""
        return self.filter(
            Q(term_begins_on__isnull=True) | Q(term_begins_on__lte=on),
            Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=on),
        )


class AgencyGroupQuerySet(models.QuerySet):
    def fixed(self):
        """The one group of each role that every portal has."""
        return self.filter(name="")

    def named(self):
        """Groups that administrators have made."""
        return self.exclude(name="")

    def held_by(self, person):
        """Groups that somebody is in."""
        return self.filter(group__user=person)
