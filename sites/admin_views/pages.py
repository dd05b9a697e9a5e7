"""Screens of pages: lists with own choices, uses by own pages, privacy for own groups."""

from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.viewsets.pages import PageViewSet

from sites.own_choices import PagesFilterSet
from sites.sight import own_groups


class PrivacyForm(PageViewRestrictionForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        groups = self.fields["groups"]
        groups.queryset = own_groups(user, groups.queryset)


class OwnPrivacyView(SetPrivacyView):
    form_class = PrivacyForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}


class PortalPageViewSet(PageViewSet):
    """The screens of all pages of all portals."""

    filterset_class = PagesFilterSet
    set_privacy_view_class = OwnPrivacyView
