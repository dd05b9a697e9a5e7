"""Where somebody is signed in: begun, seen, listed and ended.

The sessions are Django's, the list that their owner sees is kept by allauth.usersessions.
"""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ..models import User
from ..permissions import must_use_second_factor
from ..signals import session_ended

_BEGAN = "accounts_began_at"
_SEEN = "accounts_seen_at"
_SECOND_FACTOR = "accounts_second_factor"
# A request every second need not write every second.
_SEEN_EVERY = timedelta(minutes=5)


def begin_session(session, now: datetime) -> None:
    """Write down when somebody has signed in, whichever way it was."""
    session[_BEGAN] = session[_SEEN] = now.timestamp()


def is_over(session, now: datetime) -> bool:
    """Say whether a session has been left alone, or has lasted, for longer than people are allowed."""
    began, seen = session.get(_BEGAN), session.get(_SEEN)
    if began is None or seen is None:
        return True
    moment = now.timestamp()
    # A clock that was put back: a session from the future could be as old as it likes, so it ends.
    is_from_the_future = max(began, seen) > moment + _SEEN_EVERY.total_seconds()
    is_idle = moment - seen > settings.SESSION_IDLE_SECONDS
    return is_from_the_future or is_idle or moment - began > settings.SESSION_ABSOLUTE_SECONDS


def touch(request, user: User, now: datetime) -> None:
    """Remember that a session is in use and from where, at most every five minutes."""
    if now.timestamp() - request.session[_SEEN] < _SEEN_EVERY.total_seconds():
        return
    request.session[_SEEN] = now.timestamp()
    request.user = user
    UserSession.objects.create_from_request(request)


def note_second_factor(session, user: User, by: str) -> None:
    """Remember that a session has shown a second factor, whose, and by what: a device, a code on paper, a provider."""
    session[_SECOND_FACTOR] = {"user": user.pk, "by": by}


def has_shown_second_factor(session, user: User) -> bool:
    """Say whether a session has shown this person's second factor."""
    return (session.get(_SECOND_FACTOR) or {}).get("user") == user.pk


def owes_second_factor(session, user: User) -> bool:
    """Say whether a session is open only as far as setting up the second factor that its owner needs."""
    # The session is at hand; the rights are asked of the database.
    return not has_shown_second_factor(session, user) and must_use_second_factor(user)


def sessions_of(user: User) -> list[UserSession]:
    """Return where somebody is signed in, the most recently used first; forget what is over.

    Asks as much for a hundred as for one, by the list's own index; allauth's asks three times for each.
    """
    entries = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    now = timezone.now()
    stored = Session.objects.filter(session_key__in=[entry.session_key for entry in entries], expire_date__gt=now)
    valid = {session.session_key for session in stored if _is_of(session.get_decoded(), user, now)}
    over = [entry.pk for entry in entries if entry.session_key not in valid]
    if over:
        UserSession.objects.filter(pk__in=over).delete()
    return [entry for entry in entries if entry.session_key in valid]


def _is_of(session, user, now):
    """As Django's own question at each request: whose it is, and whether the password is still the same."""
    if session.get(SESSION_KEY) != str(user.pk) or not user.is_active or is_over(session, now):
        return False
    kept = session.get(HASH_SESSION_KEY, "")
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(kept, known) for known in hashes)


def end_session(entry: UserSession, *, by: User | None, request=None) -> None:
    """End one session; at its next request it is a stranger's."""
    user = entry.user
    entry.end()
    session_ended.send(sender=UserSession, user=user, by=by, request=request)


def end_sessions(user: User, *, by: User | None, request=None, but: str | None = None) -> int:
    """End all sessions of somebody, except the one whose key is `but`; return how many."""
    entries = [entry for entry in sessions_of(user) if entry.session_key != but]
    for entry in entries:
        end_session(entry, by=by, request=request)
    return len(entries)


def forget_ended_sessions() -> int:
    """Remove sessions that are over and what was kept of them, network addresses among it; return of how many."""
    SessionStore.clear_expired()
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def leave_session(request) -> None:
    """End the session of this request without a word to the rooms above: it was over by itself."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    request.session.flush()


def is_signed_in(session) -> bool:
    """Say whether a session claims to be somebody's."""
    return SESSION_KEY in session
