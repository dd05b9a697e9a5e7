"""Setting a second factor up, using its codes, and losing it.

Secrets, codes and rows are allauth's (allauth.mfa). Ours is the rule that a code is good once, whichever process is
asked: allauth keeps used codes in a cache, for thirty seconds, and not the one that set the device up.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ..encryption import UnreadableSecret, decrypt
from ..enums import SecondFactorAction
from ..models import User
from ..signals import recovery_code_used, second_factor_changed
from ..tasks import send_notice
from .sessions import end_sessions

logger = logging.getLogger(__name__)
_LAST_STEP = "last_step"
_DEVICE = Authenticator.Type.TOTP
_PAPER = Authenticator.Type.RECOVERY_CODES


def has_second_factor(user: User) -> bool:
    """Say whether somebody has set a device up."""
    return Authenticator.objects.filter(user=user, type=_DEVICE).exists()


def with_device(people: QuerySet[User]) -> QuerySet[User]:
    """Let each person of a list say whether a device is set up (`has_device`), without a question for each."""
    return people.annotate(has_device=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=_DEVICE)))


def step_at(moment: datetime) -> int:
    """Return the number of the half minute that a moment lies in."""
    return int(moment.timestamp()) // app_settings.TOTP_PERIOD


def matching_step(secret: str, typed: str, moment: datetime, after: int = -1) -> int | None:
    """Return the step of thirty seconds whose code was typed, if it lies near the moment and later than `after`."""
    found = None
    # Every step is compared, so that the time taken tells nothing.
    for step in _steps_near(moment):
        is_equal = compare_user_code(actual=typed, expected=format_hotp_value(hotp_value(secret, step)))
        if is_equal and step > after and found is None:
            found = step
    return found


def use_code(user: User, typed: str, *, now: datetime, request) -> Authenticator | None:
    """Return what a typed code belongs to, and use it up: six digits of the device, or a recovery code from paper."""
    with transaction.atomic():
        # The rows are locked: of two requests with the same code one is right.
        for authenticator in Authenticator.objects.select_for_update().filter(user=user, type__in=[_DEVICE, _PAPER]):
            try:
                is_right = _USES[authenticator.type](authenticator, typed, now)
            except UnreadableSecret:
                is_right = False
            if is_right:
                authenticator.user = user
                break
        else:
            return None
    if authenticator.type == _PAPER:
        recovery_code_used.send(sender=Authenticator, user=user, request=request)
        send_notice.enqueue(user.pk, "recovery_code_used")
    return authenticator


def _use_device_code(authenticator, typed, now):
    secret = decrypt(authenticator.data["secret"])
    last = authenticator.data.get(_LAST_STEP, -1)
    step = matching_step(secret, typed, now, after=last)
    if step is None:
        if last > step_at(now) + app_settings.TOTP_TOLERANCE:
            # Codes of those minutes may have been seen, so they stay used; only recovery codes open meanwhile.
            logger.warning(
                "a code of %s was used in the future: was this machine's clock put back?", authenticator.user.username
            )
        return False
    keep_last_step(authenticator, step)
    return True


def _use_recovery_code(authenticator, typed, now):
    return authenticator.wrap().validate_code(typed)


_USES = {_DEVICE: _use_device_code, _PAPER: _use_recovery_code}


def keep_last_step(authenticator: Authenticator, step: int) -> None:
    """Remember the step of a code that was used: no code of this or an earlier step is taken again (RFC 6238, 5.2)."""
    authenticator.data[_LAST_STEP] = step
    authenticator.save(update_fields=["data"])


def codes_left(user: User) -> int:
    """Return how many recovery codes are still good."""
    paper = Authenticator.objects.filter(user=user, type=_PAPER).first()
    try:
        return len(paper.wrap().get_unused_codes()) if paper else 0
    except UnreadableSecret:
        return 0


def set_device_up(user: User, secret: str) -> Authenticator:
    """Set a device up that has this secret, without recovery codes and without telling: for accounts of a demo."""
    return TOTP.activate(user, secret).instance


def code_at(secret: str, moment: datetime) -> str:
    """Return what a device shows for its secret; raise ValueError for what is no secret."""
    return format_hotp_value(hotp_value("".join(secret.split()).upper(), step_at(moment)))


def forget_device(user: User) -> bool:
    """Take device and recovery codes away; return whether there was a device. The caller tells and ends sessions."""
    had_one = has_second_factor(user)
    Authenticator.objects.filter(user=user).delete()
    return had_one


def reset_second_factor(user: User, *, by: User | None, request=None) -> bool:
    """Free somebody of a lost device: factor and recovery codes go, all sessions end; a new one is set up at the
    next sign-in. Return whether there was one."""
    with transaction.atomic():
        had_one = forget_device(user)
    if had_one:
        tell(user, SecondFactorAction.RESET, by=by, request=request)
    end_sessions(user, by=by, request=request)
    return had_one


def tell(user: User, action: SecondFactorAction, *, by: User | None, request) -> None:
    """Tell the rooms above, and the owner by mail, what happened to a second factor."""
    second_factor_changed.send(sender=Authenticator, user=user, action=action, request=request, by=by)
    send_notice.enqueue(user.pk, f"second_factor_{action}")


def _steps_near(moment: datetime) -> Iterator[int]:
    # One step each way, for clocks that differ and people who type slowly (RFC 6238, 5.2).
    now = step_at(moment)
    tolerance = app_settings.TOTP_TOLERANCE
    yield from range(max(now - tolerance, 0), now + tolerance + 1)
