"""What keeps the audit trail to one agency: whose its entries are, and who may come in."""

from sites.doors import Door, open_door
from sites.ownership import Coded, Nobody, declare

from .models import AuditCheck, AuditEntry, AuditHead


def declare_owners() -> None:
    """Say that an entry belongs to the agency whose code it carries; the chain itself is the whole install's."""
    declare(AuditEntry, Coded("agency"))
    for model in (AuditHead, AuditCheck):
        declare(model, Nobody())


def open_doors() -> None:
    """Open the trail to whoever works for an agency; the screens ask who reads it."""
    # The filter and what is exported by it, too: whether an agency has entries is its own business.
    for name in ("index", "results"):
        open_door(f"audit:{name}", Door(parameters={"agency": "agency_sites.Agency:code"}))
    open_door("audit:entry", Door(names={"pk": "audit.AuditEntry"}))
    # Auditors write nothing here: a verification is a reading of everything.
    open_door("audit:verification", Door(is_harmless=True))
