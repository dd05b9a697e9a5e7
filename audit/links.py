"""Where the thing of an entry can be opened, by somebody who may."""

from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.admin.admin_url_finder import AdminURLFinder


def object_address(entry, user) -> str:
    """Return the address at which a person may edit the thing of an entry; "" where he may not or it is gone."""
    try:
        model = apps.get_model(entry.object_type)
        thing = model._base_manager.filter(pk=entry.object_id).first() if entry.object_id else None
    except (LookupError, ValueError, ValidationError, OverflowError):
        return ""
    if thing is None:
        return ""
    return AdminURLFinder(user).get_edit_url(getattr(thing, "specific", thing)) or ""
