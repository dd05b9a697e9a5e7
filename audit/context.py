"""Who acts at this moment, and from where: a person's request, or a command on the server."""

import getpass
import sys
import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from core.network import client_address, comes_by_trusted_proxy
from core.text import shorten
from sites.models import AgencyGroup

# Only the request is kept; who and where are worked out when something is recorded, so reading costs nothing.
current_request = ContextVar("the request that is being answered", default=None)
_REQUEST_ID = "_audit_request_id"
_THINGS = "_audit_things"
_REFUSALS = "_audit_refusals"
_ROLES = "_audit_roles"
_PROGRAMS = {"manage.py", "django-admin"}


@dataclass(frozen=True)
class Origin:
    """Where an act came from."""

    address: str = ""
    agent: str = ""
    request_id: str = ""


def postpone(refusal: dict) -> bool:
    """Keep a refusal until the request is answered; False where there is none. What is refused is often rolled back."""
    request = current_request.get()
    if request is None:
        return False
    request.__dict__.setdefault(_REFUSALS, []).append(refusal)
    return True


def postponed(request) -> list[dict]:
    """Return the refusals of a request, and forget them."""
    return request.__dict__.pop(_REFUSALS, [])


def acting_user():
    """Return the person who is signed in in the current request; None for visitors and commands."""
    user = getattr(current_request.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def actor_of(user) -> tuple[int | None, str]:
    """Return the id and name under which somebody's act is recorded."""
    if user is not None and user.pk is not None:
        name, username = user.get_full_name(), user.get_username()
        return user.pk, f"{name} ({username})" if name else username
    return None, "" if current_request.get() is not None else f"command {_command()}"


def roles_of(user) -> str:
    """Return the roles that somebody holds now, "administrator@stttt, editor@syt"; asked once per user object."""
    if user is None or user.pk is None:
        return ""
    if not hasattr(user, _ROLES):
        held = AgencyGroup.objects.held_by(user).values_list("role", "agency__code", "is_limited")
        names = sorted({f"{role}@{code}{' (sections)' * is_limited}" for role, code, is_limited in held})
        setattr(user, _ROLES, ", ".join(["operator", *names] if user.is_superuser else names))
    return getattr(user, _ROLES)


def note_thing(kind: str, pk) -> None:
    """Remember that the current request has recorded something of a thing, so that it is not recorded twice."""
    request = current_request.get()
    if request is not None and kind:
        request.__dict__.setdefault(_THINGS, set()).add((kind, str(pk)))


def has_noted(kind: str, pk) -> bool:
    """Say whether the current request has recorded something of a thing."""
    return (kind, str(pk)) in getattr(current_request.get(), _THINGS, ())


def origin_of_act() -> Origin:
    """Return address, browser and id of the current request, or the account a command runs under."""
    request = current_request.get()
    if request is None:
        return Origin(agent=f"account {_account()}")
    agent = shorten(request.META.get("HTTP_USER_AGENT", ""), 200)
    return Origin(client_address(request), agent, _request_id(request))


def _request_id(request):
    if not hasattr(request, _REQUEST_ID):
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        is_good = comes_by_trusted_proxy(request) and given.isascii() and given.isalnum() and len(given) <= 64
        setattr(request, _REQUEST_ID, given if is_good else uuid.uuid4().hex)
    return getattr(request, _REQUEST_ID)


def _command():
    program = Path(sys.argv[0] or "python")
    if program.name in _PROGRAMS and len(sys.argv) > 1:
        return sys.argv[1]
    return program.parent.name if program.stem == "__main__" else program.name


def _account():
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that has no name.
        return "unknown"
