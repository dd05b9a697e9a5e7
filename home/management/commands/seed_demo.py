"""`manage.py seed_demo`: fills open portals with demo content and prints who can sign in."""

import time
from datetime import date

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from home.demo.bulk import REFERENCE_DAY
from home.demo.documents import add_documents
from home.demo.editorial_work import fill_workflow
from home.demo.guide import guide
from home.demo.people import add_people
from home.demo.seeding import SIZES, draw_pictures, seed_portal, share_news
from sites.models import Agency


class Command(BaseCommand):
    help = "Fills open portals with content made from a seed; repeating it adds nothing."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=sorted(SIZES), default="small", help="how much each portal gets")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other texts and pictures")
        parser.add_argument("--portal", nargs="+", metavar="CODE", help="only these portals")
        parser.add_argument(
            "--day",
            type=date.fromisoformat,
            default=REFERENCE_DAY,
            help="the newest day of the news, such as 2017-10-05",
        )
        printing = parser.add_mutually_exclusive_group()
        printing.add_argument("--print-only", action="store_true", help="only print the addresses and who can sign in")
        printing.add_argument("--fill-only", action="store_true", help="fill without printing them")

    def handle(self, *, size, seed, portal, day, print_only, fill_only, **options):
        agencies = self._agencies(portal)
        if not print_only:
            self._fill(agencies, SIZES[size], seed, day)
        if not fill_only:
            self._print_guide(agencies)

    def _agencies(self, codes):
        agencies = list(Agency.objects.with_portal().select_related("site", "collection").order_by("position"))
        if codes:
            unknown = sorted(set(codes) - {agency.code for agency in agencies})
            if unknown:
                raise CommandError(_("No open portal: %(codes)s.") % {"codes": ", ".join(unknown)})
            agencies = [agency for agency in agencies if agency.code in codes]
        if not agencies:
            raise CommandError(_("No portal is open yet; run open_portal --all first."))
        return agencies

    def _fill(self, agencies, size, seed, day):
        began = time.monotonic()
        added = 0
        for number, agency in enumerate(draw_pictures(agencies, size=size, seed=seed), start=1):
            step = f"{number}/{len(agencies)}"
            self.stdout.write(_("[%(step)s] %(code)s: pictures") % {"step": step, "code": agency.code})
        for number, agency in enumerate(agencies, start=1):
            count = seed_portal(agency, size=size, seed=seed, day=day)
            added += count
            news = _("%(count)d articles added") % {"count": count} if count else _("complete")
            self.stdout.write(f"[{number}/{len(agencies)}] {agency.code}: {agency.display_name} - {news}")
        people = add_people(agencies)
        users = {user.username: user for user in get_user_model().objects.all()}
        offers = share_news(agencies, users.__getitem__)
        for agency in agencies:
            fill_workflow(agency, users.__getitem__, seed=seed, day=timezone.localdate())
        documents = add_documents(agencies)
        self.stdout.write(_("%(count)d legal documents added.") % {"count": documents})
        self.stdout.write(
            _("The demo news was published by the system, without approval; see the log of each article.")
        )
        summary = {"articles": added, "people": people, "offers": offers, "seconds": round(time.monotonic() - began)}
        self.stdout.write(
            _("%(articles)d articles, %(people)d accounts and %(offers)d offers added in %(seconds)d s.") % summary
        )

    def _print_guide(self, agencies):
        for line in ("", *guide(agencies)):
            self.stdout.write(line)
