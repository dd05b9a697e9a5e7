"""People at the door: accounts with and without a device, and the codes that a device shows."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from accounts.models import User

PASSWORD = "mat-khau-thu-nghiem"
DOOR = "/tai-khoan/dang-nhap/"
CODE = "/tai-khoan/dang-nhap/ma/"
ENROL = "/tai-khoan/bao-mat/xac-thuc-hai-lop/"
SECURITY = "/tai-khoan/bao-mat/"
# Nobody minds which day it is; every test that counts seconds begins here.
MOMENT = datetime.fromisoformat("2026-03-02T08:00:00+07:00")


def person(username="nguoi.dung", **fields) -> User:
    return User.objects.create_user(username=username, password=PASSWORD, **fields)


def give_device(user) -> str:
    """Set a device up for somebody, with recovery codes; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def recovery_codes(user) -> list[str]:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def code_at(secret: str, moment: datetime, later: int = 0) -> str:
    """Return what the device shows at a moment, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30 + later))


def browser(code="stttt", **extra) -> Client:
    return Client(headers={"host": f"{code}.localhost"}, **extra)


def type_password(client, username, password=PASSWORD, **data):
    return client.post(DOOR, {"username": username, "password": password, **data})


def type_code(client, code):
    return client.post(CODE, {"code": code})


def is_in(client) -> bool:
    """Say whether this browser is somebody's: the page of the own account opens."""
    return client.get(SECURITY).status_code == 200
