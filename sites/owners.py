"""What keeps the records that this app and Wagtail know to one agency: whose they are, and who may come in."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Locale,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from accounts.models import AttemptCounter

from .doors import OPERATORS, Door, open_door
from .models import (
    Agency,
    AgencyGroup,
    Departure,
    FieldOfWork,
    HostName,
    Official,
    PortalLink,
    PortalSection,
    PortalSettings,
    Unit,
)
from .ownership import AnyOf, ByThing, Common, InCollection, InTree, Itself, Named, Nobody, declare

_OF_GROUP = "group__agency_group__agency"
_OF_PERSON = "groups__agency_group__agency"


def declare_owners() -> None:
    """Say to whom pages, pictures, files, people, settings and the steps of approval belong."""
    _declare_portals()
    _declare_people()
    _declare_ways_in()
    _declare_pages()
    _declare_media()


def _declare_portals():
    declare(Agency, Itself())
    for model in (HostName, PortalSection, Official, Unit, Site):
        declare(model, Named("agency"))
    for model in (PortalSettings, Redirect):
        declare(model, Named("site__agency"))
    declare(PortalLink, Named("settings__site__agency"))
    for model in (FieldOfWork, Locale, ContentType):
        declare(model, Common())
    # A tag can tell what a draft is about; lists take the tags of what is in sight.
    declare(Tag, Nobody())
    declare(TaggedItem, ByThing("content_object"))


def _declare_people():
    for model in (AgencyGroup, Departure):
        declare(model, Named("agency"))
    declare(Group, Named("agency_group__agency"))
    for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
        declare(model, Named(_OF_GROUP))
    # Who has left stays known to the agency that was left, and may be taken back by it.
    declare(get_user_model(), AnyOf(Named(_OF_PERSON), Named("departures__agency")))
    for model in (UserProfile, EditingSession, FormState):
        declare(model, Named(f"user__{_OF_PERSON}"))
    declare(Permission, Nobody())


def _declare_ways_in():
    """What somebody signs in with, and where somebody is signed in; the rest of signing in is no agency's business."""
    for model in (Authenticator, SocialAccount, UserSession):
        declare(model, AnyOf(Named(f"user__{_OF_PERSON}"), Named("user__departures__agency")))
    for model in (AttemptCounter, EmailAddress, EmailConfirmation, SocialApp, SocialToken):
        declare(model, Nobody())


def _declare_pages():
    declare(Page, InTree())
    for model in (PageLogEntry, PageViewRestriction, PageSubscription, Comment, WorkflowPage):
        declare(model, InTree("page__path"))
    declare(CommentReply, InTree("comment__page__path"))
    for model in (Revision, WorkflowState, ModelLogEntry):
        declare(model, ByThing("content_object"))
    declare(TaskState, ByThing("workflow_state__content_object"))
    # A way of approval is an agency's because its pages go it.
    declare(Workflow, InTree("workflow_pages__page__path"))
    declare(Task, InTree("workflow_tasks__workflow__workflow_pages__page__path"))


def _declare_media():
    declare(Collection, InCollection("path"))
    for model in (get_image_model(), get_document_model(), CollectionViewRestriction):
        declare(model, InCollection())
    declare(get_image_model().get_rendition_model(), InCollection("image__collection__path"))
    declare(UploadedFile, Named(f"uploaded_by_user__{_OF_PERSON}"))


def open_doors() -> None:
    """Say who opens portals, and whom the screens of leaving and returning name."""
    open_door("agencies:open_portal", OPERATORS)
    person = Door(names={"pk": "accounts.User"}, parameters={"agency": "agency_sites.Agency"})
    for name in ("leave", "take_back", "link", "sign_in", "reset_second_factor", "end_sessions"):
        open_door(f"wagtailusers_users:{name}", person)
    names = {"pk": "accounts.User", "identity_id": "socialaccount.SocialAccount"}
    open_door("wagtailusers_users:remove_identity", Door(names=names))
    # Not the session: that one has ended already is an answer, to whoever may see the person.
    open_door("wagtailusers_users:end_session", Door(names={"pk": "accounts.User"}))
