"""Notes what the calendar changes: nobody saves anything on the day on which a term of office ends."""

from datetime import date, timedelta

from django.db.models import Q

from search.contents.reading import key_of
from search.enums import Kind
from sites.models import Agency, Official, Unit

from .outbox import note


def turn_day(day: date) -> None:
    """Let the index take in what begins on a day and what ended on the day before; doing it again changes nothing."""
    before = day - timedelta(days=1)
    people = Official.objects.filter(Q(term_begins_on=day) | Q(term_ends_on=before))
    note(key_of(Kind.PERSON, key) for key in people.values_list("pk", flat=True))
    note_agencies(Agency.objects.filter(Q(valid_from=day) | Q(valid_to=before)))


def note_agencies(agencies) -> None:
    """Note agencies of a queryset with their units and people: all are found where the portal is open."""
    keys = list(agencies.values_list("pk", flat=True))
    note(key_of(Kind.AGENCY, key) for key in keys)
    for model, kind in ((Unit, Kind.UNIT), (Official, Kind.PERSON)):
        note(key_of(kind, key) for key in model.objects.filter(agency__in=keys).values_list("pk", flat=True))
