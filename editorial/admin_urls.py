"""Addresses of editorial work below /admin/editorial/."""

from django.urls import path

from .views.approvals import DecideView, ForceView, SubmitView, TakeBackView, WithdrawView
from .views.reports import ForcedReportView
from .views.reviews import ReviewersView, RevokeView

app_name = "editorial"
ACTS = {
    "submit": SubmitView,
    "decide": DecideView,
    "force": ForceView,
    "withdraw": WithdrawView,
    "take_back": TakeBackView,
    "reviewers": ReviewersView,
}
# A page is named by its key, a record by its model and key; the name of the act is the same.
_PAGE = "pages/<int:page_id>"
_RECORD = "things/<slug:app_label>/<slug:model_name>/<slug:object_id>"
urlpatterns = [
    *(
        path(f"{place}/{act.replace('_', '-')}/", view.as_view(), name=act)
        for place in (_PAGE, _RECORD)
        for act, view in ACTS.items()
    ),
    path("invitations/<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
    path("forced/", ForcedReportView.as_view(), name="forced_report"),
    path("forced/results/", ForcedReportView.as_view(results_only=True), name="forced_report_results"),
]
