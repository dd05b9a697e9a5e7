"""To whom the things belong that this app and Wagtail know; each later app declares its own."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    Page,
    PageLogEntry,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from .models import Agency, AgencyGroup, Official, PortalSettings, Unit
from .ownership import AnyOf, ByThing, InCollection, InTree, Itself, Named, Nobody, declare


def declare_owners() -> None:
    """Say to whom pages, pictures, files, people, settings and the steps of approval belong."""
    declare(Agency, Itself())
    for model in (AgencyGroup, Official, Unit, Site):
        declare(model, Named("agency"))
    declare(PortalSettings, Named("site__agency"))
    declare(Redirect, Named("site__agency"))
    declare(Page, InTree())
    declare(PageLogEntry, InTree("page__path"))
    declare(Collection, InCollection("path"))
    declare(get_image_model(), InCollection())
    declare(get_document_model(), InCollection())
    declare(Group, Named("agency_group__agency"))
    # Who has left an agency stays in its list, to be taken back.
    declare(get_user_model(), AnyOf(Named("groups__agency_group__agency"), Named("departures__agency")))
    declare(UploadedFile, Named("uploaded_by_user__groups__agency_group__agency"))
    for model in (Revision, WorkflowState):
        declare(model, ByThing("content_object"))
    declare(TaskState, ByThing("workflow_state__content_object"))
    for model in (Task, Workflow):
        declare(model, Nobody())
