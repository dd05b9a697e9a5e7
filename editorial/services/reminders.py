"""Reminding approvers of what is due; a timer does it, and may do it as often as it likes."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log

from editorial.mails import remind_approvers
from editorial.models import ApprovalState
from editorial.waiting import waiting_in
from sites.models import Agency


def remind(*, on: date) -> int:
    """Mail the approvers of each agency what is due on a day or was before; return how many mails went out.

    Each draft is in one mail a day: who comes second on the same day, or at the same moment, sends nothing.
    """
    agencies = Agency.objects.with_portal().select_related("site__root_page", "collection")
    return sum(_remind(agency, on) for agency in agencies)


def _remind(agency, on):
    due = [state for state in waiting_in([agency]) if state.is_due(on)]
    with transaction.atomic():
        states = [state for state in due if _claim(state, on)]
    told = remind_approvers(agency, states, on) if states else {}
    # After the mails, since only then it is known to whom they went.
    for state in states:
        if told.get(state.pk):
            _log(state, on, told[state.pk])
    return len({user.pk for people in told.values() for user in people})


def _log(state, on, people):
    data = {"due_on": state.due_on.isoformat(), "day": on.isoformat(), "told": [str(user) for user in people]}
    log(instance=state.revision.content_object, action="editorial.remind", revision=state.revision, data=data)


def _claim(state, on):
    not_yet = ApprovalState.objects.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lt=on), pk=state.pk)
    return not_yet.filter(status=state.STATUS_IN_PROGRESS).update(reminded_on=on)
