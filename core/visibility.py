"""Whether the public may have a picture or a file: because something public shows it, and for no other reason."""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.permissions import policy_registry


def is_public(item) -> bool:
    """Say whether a live, unrestricted page (or a record marked `is_shown_in_public`) shows this picture or file."""
    if is_in_restricted(item.collection):
        return False
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(item), to_object_id=str(item.pk)
    ).values_list("base_content_type_id", "object_id")
    page_type = ContentType.objects.get_for_model(Page).pk
    page_ids = set()
    for content_type_id, object_id in references:
        if content_type_id == page_type:
            page_ids.add(int(object_id))
        elif _is_public_record(content_type_id, object_id):
            return True
    return bool(page_ids) and unrestricted(Page.objects.filter(pk__in=page_ids, live=True)).exists()


def may_see(user, item) -> bool:
    """Say whether a signed-in editor may see an item that the public may not."""
    if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return False
    policy = policy_registry.get_by_type(type(item))
    return policy.user_has_any_permission_for_instance(user, ["choose", "change", "add"], item)


def is_granted(request, item) -> bool:
    """Say whether a room above lets this visitor see an item: an outside reviewer the pictures of her draft."""
    return any(import_string(name)(request, item) for name in settings.MEDIA_GRANTS)


def unrestricted(pages, restricted: list[str] | None = None):
    """Return those pages that no view restriction covers, on themselves or above them.

    `restricted` is what restricted_paths() returned earlier in the same request.
    """
    for path in restricted_paths() if restricted is None else restricted:
        pages = pages.exclude(path__startswith=path)
    return pages


def restricted_paths() -> list[str]:
    """Return the tree paths of all pages that only some visitors may open."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def restricted_collections() -> list[str]:
    """Return the tree paths of all collections whose pictures and files only some visitors may have."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def is_in_restricted(collection, restricted: list[str] | None = None) -> bool:
    """Say whether a collection is closed, itself or by one above it.

    `restricted` is what restricted_collections() returned earlier.
    """
    return collection.path.startswith(tuple(restricted_collections() if restricted is None else restricted))


def _is_public_record(content_type_id, object_id):
    content_type = ContentType.objects.get_for_id(content_type_id)
    model = apps.get_model(content_type.app_label, content_type.model)
    return getattr(model, "is_shown_in_public", False) and model._base_manager.filter(pk=object_id).exists()
