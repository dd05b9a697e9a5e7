"""Whatever is recorded is heard here; nobody calls the audit trail."""

from audit.watched import watch_what_is_known

from . import acts, bulk_writes, commands, log_entries, memberships, people, portals, rights, things


def connect():
    watch_what_is_known()
    for room in (log_entries, people, memberships, rights, things, bulk_writes, acts, portals, commands):
        room.connect()
