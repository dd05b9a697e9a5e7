"""Documents and the bodies that issue them, in the admin."""

from django import forms
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from editorial.viewsets import ApprovedRecordViewSet

from .admin_views import documents
from .admin_views.lists import ContradictionsView, UnresolvedView
from .admin_views.owning import OwnerView
from .admin_views.readings import ReadingStateView, ReadingView
from .admin_views.texts import FileView, TextView
from .forms import DocumentForm, IssuerForm
from .models import Issuer, LegalDocument
from .panels import ChecksPanel, FilesPanel, PartsPanel, RelationsPanel

# Kept in drafts as well: without them there is no row.
_NEEDED = {"required_on_save": True}


class _Several(forms.CheckboxSelectMultiple):
    """Boxes to tick: in a list of lines a click without Ctrl undoes all that was chosen."""

    def __init__(self, attrs=None):
        super().__init__({"class": "several", **(attrs or {})})


DOCUMENT_PANELS = [
    ChecksPanel(heading=_("To be looked at")),
    MultiFieldPanel(
        [FieldPanel("owner"), FieldRowPanel([FieldPanel("number", **_NEEDED), FieldPanel("type", **_NEEDED)])],
        heading=_("Number and type"),
    ),
    MultiFieldPanel(
        [FieldPanel("issuer"), FieldPanel("co_issuers", widget=_Several), FieldPanel("issued_at_place")],
        heading=_("Issuing body"),
    ),
    MultiFieldPanel(
        [FieldPanel("abstract", widget=AdminAutoHeightTextInput(attrs={"rows": 3}))], heading=_("Abstract")
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
            FieldPanel("is_shortened"),
            FieldRowPanel([FieldPanel("expires_on"), FieldPanel("expiry_reason")]),
            FieldPanel("stated_status"),
            FieldRowPanel([FieldPanel("gazette_number"), FieldPanel("gazette_on")]),
        ],
        heading=_("Dates and status"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_position")]), FieldPanel("signing_capacity")],
        heading=_("Signer"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("fields_of_work", widget=_Several),
            FieldPanel("bound_agencies", widget=_Several),
            FieldRowPanel([FieldPanel("scope"), FieldPanel("sector")]),
        ],
        heading=_("Fields of work and agencies it binds"),
        help_text=_("It is shown on the portals of the agencies that it binds or that work in these fields."),
    ),
    MultiFieldPanel(
        [
            FilesPanel(
                "attachments",
                label=_("file"),
                heading=_("Files"),
                panels=[FieldPanel("held"), FieldRowPanel([FieldPanel("kind"), FieldPanel("title")])],
            ),
            FieldPanel("new_files"),
            FieldPanel("kept_files"),
            FieldPanel("source"),
        ],
        heading=_("Files"),
    ),
    RelationsPanel(
        "relations",
        label=_("relation"),
        heading=_("Relations to other documents"),
        help_text=_("What this document does to others. The others show it by themselves, and their status follows."),
        panels=[
            FieldPanel("kind"),
            FieldPanel("target"),
            FieldPanel("target_number"),
            PartsPanel("elements"),
            FieldRowPanel([FieldPanel("on"), FieldPanel("until")]),
        ],
    ),
]


class DocumentChooserViewSet(SnippetChooserViewSet):
    choose_view_class = documents.DocumentChooseView
    choose_results_view_class = documents.DocumentChooseResultsView
    base_widget_class = documents.DocumentChooserWidget


class DocumentViewSet(ApprovedRecordViewSet):
    model = LegalDocument
    url_namespace = "legal_documents"
    url_prefix = "legal-documents"
    chooser_admin_url_namespace = "legal_document_chooser"
    chooser_base_url_path = "legal-documents/choose"
    chooser_viewset_class = DocumentChooserViewSet
    icon = "doc-full"
    menu_label = pgettext_lazy("menu", "Documents")
    index_view_class = documents.DocumentIndexView
    add_view_class = documents.DocumentCreateView
    edit_view_class = documents.DocumentEditView
    filterset_class = documents.DocumentFilterSet
    list_per_page = 20
    inspect_view_fields = [
        *("owner", "number", "type", "issuer", "co_issuers", "abstract", "issued_on", "effective_on", "expires_on"),
        *("stated_status", "signer", "signer_position", "gazette_number", "gazette_on", "fields_of_work"),
        *("bound_agencies", "scope", "source"),
    ]
    edit_handler = ObjectList(DOCUMENT_PANELS, base_form_class=DocumentForm)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/text/", TextView.as_view(), name="text"),
            path("<int:pk>/readings/<int:job>/", ReadingView.as_view(), name="reading"),
            path("<int:pk>/readings/<int:job>/state/", ReadingStateView.as_view(), name="reading_state"),
            path("<int:pk>/files/<slug:sha256>/", FileView.as_view(), name="file"),
            path("<int:pk>/owner/", OwnerView.as_view(), name="owner"),
            path("unresolved/", UnresolvedView.as_view(), name="unresolved"),
            path("contradictions/", ContradictionsView.as_view(), name="contradictions"),
        ]


class IssuerIndexView(IndexView):
    table_classname = "listing stacked"


class IssuerViewSet(ModelViewSet):
    """The bodies that issue documents; the province keeps the list, and all choose from it."""

    model = Issuer
    name = "issuers"
    icon = "group"
    index_view_class = IssuerIndexView
    menu_label = _("Issuing bodies")
    list_display = ["name_vi", "symbol", "level", "agency"]
    list_filter = ["level"]
    search_fields = ["name_vi", "name_en", "symbol", "folded_names"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name_vi"),
            FieldPanel("name_en"),
            FieldPanel("spellings"),
            FieldRowPanel([FieldPanel("symbol"), FieldPanel("level")]),
            FieldRowPanel([FieldPanel("agency"), FieldPanel("code")]),
        ],
        base_form_class=IssuerForm,
    )


class DocumentsGroup(ModelViewSetGroup):
    """All of documents in one place of the menu, above what an agency keeps of itself."""

    menu_label = pgettext_lazy("menu", "Documents")
    menu_icon = "doc-full"
    menu_order = 250
    items = (DocumentViewSet(), IssuerViewSet("issuers"))

    def get_submenu_items(self):
        return [
            *super().get_submenu_items(),
            _OfDocuments(_("Citations to be mended"), reverse_lazy("legal_documents:unresolved"), order=50),
            _OfDocuments(_("Contradictions in status"), reverse_lazy("legal_documents:contradictions"), order=60),
        ]


class _OfDocuments(MenuItem):
    """A list of what should be looked at, for whoever sees documents at all."""

    def __init__(self, label, url, order):
        super().__init__(label, url, icon_name="warning", order=order)

    def is_shown(self, request):
        return policy_registry.get_by_type(LegalDocument).user_has_any_permission(request.user, {"view"})
