"""Who belongs to which agency, in which role."""

from .enums import Role
from .models import Agency


def holds_role(user, agency: Agency | None, *roles: Role) -> bool:
    """Say whether a person holds one of the roles in an agency; a superuser holds all in all."""
    if agency is None or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return agency.groups.filter(role__in=roles, group__user=user).exists()


def agencies_of(user, *roles: Role):
    """Return the agencies in which a person holds one of the roles (any role, if none is named)."""
    if user.is_superuser:
        return Agency.objects.with_portal()
    memberships = {"groups__group__user": user}
    if roles:
        memberships["groups__role__in"] = roles
    return Agency.objects.filter(**memberships).distinct()


def can_open_portals(user) -> bool:
    """Opening a portal changes the whole install: operators only."""
    return user.is_active and user.is_superuser
