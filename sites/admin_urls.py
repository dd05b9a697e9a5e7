"""Addresses of Wagtail's admin that lead to our views; cms/urls.py puts them before Wagtail's own.

Each stands at the same address as the one it replaces, so that Wagtail's links lead here; its name is our own.
"""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from .admin_views import account, interface, links, media, presence, redirects, reports


def _with_results(address, view, name):
    return [
        path(address, view.as_view(), name=name),
        path(f"{address}results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


urlpatterns = [
    path("account/", account.OwnAccountView.as_view(), name="own_account"),
    path("choose-external-link/", links.OwnExternalLinkView.as_view(), name="own_external_link"),
    path(
        "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/",
        presence.ping,
        name="own_presence",
    ),
    path("tag-autocomplete/", interface.suggest_tags, name="own_tags"),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", interface.suggest_tags, name="own_tags_of_model"),
    *_with_results("images/", media.OwnPicturesView, "own_pictures"),
    *_with_results("documents/", media.OwnFilesView, "own_files"),
    path("images/chooser/", media.choose_picture, name="own_picture_chooser"),
    *_with_results("reports/locked/", reports.OwnLockedPagesView, "own_locked_pages"),
    *_with_results("reports/workflow/", reports.OwnWorkflowsView, "own_workflows"),
    *_with_results("reports/workflow_tasks/", reports.OwnWorkflowTasksView, "own_workflow_tasks"),
    *_with_results("reports/site-history/", reports.OwnHistoryView, "own_history"),
    *_with_results("redirects/", redirects.OwnRedirectsView, "own_redirects"),
    path("redirects/import/process/", redirects.process_import, name="own_redirect_import"),
    path("redirects/add/", redirects.OwnRedirectCreateView.as_view(), name="own_redirect_add"),
    path("redirects/<int:redirect_id>/", redirects.OwnRedirectEditView.as_view(), name="own_redirect_edit"),
    path("redirects/<int:redirect_id>/delete/", redirects.OwnRedirectDeleteView.as_view(), name="own_redirect_delete"),
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(urlpatterns, require_admin_access), never_cache)
