"""Who belongs to which agency, in which role, and what follows from it.

The one rule of the house: an object belongs to an agency, and only the people of that agency see, choose or change
what of it is not public. Holders of a province-wide role look beyond: provincial administrators act in every agency,
auditors read everything and change nothing.
"""

from .enums import PROVINCE_WIDE, SENSITIVE, Role
from .models import Agency, AgencyGroup

_MEMBERSHIPS = "_agency_memberships"


def memberships(user) -> frozenset[tuple[int, Role]]:
    """Return (id of the agency, role) for every role somebody holds; asked once per user object, so per request."""
    if not hasattr(user, _MEMBERSHIPS):
        held = frozenset()
        if user.is_active and user.pk is not None:
            held = frozenset(AgencyGroup.objects.filter(group__user=user).values_list("agency_id", "role"))
        setattr(user, _MEMBERSHIPS, held)
    return getattr(user, _MEMBERSHIPS)


def holds_role(user, agency: Agency | None, *roles: Role) -> bool:
    """Say whether a person holds one of the roles in an agency; who acts everywhere holds all in all."""
    if agency is None or not user.is_active:
        return False
    return acts_everywhere(user) or any((agency.pk, role) in memberships(user) for role in roles)


def holds_anywhere(user, *roles: Role) -> bool:
    """Say whether a person holds one of the roles in any agency."""
    return any(role in roles for _agency, role in memberships(user))


def acts_everywhere(user) -> bool:
    """Operators and provincial administrators act in every agency."""
    return user.is_active and (user.is_superuser or holds_anywhere(user, Role.PROVINCIAL_ADMINISTRATOR))


def is_auditor(user) -> bool:
    """Say whether somebody reads everything and changes nothing; other roles held beside it do not widen that."""
    return user.is_active and not user.is_superuser and holds_anywhere(user, Role.AUDITOR)


def reads_everywhere(user) -> bool:
    """Say whether somebody sees what is not public of every agency."""
    return acts_everywhere(user) or is_auditor(user)


def agencies_of(user, *roles: Role):
    """Return the agencies in which a person holds one of the roles (any role, if none is named)."""
    if acts_everywhere(user):
        return Agency.objects.with_portal()
    held = {agency for agency, role in memberships(user) if role not in PROVINCE_WIDE and (not roles or role in roles)}
    return Agency.objects.filter(pk__in=held)


def visible_agencies(user):
    """Return the agencies whose unpublished things somebody may see."""
    return Agency.objects.all() if reads_everywhere(user) else agencies_of(user)


def needs_second_factor(user) -> bool:
    """Say whether a password alone is too little for this person's rights (issue of codes: accounts)."""
    return user.is_active and (user.is_superuser or holds_anywhere(user, *SENSITIVE))


def can_open_portals(user) -> bool:
    """Opening a portal changes the whole install: operators and provincial administrators."""
    return acts_everywhere(user)
