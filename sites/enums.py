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

    @property
    def duties(self) -> str:
        """What a holder may do, in words for the people who hand roles out."""
        return _DUTIES[self]

    @classmethod
    def of(cls, kind: AgencyKind) -> list["Role"]:
        """Return the roles that an agency of a kind has groups for."""
        return [role for role in cls if kind == AgencyKind.PROVINCE or role not in PROVINCE_WIDE]


# Roles whose holders look beyond one agency.
PROVINCE_WIDE = (Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR)
# Roles that let unreviewed things into the public or change people's rights: they sign in with a second factor.
SENSITIVE = (Role.APPROVER, Role.ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR, Role.AUDITOR)
# In the words of a clerk who decides whom to give a role.
_DUTIES = {
    Role.EDITOR: _("Writes articles, adds pictures and files, submits for approval. Publishes nothing alone."),
    Role.APPROVER: _("Reads what is submitted, publishes it or returns it with a reason, withdraws articles."),
    Role.ADMINISTRATOR: _(
        "Manages the agency's people, groups, units, officials and the settings of the portal."
        " Give it to two persons, so that one can help the other."
    ),
    Role.CONSULTATION_OFFICER: _("Puts drafts up for consultation, reads citizens' comments and answers them."),
    Role.DESK_OFFICER: _("Works at the one-stop desk: takes in dossiers, keeps procedures and their state up to date."),
    Role.PROVINCIAL_ADMINISTRATOR: _("Acts in every agency of the province, opens portals, hands out every role."),
    Role.AUDITOR: _("Reads everything of every agency, also what is not public, and changes nothing."),
}
