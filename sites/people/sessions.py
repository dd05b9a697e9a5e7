"""Ending what somebody has open in browsers."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.utils import timezone


def end_sessions(person) -> int:
    """Sign a person out everywhere, and return of how many browsers."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    # The person stands inside the encoded text of a session, so all that are valid are read; only staff have any.
    valid = store.get_model_class().objects.filter(expire_date__gt=timezone.now())
    theirs = [s.session_key for s in valid.iterator() if s.get_decoded().get(SESSION_KEY) == str(person.pk)]
    for key in theirs:
        store(key).delete()
    return len(theirs)
