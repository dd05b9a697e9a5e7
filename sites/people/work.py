"""What a person has in hand in an agency, so that it can be given to a colleague."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from core.tree_lock import tree_lock
from sites.enums import Role
from sites.models import Agency, AgencyGroup

# Who can go on with a draft.
_WRITERS = (Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class WorkInHand:
    """Unfinished things of one person in one agency."""

    drafts: list[Page]
    submissions: list[Page]
    locked: list[Page]

    def __bool__(self):
        return bool(self.drafts or self.submissions or self.locked)


def pages_of(agency: Agency):
    """Return all pages of an agency's portal, drafts included."""
    return Page.objects.filter(path__startswith=agency.site.root_page.path)


def work_in_hand(person, agency: Agency) -> WorkInHand:
    """Return the drafts somebody wrote last, what they submitted and nobody has decided, and what they locked."""
    pages = pages_of(agency).order_by("-latest_revision_created_at", "pk")
    return WorkInHand(
        drafts=list(pages.filter(has_unpublished_changes=True, latest_revision__user=person)),
        submissions=list(pages.filter(pk__in=_submitted_by(person))),
        locked=list(pages.filter(locked_by=person)),
    )


def _submitted_by(person):
    waiting = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    keys = WorkflowState.objects.filter(
        requested_by=person, status__in=waiting, base_content_type__app_label="wagtailcore"
    )
    # The key of what was submitted is stored as text, whatever its type.
    return [int(key) for key in keys.values_list("object_id", flat=True) if key.isdigit()]


def heirs_of(person, agency: Agency):
    """Return the colleagues who could take over: those who write for the whole of the agency's portal."""
    groups = AgencyGroup.objects.filter(agency=agency, role__in=_WRITERS, is_limited=False)
    people = get_user_model().objects.filter(is_active=True, groups__agency_group__in=groups)
    return people.exclude(pk=person.pk).distinct().order_by("full_name", "username")


def hand_over(person, agency: Agency, *, heir, by) -> None:
    """Give unfinished and locked pages to a colleague; without one, unlock what is locked.

    Who wrote and who submitted a draft stays as it was: whether somebody may approve it hangs on that.
    """
    with tree_lock():
        work = work_in_hand(person, agency)
        if heir is None:
            _update(work.locked, locked=False, locked_by=None, locked_at=None)
            _log_all(work.locked, "wagtail.unlock", by)
        else:
            _update(work.locked, locked_by=heir)
            _update([*work.drafts, *work.submissions], owner=heir)
            everything = {*work.drafts, *work.submissions, *work.locked}
            _log_all(everything, "people.hand_over", by, {"from": str(person), "to": str(heir)})


def _update(pages, **values):
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(**values)


def _log_all(pages, action, by, data=None):
    for page in pages:
        log(page, action, user=by, data=data)
