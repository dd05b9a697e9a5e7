"""The words and the best bets of the search in the admin, and the report on what is searched for."""

from django.urls import path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import policy_registry

from .admin_forms import BetForm, SynonymForm
from .admin_views.bets import BetCreateView, BetFilterSet, BetIndexView, target_of
from .admin_views.synonyms import SynonymCreateView, SynonymEditView, SynonymImportView, SynonymIndexView
from .models import BestBet, QueryCount, SynonymGroup


class BetViewSet(ModelViewSet):
    """What agencies show before all results; each sets its own."""

    model = BestBet
    name = "best_bets"
    url_prefix = "best-bets"
    icon = "pick"
    menu_label = _("Best bets")
    index_view_class = BetIndexView
    add_view_class = BetCreateView
    filterset_class = BetFilterSet
    inspect_view_enabled = True
    copy_view_enabled = False
    list_display = [
        "triggers",
        Column("target", label=_("Leads to"), accessor=target_of),
        Column("agency", label=_("Agency")),
        Column("state", label=_("State")),
    ]
    search_fields = ["triggers", "title", "note"]
    inspect_view_fields = [
        *("agency", "triggers", "is_whole", "page", "document", "address", "title", "note"),
        *("begins_on", "ends_on", "position"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("agency"),
            MultiFieldPanel([FieldPanel("triggers"), FieldPanel("is_whole")], heading=_("Whoever searches for")),
            MultiFieldPanel(
                [FieldPanel("page"), FieldPanel("document"), FieldPanel("address")], heading=_("Is led to one place")
            ),
            MultiFieldPanel([FieldPanel("title"), FieldPanel("note")], heading=_("In these words")),
            FieldRowPanel([FieldPanel("begins_on"), FieldPanel("ends_on"), FieldPanel("position")]),
        ],
        base_form_class=BetForm,
    )


class SynonymViewSet(ModelViewSet):
    """Words that mean the same; the province keeps the list, and all portals are searched with it."""

    model = SynonymGroup
    name = "synonyms"
    icon = "list-ul"
    menu_label = _("Synonyms")
    index_view_class = SynonymIndexView
    import_view_class = SynonymImportView
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    list_display = ["words", BooleanColumn("is_active", label=_("In use")), "note"]
    list_export = ["words", "is_active", "note"]
    export_filename = "tu-dong-nghia"
    list_filter = ["is_active"]
    search_fields = ["words", "note"]
    copy_view_enabled = False
    list_per_page = 50
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("is_active"), FieldPanel("note"), FieldPanel("samples")],
        base_form_class=SynonymForm,
    )

    @cached_property
    def import_view(self):
        return self.construct_view(
            self.import_view_class, index_url_name=self.get_url_name("index"), permission_policy=self.permission_policy
        )

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(import_url_name=self.get_url_name("import"), **kwargs)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("import/", self.import_view, name="import")]


class _Searched(MenuItem):
    """The report, for whoever works for the content of an agency."""

    def is_shown(self, request):
        return policy_registry.get_by_type(QueryCount).user_has_permission(request.user, "view")


class SearchGroup(ModelViewSetGroup):
    """All of the citizens' search in one place of the menu."""

    menu_label = _("Search of the portals")
    menu_icon = "search"
    menu_order = 850
    items = (BetViewSet(), SynonymViewSet())

    def get_submenu_items(self):
        report = _Searched(_("What people search for"), reverse_lazy("searched_report"), icon_name="view", order=50)
        return [*super().get_submenu_items(), report]
