from django.db import models
from django.utils.translation import gettext_lazy as _


class UserKind(models.TextChoices):
    STAFF = "staff", _("staff")
    CITIZEN = "citizen", _("citizen")


class SecondFactorAction(models.TextChoices):
    """What happened to somebody's second factor; the audit trail writes it down."""

    ENROLLED = "enrolled", _("set up")
    REPLACED = "replaced", _("moved to another device")
    REMOVED = "removed", _("removed by its owner")
    RESET = "reset", _("reset by an administrator")
    CODES_RENEWED = "codes_renewed", _("recovery codes renewed")


class AttemptKind(models.TextChoices):
    """What attempts are counted by (OWASP, slow down guessing with device cookies)."""

    PASSWORD_BY_ACCOUNT = "password_account", _("passwords for an account from unknown devices")
    PASSWORD_BY_DEVICE = "password_device", _("passwords for an account from a known device")
    PASSWORD_BY_NETWORK = "password_network", _("passwords from a network")
    CODE_BY_ACCOUNT = "code_account", _("codes for an account from unknown devices")
    CODE_BY_DEVICE = "code_device", _("codes for an account from a known device")
    RESET_BY_ACCOUNT = "reset_account", _("mails about a forgotten password to an account")
