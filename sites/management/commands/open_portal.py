"""Opens portals: `open_portal stttt thuanan`, `open_portal --all`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.agencies_file import DEFAULT_FILE, AgenciesFileError, read_agencies
from sites.models import Agency
from sites.services import open_portal, record_agencies


class Command(BaseCommand):
    help = "Records the agencies of a file and opens their portals; repeating it completes what is missing."

    def add_arguments(self, parser):
        parser.add_argument("codes", nargs="*", help="codes of agencies, such as stttt")
        parser.add_argument("--all", action="store_true", help="all agencies of the file except the optional ones")
        parser.add_argument("--file", type=Path, default=DEFAULT_FILE, help="agencies in YAML")
        parser.add_argument("--dry-run", action="store_true", help="only check the file and say what would be opened")

    def handle(self, *, codes, all, file, dry_run, **options):  # noqa: A002 - the option's name
        if not codes and not all:
            raise CommandError(_("Name the agencies to open, or --all."))
        try:
            records = read_agencies(file)
        except AgenciesFileError as error:
            raise CommandError(
                _("%(file)s, %(error)s. Nothing was changed.") % {"file": file, "error": error}
            ) from error
        wanted = self._wanted(records, codes, all)
        if dry_run:
            for record in wanted:
                self.stdout.write(f"{record.code}: {record.name_vi} ({record.host})")
            return
        record_agencies(records)
        for number, record in enumerate(wanted, start=1):
            agency = Agency.objects.get(code=record.code)
            was_open = agency.has_portal
            open_portal(agency)
            state = _("complete") if was_open else _("opened")
            self.stdout.write(f"[{number}/{len(wanted)}] {agency.code}: {agency.display_name} - {state}")

    def _wanted(self, records, codes, all_codes):
        if all_codes:
            return [record for record in records if not record.is_optional or record.code in codes]
        by_code = {record.code: record for record in records}
        unknown = sorted(set(codes) - set(by_code))
        if unknown:
            raise CommandError(_("Not in the file: %(codes)s.") % {"codes": ", ".join(unknown)})
        return [by_code[code] for code in codes]
