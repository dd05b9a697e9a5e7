"""What a newcomer is told when the demo is ready: where the portals are, who signs in, and how."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from sites.models import Agency

from .people import (
    EVERYWHERE,
    OPERATOR,
    accounts_of,
    approver_name,
    editor_name,
    known_password,
    known_secret,
    password_file,
)

_COMMAND = ".venv/bin/python manage.py"


def guide(agencies: list[Agency]) -> Iterator[str]:
    """Give the lines, one after the other."""
    yield from _table(agencies)
    yield ""
    yield from _other_roles(agencies)
    yield ""
    yield from _signing_in(agencies)


def _table(agencies):
    rows = [(_("Portal"), _("Editor"), _("Approver"), _("Agency"))]
    for agency in agencies:
        address = f"http://{agency.code}.localhost:{settings.PORTAL_PORT}/"
        rows.append((address, editor_name(agency), approver_name(agency), agency.display_name))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        yield "  ".join([*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[3]])


def _other_roles(agencies):
    yield _("Further roles:")
    people = [account for account in accounts_of(agencies) if account.role not in EVERYWHERE]
    rows = [(who.username, f"{capfirst(who.role.label)}, {who.agency.display_name}") for who in people]
    rows.append((OPERATOR, _("Operator of the whole install")))
    width = max(len(name) for name, _role in rows)
    for name, role in rows:
        yield f"  {name.ljust(width)}  {role}"


def _signing_in(agencies):
    password = known_password() or _("not known, %(file)s is gone") % {"file": password_file().name}
    yield _("Sign in at %(path)s of the portal. Password of all of them: %(password)s") % {
        "path": "/admin/",
        "password": password,
    }
    yield _("Editors are in at once. Approvers, administrators and auditors also type a code; this shows it:")
    yield f"  {_COMMAND} demo_code"
    secret = known_secret()
    if secret:
        yield _("Or add this key to the app for codes on your phone, once for all accounts:")
        yield "  " + " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    yield _("To see how a phone is set up, run this and sign in:")
    yield f"  {_COMMAND} reset_second_factor {approver_name(agencies[-1])}"
    if "filebased" in settings.EMAIL_BACKEND:
        yield _("Mails of the portals are kept in %(folder)s.") % {"folder": "var/mail"}
