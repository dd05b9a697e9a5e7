"""Acts that the house tells in its own words: the line that Wagtail's log would have of them besides is left out.

Otherwise one act stands twice in a page's history and in the audit trail, once without its reason. Wagtail has no
extension point there.
"""

import functools
from contextlib import contextmanager
from contextvars import ContextVar

from wagtail.log_actions import registry

_told = ContextVar("actions that are told in other words", default=frozenset())


@contextmanager
def in_own_words(*actions: str):
    """Leave these actions of Wagtail out of its log while an act is done that tells itself."""
    token = _told.set(_told.get() | set(actions))
    try:
        yield
    finally:
        _told.reset(token)


def _unless_told(log):
    @functools.wraps(log)
    def log_unless_told(instance, action, **kwargs):
        return None if action in _told.get() else log(instance, action, **kwargs)

    return log_unless_told


def install():
    """Put ourselves before the one function by which Wagtail writes its log."""
    registry.log = _unless_told(registry.log)
