"""What a person has in hand in an agency, so that it can be given to a colleague."""

from dataclasses import dataclass

from wagtail.models import Page, WorkflowState

from sites.models import Agency


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
