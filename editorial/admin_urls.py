"""Addresses of editorial work below /admin/editorial/."""

from django.urls import path

from .views.approvals import DecideView, ForceView, SubmitView, TakeBackView, WithdrawView
from .views.reports import ForcedReportView
from .views.reviews import ReviewersView, RevokeView

app_name = "editorial"
urlpatterns = [
    path("pages/<int:page_id>/submit/", SubmitView.as_view(), name="submit"),
    path("pages/<int:page_id>/decide/", DecideView.as_view(), name="decide"),
    path("pages/<int:page_id>/force/", ForceView.as_view(), name="force"),
    path("pages/<int:page_id>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("pages/<int:page_id>/take-back/", TakeBackView.as_view(), name="take_back"),
    path("pages/<int:page_id>/reviewers/", ReviewersView.as_view(), name="reviewers"),
    path("invitations/<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
    path("forced/", ForcedReportView.as_view(), name="forced_report"),
    path("forced/results/", ForcedReportView.as_view(results_only=True), name="forced_report_results"),
]
