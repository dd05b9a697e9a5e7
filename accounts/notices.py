"""What people are told by mail of changes to their account, so that they notice one that is not theirs."""

from django.utils.translation import gettext_lazy as _

_NOT_YOU = _("If this was not you, change your password and tell your agency's administrator at once.")

SUBJECTS = {
    "recovery_code_used": _("A recovery code of your account was used"),
    "second_factor_enrolled": _("A second factor was set up for your account"),
    "second_factor_replaced": _("The second factor of your account was moved to another device"),
    "second_factor_removed": _("The second factor of your account was removed"),
    "second_factor_reset": _("The second factor of your account was reset"),
    "second_factor_codes_renewed": _("The recovery codes of your account were renewed"),
    "identity_recorded": _("An identity for single sign-on was recorded for your account"),
    "identity_removed": _("An identity for single sign-on was taken away from your account"),
    "mail_changed": _("The mail address of your account was changed; this is the last mail to this one"),
    "password_changed": _("The password of your account was changed"),
}


def notice(kind: str, username: str, moment: str) -> tuple[str, str]:
    """Return subject and text of a mail about a change."""
    subject = str(SUBJECTS[kind])
    what = _("%(subject)s (%(username)s), on %(moment)s.") % {
        "subject": subject,
        "username": username,
        "moment": moment,
    }
    return subject, f"{what}\n\n{_NOT_YOU}\n"
