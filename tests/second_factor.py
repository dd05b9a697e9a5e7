"""Whoever is signed in by force, past every door, is let in like somebody who has shown a code."""

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


def count_forced_sign_ins() -> None:
    """Let `Client.force_login` stand for both factors, in this process, from now on."""
    user_logged_in.connect(_note, dispatch_uid="tests: second factor")


def _note(request, user, **kwargs):
    # Only now are the apps loaded.
    from accounts.services.sessions import note_second_factor

    # Only Client.force_login makes a bare request; who comes by a door brings one of a server.
    if type(request) is HttpRequest:
        note_second_factor(request.session, user, "test")
