"""Where records stand between draft and public, for a whole list in three queries."""

from django.utils.translation import gettext as _
from wagtail.models import Revision, WorkflowState

from .models import Withdrawal


def tell_states(records) -> None:
    """Give each record of one kind its `state`, the words for it."""
    records = list(records)
    if not records:
        return
    kind = records[0].get_base_content_type()
    keys = {"base_content_type": kind, "object_id__in": [str(record.pk) for record in records]}
    handed_in = WorkflowState.objects.filter(**keys, status=WorkflowState.STATUS_IN_PROGRESS)
    sent_back = WorkflowState.objects.filter(**keys, status=WorkflowState.STATUS_NEEDS_CHANGES)
    scheduled = Revision.objects.filter(**keys, approved_go_live_at__isnull=False)
    withdrawn = Withdrawal.objects.in_force().filter(content_type=kind, object_id__in=keys["object_id__in"])
    # In the order in which they tell more than the next.
    told = [
        (_keys(scheduled), _("scheduled")),
        (_keys(handed_in), _("waiting for approval")),
        (_keys(sent_back), _("sent back")),
    ]
    taken_down = _keys(withdrawn)
    for record in records:
        on_its_way = next((words for known, words in told if str(record.pk) in known), "")
        if record.live:
            on_its_way = on_its_way or (_("has changes") if record.has_unpublished_changes else "")
            record.state = ", ".join(filter(None, (_("public"), on_its_way)))
        else:
            record.state = on_its_way or (_("withdrawn") if str(record.pk) in taken_down else _("draft"))


def _keys(rows):
    return set(rows.order_by().values_list("object_id", flat=True))
