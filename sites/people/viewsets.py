"""Wagtail's screens for users and groups with our views behind their addresses."""

from django.urls import path
from django.utils.translation import gettext_lazy
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import UserViewSet

from .forms import AgencyGroupForm, PersonForm
from .group_views import GroupCreateView, GroupDeleteView, GroupEditView, GroupIndexView
from .leave_views import LeaveView, TakeBackView
from .link_views import PasswordLinkView
from .listing import PersonFilterSet, PersonIndexView
from .sign_in_views import (
    EndSessionsView,
    EndSessionView,
    RemoveIdentityView,
    ResetSecondFactorView,
    SignInView,
)
from .views import PersonCreateView, PersonEditView, PersonHistoryView

# Nobody deletes a person, copies one, or asks on which objects of all agencies one is named.
_PERSON_ADDRESSES = {"index", "index_results", "add", "edit", "history", "history_results"}
_GROUP_ADDRESSES = {"index", "index_results", "add", "edit", "delete"}


class PersonViewSet(UserViewSet):
    menu_label = gettext_lazy("People")
    ordering = "full_name"
    filterset_class = PersonFilterSet
    template_prefix = ""
    copy_view_enabled = False
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    history_view_class = PersonHistoryView

    # Ours: one mail address, one name, and a filter by role instead of by group.
    search_fields = PersonIndexView.search_fields
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"usage_url_name": None, "delete_url_name": None, **kwargs})

    def get_form_class(self, for_update=False):
        return PersonForm

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(template_name=PersonCreateView.template_name, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(template_name=PersonEditView.template_name, **kwargs)

    def get_urlpatterns(self):
        return [
            *(entry for entry in super().get_urlpatterns() if entry.name in _PERSON_ADDRESSES),
            path("leave/<int:pk>/", LeaveView.as_view(), name="leave"),
            path("return/<int:pk>/", TakeBackView.as_view(), name="take_back"),
            path("link/<int:pk>/", PasswordLinkView.as_view(), name="link"),
            path("sign-in/<int:pk>/", SignInView.as_view(), name="sign_in"),
            path("second-factor/<int:pk>/", ResetSecondFactorView.as_view(), name="reset_second_factor"),
            path("identity/<int:pk>/<int:identity_id>/", RemoveIdentityView.as_view(), name="remove_identity"),
            path("sessions/<int:pk>/", EndSessionsView.as_view(), name="end_sessions"),
            path("session/<int:pk>/<int:session_pk>/", EndSessionView.as_view(), name="end_session"),
        ]


class AgencyGroupViewSet(GroupViewSet):
    ordering = GroupIndexView.default_ordering
    template_prefix = ""
    index_view_class = GroupIndexView
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView
    search_fields = GroupIndexView.search_fields
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**{"history_url_name": None, **kwargs})

    def get_form_class(self, for_update=False):
        return AgencyGroupForm

    def get_add_view_kwargs(self, **kwargs):
        return super().get_add_view_kwargs(template_name=GroupCreateView.template_name, **kwargs)

    def get_edit_view_kwargs(self, **kwargs):
        return super().get_edit_view_kwargs(template_name=GroupEditView.template_name, **kwargs)

    def get_urlpatterns(self):
        return [entry for entry in super().get_urlpatterns() if entry.name in _GROUP_ADDRESSES]
