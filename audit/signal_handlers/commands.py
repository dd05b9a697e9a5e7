"""Commands on the server that change much at once, or open a door to everything: that they ran is recorded.

What they do to watched things and pages is recorded besides, thing by thing.
"""

import functools

from django.core.management.base import BaseCommand

from audit.services import record

_TOLD = frozenset(
    ("open_portal", "seed_demo", "import_news", "createsuperuser", "changepassword", "loaddata", "fixtree")
    + ("move_pages", "purge_revisions", "shell", "dbshell")
)
# Options of every command, and such as may hold a secret.
_UNTOLD = frozenset(
    ("settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks", "verbosity", "stdout", "stderr")
    + ("password", "command", "parameters")
)


def connect():
    BaseCommand.execute = _told(BaseCommand.execute)


def _told(method):
    @functools.wraps(method)
    def execute(self, *args, **options):
        name = type(self).__module__.rpartition(".")[2]
        if name in _TOLD:
            given = {key: str(value) for key, value in options.items() if value and key not in _UNTOLD}
            record("command.run", label=name, details={"arguments": [str(word) for word in args], "options": given})
        return method(self, *args, **options)

    return execute
