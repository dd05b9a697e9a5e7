"""What an approver is told about a draft: who wrote it, what it would change, what was asked."""

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from editorial.permissions import writers


def about_draft(page, state) -> dict:
    """Return the facts and links about a draft for the screen on which it is decided."""
    latest = page.get_latest_revision()
    draft = latest.as_object() if latest else page
    facts = {
        "draft": draft,
        "writers": get_user_model().objects.filter(pk__in=writers(page)),
        "is_changed": bool(state and latest and state.is_changed(latest)),
        "is_overdue": bool(state and state.is_overdue(timezone.localdate())),
        "draft_url": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        "compare_url": "",
    }
    if page.live and latest:
        facts["compare_url"] = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", latest.pk])
    return facts
