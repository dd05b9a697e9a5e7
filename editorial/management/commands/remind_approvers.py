"""`manage.py remind_approvers`: once a day, mails each agency's approvers what waits beyond its day."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.mails import remind_approvers
from editorial.waiting import waiting_in
from sites.models import Agency


class Command(BaseCommand):
    help = "Mails the approvers of each agency the drafts that are overdue; for a timer, once a day."

    def handle(self, **options):
        today = timezone.localdate()
        sent = 0
        for agency in Agency.objects.with_portal().select_related("site"):
            overdue = [state for state in waiting_in([agency]) if state.is_overdue(today)]
            if overdue:
                sent += remind_approvers(agency, overdue, today)
        self.stdout.write(_("%(count)d mails sent.") % {"count": sent})
