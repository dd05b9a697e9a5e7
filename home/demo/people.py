"""The accounts of the demo: an editor and an approver for each portal, and one operator."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from sites.enums import Role
from sites.models import Agency, AgencyGroup

OPERATOR = "quantri"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def editor_name(agency: Agency) -> str:
    return f"bientap.{agency.code}"


def approver_name(agency: Agency) -> str:
    return f"duyet.{agency.code}"


def add_people(agencies: list[Agency]) -> int:
    """Make the accounts that are missing, with the password of this install; return how many were made."""
    wanted = {OPERATOR: ("Quản trị hệ thống", ())}
    for agency in agencies:
        wanted[editor_name(agency)] = (f"Biên tập {agency.display_name}", (agency, (Role.EDITOR,)))
        wanted[approver_name(agency)] = (f"Duyệt tin {agency.display_name}", (agency, (Role.APPROVER,)))
    users = get_user_model().objects
    existing = set(users.filter(username__in=wanted).values_list("username", flat=True))
    missing = {name: entry for name, entry in wanted.items() if name not in existing}
    if not missing:
        return 0
    # One password, so one hash for all: 60 slow hashes would only tell the same.
    encoded = make_password(_password())
    for name, (full_name, membership) in missing.items():
        is_operator = name == OPERATOR
        user = users.create(
            username=name, full_name=full_name[:150], password=encoded, is_staff=is_operator, is_superuser=is_operator
        )
        if membership:
            agency, roles = membership
            groups = AgencyGroup.objects.filter(agency=agency, role__in=roles)
            user.groups.add(*groups.values_list("group_id", flat=True))
    return len(missing)


def known_password() -> str | None:
    """Return the password with which the accounts of this install were made; None if its file is gone."""
    path = password_file()
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-password"


def _password():
    known = known_password()
    if known:
        return known
    password = "-".join("".join(secrets.choice(_ALPHABET) for _letter in range(5)) for _group in range(4))
    path = password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable for nobody else from its first byte on.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(password + "\n")
    return password
