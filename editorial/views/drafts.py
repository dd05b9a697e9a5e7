"""What an approver is told about a draft: who wrote it, what was asked, what it would change of what is public."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from editorial.permissions import writers


def about_draft(request, page, state) -> dict:
    """Return the facts, changes and links about a draft for the screen on which it is decided."""
    latest = page.get_latest_revision()
    draft = latest.as_object() if latest else page
    is_changed = bool(state and latest and state.is_changed(latest))
    facts = {
        "state": state,
        "draft": draft,
        "writers": get_user_model().objects.filter(pk__in=writers(page)),
        "is_changed": is_changed,
        "is_overdue": bool(state and state.is_overdue(timezone.localdate())),
        "draft_url": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        "changes": changes(request, page, draft) if page.live and latest else None,
        "since_url": "",
    }
    if is_changed and state.revision_id != latest.pk:
        # Wagtail's autosave writes over a revision; then what was handed in is there no more.
        facts["since_url"] = reverse(
            "wagtailadmin_pages:revisions_compare", args=[page.pk, state.revision_id, latest.pk]
        )
    return facts


def changes(request, page, draft) -> list:
    """Return Wagtail's comparisons, field by field, of what is public with a draft; only what differs."""
    panel = page.get_edit_handler().get_bound_panel(instance=page, request=request, form=None)
    compared = (comparison(page, draft) for comparison in panel.get_comparison())
    return [difference for difference in compared if difference.has_changed()]
