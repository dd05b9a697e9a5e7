"""Who reads the audit trail: administrators what is their agency's, auditors and who acts everywhere all of it."""

from sites.enums import Role
from sites.models import Agency
from sites.permissions import agencies_of, reads_everywhere, works_anywhere_as

from .models import AuditEntry


def readable_agencies(user):
    """Return the agencies whose entries somebody may read."""
    return Agency.objects.all() if reads_everywhere(user) else agencies_of(user, Role.ADMINISTRATOR)


def can_read_trail(user) -> bool:
    """Say whether somebody may open the audit trail at all."""
    return reads_everywhere(user) or works_anywhere_as(user, Role.ADMINISTRATOR)


def readable_entries(user):
    """Return the entries that somebody may read; those that belong to no agency are for who reads everywhere."""
    if reads_everywhere(user):
        return AuditEntry.objects.all()
    codes = list(readable_agencies(user).values_list("code", flat=True))
    return AuditEntry.objects.of_agencies(codes)


def can_verify_trail(user) -> bool:
    """The whole chain is verified and exported by auditors and by those who act everywhere."""
    return reads_everywhere(user)
