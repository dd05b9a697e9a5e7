import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search import engines
from search.services.checking import compare, mend
from search.services.indexing import index_changes

_NAMED = 20


class Command(BaseCommand):
    help = "Compares the search index with the database"

    def add_arguments(self, parser):
        parser.add_argument("--engine", choices=[engine.name for engine in engines.kept()], help="this engine alone")
        parser.add_argument("--mend", action="store_true", help="bring what differs in line with the database")

    def handle(self, *args, engine, mend, **options):
        # What waits in the outbox is no difference, it is on its way.
        index_changes()
        differs = [self._check(one, mend) for one in engines.kept() if engine in (None, one.name)]
        if any(differs):
            sys.exit(1)

    def _check(self, engine, mends):
        difference = compare(engine)
        for words, keys in (
            (_("missing"), difference.missing),
            (_("out of date"), difference.stale),
            (_("left over"), difference.left_over),
        ):
            if keys:
                more = f" … (+{len(keys) - _NAMED})" if len(keys) > _NAMED else ""
                self.stdout.write(f"{engine.name}: {words}: {', '.join(keys[:_NAMED])}{more}")
        if mends and difference.keys:
            count = mend(engine, difference)
            self.stdout.write(_("%(engine)s: %(count)d mended") % {"engine": engine.name, "count": count})
            return False
        if not difference.keys:
            words = _("%(engine)s: %(count)d things, index and database agree")
            self.stdout.write(words % {"engine": engine.name, "count": difference.count})
        return bool(difference.keys)
