from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from search.services.following import forget


class Command(BaseCommand):
    help = "Forgets addresses that were never confirmed; for a timer"

    def handle(self, *args, **options):
        self.stdout.write(_("%(count)d forgotten") % {"count": forget(timezone.now())})
