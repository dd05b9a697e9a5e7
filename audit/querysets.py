from datetime import datetime

from django.db import models
from django.db.models import Q

from .enums import CheckState


class ReadOnlyTrail(Exception):
    """Somebody tried to change or delete what has happened."""


class AuditEntryQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-at", "-id")

    def oldest_first(self):
        return self.order_by("at", "id")

    def unsealed(self):
        """Entries whose act is finished but which have no place in the chain yet."""
        return self.filter(number__isnull=True)

    def sealed(self):
        return self.filter(number__isnull=False)

    def of_agencies(self, codes):
        return self.filter(agency__in=codes)

    def before(self, at: datetime, pk: int):
        """Entries older than a place in the list."""
        return self.filter(Q(at__lt=at) | Q(at=at, id__lt=pk), at__lte=at)

    def after(self, at: datetime, pk: int):
        """Entries newer than a place in the list."""
        return self.filter(Q(at__gt=at) | Q(at=at, id__gt=pk), at__gte=at)

    def update(self, **values):
        raise ReadOnlyTrail

    def delete(self):
        raise ReadOnlyTrail

    # Django asks this of a method that changes data, so that no template can call it.
    update.alters_data = True
    delete.alters_data = True
    delete.queryset_only = True


class AuditCheckQuerySet(models.QuerySet):
    def finished(self):
        return self.filter(state__in=(CheckState.INTACT, CheckState.BROKEN))

    def unfinished(self):
        return self.filter(state__in=(CheckState.WAITING, CheckState.RUNNING))

    def last_broken(self):
        """The break that still stands: found last, or before the part that was verified last."""
        last = self.finished().first()
        if last is not None and last.state == CheckState.INTACT and last.since > 1:
            last = self.finished().filter(since=1).first()
        return last if last is not None and last.state == CheckState.BROKEN else None
