"""Whatever is recorded is heard here; nobody calls the audit trail."""

from . import bulk_writes, log_entries, memberships, people, rights, things


def connect():
    for room in (log_entries, people, memberships, rights, things, bulk_writes):
        room.connect()
