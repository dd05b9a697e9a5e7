from django.db import models
from django.db.models import Q


class WithdrawalQuerySet(models.QuerySet):
    def in_force(self):
        """Withdrawals of what has not been published again."""
        return self.filter(ended_at__isnull=True)

    def of(self, thing):
        """Withdrawals of one page or record."""
        return self.filter(**self.model.reference(thing))

    def at(self, url_path: str):
        """Withdrawals whose notice stands at an address of the page tree, such as "/stttt/tin-tuc/bai-viet/"."""
        return self.in_force().filter(url_path=url_path)

    def of_the_same_act(self, withdrawal):
        """A withdrawal with those of the pages below, that went with it; the highest page first."""
        return self.filter(
            agency=withdrawal.agency_id, withdrawn_at=withdrawal.withdrawn_at, withdrawn_by=withdrawal.withdrawn_by_id
        ).order_by("url_path", "pk")


class ReviewInvitationQuerySet(models.QuerySet):
    def open(self, at):
        """Invitations whose link works at a moment."""
        return self.filter(Q(created_at__lte=at), expires_at__gt=at, closed_at__isnull=True, revision__isnull=False)

    def of(self, thing):
        """Invitations to read drafts of one page."""
        return self.filter(**self.model.reference(thing))
