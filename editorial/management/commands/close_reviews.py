"""`manage.py close_reviews`: once a day, closes the links of outside reviewers whose days are over."""

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.services.reviews import close_overdue


class Command(BaseCommand):
    help = "Closes the links of outside reviewers whose days are over, and records it; for a timer."

    def handle(self, **options):
        closed = close_overdue(at=timezone.now())
        self.stdout.write(_("%(count)d links closed.") % {"count": closed})
