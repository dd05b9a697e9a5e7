from django.urls import path

from .admin_views.searched import SearchedReportView

urlpatterns = [
    path("reports/searched/", SearchedReportView.as_view(), name="searched_report"),
    path("reports/searched/results/", SearchedReportView.as_view(results_only=True), name="searched_report_results"),
]
