"""Signing in and out, refused access, and what happens to somebody's account."""

import re

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from audit.context import postpone
from audit.services import record
from core.text import shorten
from sites.signals import access_refused

_LONG_PART = re.compile("[^/]{25,}")


def connect():
    user_logged_in.connect(signed_in, dispatch_uid="audit: signed in")
    user_logged_out.connect(signed_out, dispatch_uid="audit: signed out")
    user_login_failed.connect(sign_in_failed, dispatch_uid="audit: sign-in failed")
    access_refused.connect(was_refused, dispatch_uid="audit: access refused")


def connect_accounts(signals):
    """Hear the signals of accounts/signals.py."""
    signals.second_factor_changed.connect(second_factor_was_changed, dispatch_uid="audit: second factor")
    signals.sign_in_throttled.connect(sign_in_was_throttled, dispatch_uid="audit: throttled")
    signals.session_ended.connect(session_was_ended, dispatch_uid="audit: session ended")
    signals.recovery_code_used.connect(recovery_code_was_used, dispatch_uid="audit: recovery code")
    signals.identity_changed.connect(identity_was_changed, dispatch_uid="audit: identity")


def signed_in(user, **kwargs):
    record("session.sign_in", user, user=user)


def signed_out(user=None, **kwargs):
    # Django also says it of visitors who had not signed in.
    if user is not None:
        record("session.sign_out", user, user=user)


def sign_in_failed(credentials, **kwargs):
    person = _person_named(credentials.get(get_user_model().USERNAME_FIELD, ""))
    if person is None:
        # What was typed may be a password in the wrong field, so it is not kept.
        record("session.sign_in_failed", kind=get_user_model()._meta.label_lower)
    else:
        record("session.sign_in_failed", person)


def was_refused(request, user, reason, **kwargs):
    person = user if user is not None and user.is_authenticated else None
    # A long part of an address may be a token.
    path = _LONG_PART.sub("…", shorten(request.path, 500))
    refusal = {"user": person, "details": {"path": path, "method": request.method, "reason": str(reason)}}
    if not postpone(refusal):
        record("access.refused", **refusal)


def second_factor_was_changed(user, action, by=None, **kwargs):
    record("account.second_factor", user, user=by or user, details={"change": str(action)})


def sign_in_was_throttled(username, **kwargs):
    person = _person_named(username)
    record("session.throttled", person, kind=get_user_model()._meta.label_lower)


def session_was_ended(user, by=None, **kwargs):
    record("session.ended", user, user=by or user)


def recovery_code_was_used(user, **kwargs):
    record("account.recovery_code", user, user=user)


def identity_was_changed(user, provider, is_recorded, by=None, **kwargs):
    # Not the identity itself: what a provider calls a person is the provider's and the person's business.
    details = {"change": "recorded" if is_recorded else "removed", "provider": provider}
    record("account.identity", user, user=by or user, details=details)


def _person_named(username):
    if not isinstance(username, str) or "\x00" in username:
        return None
    return get_user_model()._default_manager.filter(**{get_user_model().USERNAME_FIELD: username}).first()
