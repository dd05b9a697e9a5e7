"""A page or a record in the admin: by which address it is found, edited, read, compared, and acted on.

Pages have Wagtail's addresses, records those of their viewset. Whatever else the two differ in stands here and in
permissions.py, so that the acts and their screens are written once.
"""

from django.apps import apps
from django.contrib.admin.utils import quote
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.utils import get_latest_str
from wagtail.models import DraftStateMixin, Page, WorkflowMixin


def find_page(page_id: int) -> Page:
    """Return a page as its own type; Http404 for the root of the tree, which is no page of anybody."""
    page = get_object_or_404(Page, pk=page_id)
    if page.is_root():
        raise Http404
    return page.specific


def find_record(app_label: str, model_name: str, object_id: str) -> Model:
    """Return a record that goes through approval; Http404 for what does not, or is not there."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not goes_through_approval(model):
        raise Http404
    return get_object_or_404(model, pk=object_id)


def goes_through_approval(model: type[Model]) -> bool:
    """Say whether a model's records are drafts first and have screens of their own; pages go another way."""
    is_record = issubclass(model, WorkflowMixin) and issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    return is_record and hasattr(model, "snippet_viewset")


def specific(thing: Model) -> Model:
    """Return a page as its own type, and a record as it is."""
    return thing.specific if isinstance(thing, Page) else thing


def title_of(thing: Model) -> str:
    """Return the title that the newest draft has."""
    return get_latest_str(thing)


def act_address(act: str, thing: Model) -> str:
    """Return the address of the screen of an act, such as "decide", for a page or record."""
    if isinstance(thing, Page):
        return reverse(f"editorial:{act}", args=[thing.pk])
    return reverse(f"editorial:{act}", args=[thing._meta.app_label, thing._meta.model_name, thing.pk])


def edit_address(thing: Model) -> str:
    """Return where it is edited."""
    return reverse("wagtailadmin_pages:edit", args=[thing.pk]) if isinstance(thing, Page) else _of(thing, "edit")


def list_address(thing: Model) -> str:
    """Return the list in which it stands."""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_explore", args=[thing.get_parent().pk])
    return reverse(thing.snippet_viewset.get_url_name("list"))


def draft_address(thing: Model) -> str:
    """Return where its newest draft is read as readers would see it; "" where there is nothing to be seen."""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:view_draft", args=[thing.pk])
    is_shown = thing.latest_revision_id and thing.snippet_viewset.preview_enabled
    return _of(thing, "revisions_view", thing.latest_revision_id) if is_shown else ""


def compare_address(thing: Model, first: int, second: int) -> str:
    """Return where two revisions, named by their keys, are compared."""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:revisions_compare", args=[thing.pk, first, second])
    return _of(thing, "revisions_compare", first, second)


def public_path(thing: Model) -> str:
    """Return the path under which its notice stands when it is withdrawn; "" for what has no public address."""
    if isinstance(thing, Page):
        return thing.url_path
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""


def _of(thing, name, *args):
    return reverse(thing.snippet_viewset.get_url_name(name), args=[quote(thing.pk), *args])
