"""What is watched besides Wagtail's own log: people, rights, settings, agencies and what is shown in public."""

import re
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
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
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from sites.models import Agency, AgencyGroup, HostName, PortalLink, PortalSettings

# Of these an entry says that they changed, never from what to what.
SECRET = re.compile("password|secret|token|hash|salt|otp|code_key", re.IGNORECASE)


@dataclass(frozen=True)
class Watched:
    """How changes of one model are recorded."""

    # Fields that change without anybody's act, or as a consequence of another field.
    ignored: frozenset[str] = field(default_factory=frozenset)
    # Personal data that is not about rights: an entry says that they changed, and no more.
    named_only: frozenset[str] = field(default_factory=frozenset)


_TREE = frozenset({"path", "depth", "numchild"})
_FILE = frozenset({"file_size", "width", "height", "created_at", "focal_point_x", "focal_point_y"})
_PERSON = frozenset({"email", "first_name", "last_name", "full_name", "job_title"})
_CONTACT = frozenset({"address", "phone", "fax", "email", "hotline", "responsible_editor"})


def watched_models() -> dict[type, Watched]:
    """Return how each watched model is recorded."""
    plain = Watched()
    models = dict.fromkeys(
        (
            Group, AgencyGroup, HostName, PortalLink, Site, Redirect, PageViewRestriction, CollectionViewRestriction,
            Workflow, WorkflowTask, WorkflowPage, WorkflowContentType, Task, GroupApprovalTask,
        ),
        plain,
    )  # fmt: skip
    return models | {
        get_user_model(): Watched(ignored=frozenset({"last_login", "date_joined"}), named_only=_PERSON),
        Agency: Watched(ignored=frozenset({"furniture_version"})),
        PortalSettings: Watched(named_only=_CONTACT),
        Collection: Watched(ignored=_TREE),
        get_image_model(): Watched(ignored=_FILE),
        get_document_model(): Watched(ignored=_FILE),
    }


def right_models() -> tuple[type, ...]:
    """Return the models whose rows give a group a right."""
    return GroupPagePermission, GroupCollectionPermission, GroupSitePermission


def kinds() -> list[type]:
    """Return the models that an entry may be about, for the choice of a filter."""
    return [apps.get_model("wagtailcore.Page"), *watched_models()]
