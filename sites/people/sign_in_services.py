"""Acts on what a person signs in with: the second factor, identities of single sign-on, open sessions.

Rights are asked of the people as they are stored now: a page may have been open for long.
"""

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.services import identities, second_factor, sessions
from sites.permissions import manages_sign_in

from .services import as_stored, require
from .two_keys import FIRST, SECOND, refuse_both_keys


@transaction.atomic
def reset_second_factor(*, person, by, request=None) -> None:
    """Free a person of a lost device: the person is signed out everywhere and sets up a new one at the next sign-in."""
    person, by = _checked(person, by)
    if not person.is_active:
        raise ValidationError(_("The account is closed."))
    if not second_factor.has_second_factor(person):
        raise ValidationError(_("This person has no second factor that could be reset."))
    refuse_both_keys(person, by, handed_out=FIRST)
    second_factor.reset_second_factor(person, by=by, request=request)
    log(person, "people.second_factor", user=by)


@transaction.atomic
def record_identity(*, person, provider: str, subject: str, by, request=None) -> SocialAccount:
    """Let a provider of single sign-on sign a person in."""
    person, by = _checked(person, by)
    if not person.is_active:
        raise ValidationError(_("The account is closed."))
    refuse_both_keys(person, by, handed_out=SECOND)
    account = identities.record_identity(person, provider=provider, subject=subject, by=by, request=request)
    log(person, "people.identity", user=by, data={"provider": provider})
    return account


@transaction.atomic
def remove_identity(*, person, identity: SocialAccount, by, request=None) -> None:
    """Let a provider sign a person in no more; whoever came in by it is signed out."""
    person, by = _checked(person, by)
    words = {"provider": identity.provider, "subject": identity.uid}
    identities.remove_identity(person, **words, by=by, request=request)
    sessions.end_sessions(person, by=by, request=request)


def end_session(*, person, entry: UserSession, by, request=None) -> None:
    """Sign a person out of one browser."""
    _checked(person, by)
    require(entry.user_id == person.pk, "ends a session of somebody else")
    sessions.end_session(entry, by=by, request=request)


def end_sessions(*, person, by, request=None) -> int:
    """Sign a person out everywhere; return of how many browsers."""
    person, by = _checked(person, by)
    return sessions.end_sessions(person, by=by, request=request)


def _checked(person, by):
    person, by = as_stored(person), as_stored(by)
    require(manages_sign_in(by, person), "changes how a person of others signs in")
    return person, by
