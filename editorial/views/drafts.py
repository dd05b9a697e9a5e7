"""What an approver is told about a draft: who wrote it, what was asked, what it would change of what is public."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from editorial.permissions import writers
from editorial.things import compare_address, draft_address


def about_draft(request, thing, state) -> dict:
    """Return the facts, changes and links about a draft for the screen on which it is decided."""
    latest = thing.get_latest_revision()
    draft = latest.as_object() if latest else thing
    is_changed = bool(state and latest and state.is_changed(latest))
    facts = {
        "state": state,
        "draft": draft,
        "writers": get_user_model().objects.filter(pk__in=writers(thing)),
        "is_changed": is_changed,
        "is_overdue": bool(state and state.is_overdue(timezone.localdate())),
        "draft_url": draft_address(thing),
        "changes": changes(request, thing, draft) if thing.live and latest else None,
        "since_url": "",
    }
    if is_changed and state.revision_id != latest.pk:
        # Wagtail's autosave writes over a revision; then what was handed in is there no more.
        facts["since_url"] = compare_address(thing, state.revision_id, latest.pk)
    return facts


def changes(request, thing, draft) -> list:
    """Return Wagtail's comparisons, field by field, of what is public with a draft; only what differs."""
    panel = thing.get_edit_handler().get_bound_panel(instance=thing, request=request, form=None)
    compared = (comparison(thing, draft) for comparison in panel.get_comparison())
    return [difference for difference in compared if difference.has_changed()]
