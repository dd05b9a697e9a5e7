"""Wagtail's bulk actions on users, closed for everybody: each asks only for a right on users in general.

People are changed one by one, where the rules about roles and the last administrator are asked.
"""

from django.http import Http404
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction


class _ClosedMixin:
    def dispatch(self, request, *args, **kwargs):
        raise Http404


class NoAssigning(_ClosedMixin, AssignRoleBulkAction):
    pass


class NoDeleting(_ClosedMixin, DeleteBulkAction):
    pass


class NoSwitching(_ClosedMixin, SetActiveStateBulkAction):
    pass


CLOSED = (NoAssigning, NoDeleting, NoSwitching)
