"""Acts of Django and Wagtail that write first and tell afterwards: both are put into one transaction.

Otherwise a process killed between the two would leave an act without its entry. Neither has an extension point there.
A page whose address changes takes the lock of the trees before any row, so that nobody waits in a circle. Of a copy
Wagtail says that it was made and that it was copied; that it was copied says both.
"""

import functools

from django.db import transaction
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.admin.views.generic.lock import LockView, UnlockView
from wagtail.models import Page, PageViewRestriction, Revision, WorkflowState

from audit.watched import watched_models
from core.own_words import in_own_words
from core.tree_lock import tree_lock

MADE = "wagtail.create"
_METHODS = (
    *((action, "execute") for action in (UnpublishAction, ConvertAliasPageAction)),
    *((view, "perform_operation") for view in (LockView, UnlockView)),
    *((PageViewRestriction, name) for name in ("save", "delete")),
    (Revision, "save"),
    *((WorkflowState, name) for name in ("resume", "cancel")),
)


def connect():
    for owner, name in _METHODS:
        setattr(owner, name, _whole(getattr(owner, name)))
    PublishRevisionAction.execute = _whole_publication(PublishRevisionAction.execute)
    for action in (CopyPageAction, CreatePageAliasAction):
        action.execute = _whole_copy(action.execute)
    for model in watched_models():
        model.save_base = _whole(model.save_base)


def _whole(method):
    @functools.wraps(method)
    def whole(self, *args, **kwargs):
        with transaction.atomic():
            return method(self, *args, **kwargs)

    whole.alters_data = True
    return whole


def _whole_copy(method):
    @functools.wraps(method)
    def copy(self, *args, **kwargs):
        is_told = [MADE] if self.log_action else []
        with transaction.atomic(), in_own_words(*is_told):
            return method(self, *args, **kwargs)

    return copy


def _whole_publication(method):
    @functools.wraps(method)
    def publish(self, *args, **kwargs):
        with tree_lock() if _moves_addresses(self.object) else transaction.atomic():
            return method(self, *args, **kwargs)

    return publish


def _moves_addresses(thing):
    return isinstance(thing, Page) and not Page._base_manager.filter(pk=thing.pk, slug=thing.slug).exists()
