from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search import engines
from search.engine import EngineFailed
from search.services.rebuilding import RebuildingAlready, rebuild

_EVERY = 2_000


class Command(BaseCommand):
    help = "Builds the search index anew beside the one that answers, and puts it in its place"

    def add_arguments(self, parser):
        parser.add_argument("--engine", choices=[engine.name for engine in engines.kept()], help="this engine alone")
        parser.add_argument("--if-missing", action="store_true", help="only where there is no index yet")

    def handle(self, *args, engine, if_missing, **options):
        for one in engines.kept():
            if engine in (None, one.name) and not (if_missing and one.has_index()):
                self._rebuild(one)

    def _rebuild(self, engine):
        self._told = 0
        try:
            count = rebuild(engine, self._tell)
        except RebuildingAlready:
            raise CommandError(_("This index is being built anew by another process.")) from None
        except EngineFailed as failure:
            raise CommandError(
                _("The index was not built: %(problem)s The former one goes on answering.") % {"problem": f"{failure}."}
            ) from failure
        self.stdout.write(_("%(engine)s: %(count)d things can be found") % {"engine": engine.name, "count": count})

    def _tell(self, count):
        if count - self._told >= _EVERY:
            self._told = count
            self.stdout.write(_("%(count)d things so far") % {"count": count})
            self.stdout.flush()
