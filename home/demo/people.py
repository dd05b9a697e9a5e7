"""The accounts of the demo: an editor and an approver for each portal, one of each role at one department and at the
province, and one operator."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from accounts.permissions import must_use_second_factor
from accounts.services.second_factor import set_device_up
from sites.enums import PROVINCE_WIDE, AgencyKind, Role
from sites.models import Agency, AgencyGroup

OPERATOR = "quantri"
# Where a newcomer can sign in as each role; names nobody has.
PREFIXES = {
    Role.EDITOR: ("bientap", "Biên tập"),
    Role.APPROVER: ("duyet", "Duyệt tin"),
    Role.ADMINISTRATOR: ("quantri", "Quản trị"),
    Role.CONSULTATION_OFFICER: ("gopy", "Lấy ý kiến"),
    Role.DESK_OFFICER: ("motcua", "Một cửa"),
    Role.PROVINCIAL_ADMINISTRATOR: ("quantritinh", "Quản trị viên của tỉnh"),
    Role.AUDITOR: ("kiemsoat", "Kiểm soát viên"),
}
# Shown at every portal; the others at one department, and at the province what is the province's alone.
EVERYWHERE = (Role.EDITOR, Role.APPROVER)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True)
class Account:
    """An account of the demo and what it is for."""

    username: str
    full_name: str
    agency: Agency
    role: Role


def name_of(role: Role, agency: Agency) -> str:
    """Return the sign-in name of whoever has a role at an agency."""
    return f"{PREFIXES[role][0]}.{agency.code}"


def editor_name(agency: Agency) -> str:
    return name_of(Role.EDITOR, agency)


def approver_name(agency: Agency) -> str:
    return name_of(Role.APPROVER, agency)


def accounts_of(agencies: list[Agency]) -> list[Account]:
    """Return the accounts that these portals get, without the operator's."""
    accounts = [_account(role, agency) for agency in agencies for role in EVERYWHERE]
    example = example_agency(agencies)
    if example:
        accounts += [_account(role, example) for role in Role.of(example.kind) if role not in EVERYWHERE]
    for agency in agencies:
        if agency.kind == AgencyKind.PROVINCE:
            accounts += [_account(role, agency) for role in PROVINCE_WIDE]
    return accounts


def example_agency(agencies: list[Agency]) -> Agency | None:
    """Return the department at which every role has somebody: the first; else the first portal below the province."""
    below = [agency for agency in agencies if agency.kind != AgencyKind.PROVINCE]
    return min(below, key=lambda agency: (agency.kind != AgencyKind.DEPARTMENT, agency.position), default=None)


def _account(role, agency):
    title = PREFIXES[role][1]
    full_name = title if role in PROVINCE_WIDE else f"{title} {agency.display_name}"
    return Account(name_of(role, agency), full_name[:150], agency, role)


def add_people(agencies: list[Agency]) -> int:
    """Make the accounts that are missing, with the password of this install; return how many were made."""
    users = get_user_model().objects
    accounts = accounts_of(agencies)
    names = [OPERATOR, *(account.username for account in accounts)]
    existing = set(users.filter(username__in=names).values_list("username", flat=True))
    missing = [account for account in accounts if account.username not in existing]
    if OPERATOR in existing and not missing:
        return 0
    # One password, so one hash for all: 60 slow hashes would only tell the same.
    encoded = make_password(_kept(password_file(), _new_password))
    people = [_add(account, encoded) for account in missing]
    if OPERATOR not in existing:
        rights = {"is_staff": True, "is_superuser": True}
        people.append(users.create(**_named(OPERATOR, "Quản trị hệ thống"), password=encoded, **rights))
    secret = _kept(secret_file(), _new_secret)
    for user in people:
        if must_use_second_factor(user):
            # One device for all, so that a newcomer sees every role without a phone, or with one entry on it.
            set_device_up(user, secret)
    return len(people)


def _add(account, encoded):
    user = get_user_model().objects.create(**_named(account.username, account.full_name), password=encoded)
    groups = AgencyGroup.objects.fixed().filter(agency=account.agency, role=account.role)
    user.groups.add(*groups.values_list("group_id", flat=True))
    return user


def _named(username, full_name):
    # A name below which no mail is delivered (RFC 2606); the demo keeps its mails in a folder.
    return {"username": username, "full_name": full_name, "email": f"{username}@congkhai.example"}


def known_password() -> str | None:
    """Return the password with which the accounts of this install were made; None if its file is gone."""
    return _read(password_file())


def known_secret() -> str | None:
    """Return the secret of the device that the accounts of this install share; None if its file is gone."""
    return _read(secret_file())


def password_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-password"


def secret_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-second-factor"


def _read(path):
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def _new_password():
    return "-".join("".join(secrets.choice(_ALPHABET) for _letter in range(5)) for _group in range(4))


def _new_secret():
    return "".join(secrets.choice(_BASE32) for _letter in range(32))


def _kept(path, make):
    """Return what a file holds, after putting something new into it if it is not there."""
    known = _read(path)
    if known:
        return known
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable for nobody else from its first byte on.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(made + "\n")
    return made
