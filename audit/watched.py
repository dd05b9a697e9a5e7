"""What is watched besides Wagtail's own log: people, rights, settings, agencies and what is shown in public."""

from collections.abc import Mapping

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from sites.models import Agency, AgencyGroup, HostName, Official, PortalLink, PortalSettings, Unit

from .changes import Watched

_TREE = frozenset({"path", "depth", "numchild"})
_FILE = frozenset({"file_size", "file_hash", "width", "height", "created_at", "focal_point_x", "focal_point_y"})
_PERSON = frozenset({"email", "first_name", "last_name", "full_name", "job_title"})
_CONTACT = frozenset({"address", "phone", "fax", "email", "hotline", "responsible_editor"})
_PLAIN = Watched()

_watched: dict[type[Model], Watched] = {}


def watch(model: type[Model], how: Watched = _PLAIN) -> None:
    """Record whatever happens to the objects of a model, by whatever door.

    For apps above this one, in their `AppConfig.ready`; pages are recorded through Wagtail's own log.
    """
    _watched[model] = how


def watch_what_is_known() -> None:
    """Watch what this app and those below it know."""
    for model in (
        *(Group, AgencyGroup, HostName, PortalLink, Site, Redirect, CollectionViewRestriction),
        *(Workflow, WorkflowTask, WorkflowPage, WorkflowContentType, Task, GroupApprovalTask),
    ):
        watch(model)
    watch(get_user_model(), Watched(ignored=frozenset({"last_login", "date_joined"}), named_only=_PERSON))
    watch(Agency, Watched(ignored=frozenset({"furniture_version", "portal_form"})))
    watch(PortalSettings, Watched(named_only=_CONTACT))
    watch(Collection, Watched(ignored=_TREE))
    watch(Unit, Watched(named_only=_CONTACT))
    # Who holds an office and when is public; how to reach them is not for the trail.
    watch(Official, Watched(named_only=_CONTACT))
    for model in (get_image_model(), get_document_model()):
        watch(model, Watched(ignored=_FILE))


def watched_models() -> Mapping[type[Model], Watched]:
    """Return how each watched model is recorded."""
    return _watched


def right_models() -> tuple[type[Model], ...]:
    """Return the models whose rows give a group a right."""
    return GroupPagePermission, GroupCollectionPermission, GroupSitePermission


def kinds() -> list[type[Model]]:
    """Return the models that an entry may be about, for the choice of a filter."""
    return [apps.get_model("wagtailcore.Page"), *_watched]
