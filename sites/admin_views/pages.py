"""Screens of pages: lists with own choices and few queries, privacy for own groups."""

from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet

from core.publicity import look_below
from sites.own_choices import PagesFilterSet
from sites.sight import seen_by


class PreparedRows:
    """Mixin of a list of pages: what the buttons of all rows ask is read at once, not row by row."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        parent = context.get("parent_page")
        look_below([*context["object_list"], *([parent] if parent else [])])
        return context


class OwnExplorerView(PreparedRows, ExplorableIndexView):
    pass


class OwnSearchView(PreparedRows, SearchView):
    pass


class OwnTypeView(PreparedRows, ContentTypeUseView):
    pass


class PrivacyForm(PageViewRestrictionForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        groups.queryset = seen_by(user, groups.queryset)


class OwnPrivacyView(SetPrivacyView):
    form_class = PrivacyForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}


class PortalPageViewSet(PageViewSet):
    """The screens of all pages of all portals."""

    filterset_class = PagesFilterSet
    index_view_class = OwnExplorerView
    search_view_class = OwnSearchView
    content_type_use_view_class = OwnTypeView
    set_privacy_view_class = OwnPrivacyView
