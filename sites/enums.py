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
