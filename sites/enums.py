from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    PROVINCE = "province", _("province")
    DEPARTMENT = "department", _("department")
    DISTRICT = "district", _("district")


class HostKind(models.TextChoices):
    CANONICAL = "canonical", _("public host")
    ALIAS = "alias", _("alias, redirects to the public host")
    LOCAL = "local", _("address on the server itself")


class Role(models.TextChoices):
    EDITOR = "editor", _("editors")
    APPROVER = "approver", _("approvers")
    ADMINISTRATOR = "administrator", _("agency administrators")
    CONSULTATION_OFFICER = "consultation_officer", _("consultation officers")
    DESK_OFFICER = "desk_officer", _("desk officers")
    # Held at the province and good for every agency: the first acts everywhere, the second reads everywhere.
    PROVINCIAL_ADMINISTRATOR = "provincial_administrator", _("provincial administrators")
    AUDITOR = "auditor", _("auditors")

    @classmethod
    def of(cls, kind: AgencyKind) -> list["Role"]:
        """Return the roles that an agency of a kind has groups for."""
        return [role for role in cls if kind == AgencyKind.PROVINCE or role not in PROVINCE_WIDE]


# Roles whose holders look beyond one agency.
PROVINCE_WIDE = (Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR)
# Roles that let unreviewed things into the public or change people's rights: they sign in with a second factor.
SENSITIVE = (Role.APPROVER, Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR)
