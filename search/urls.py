from django.urls import path

from . import views

urlpatterns = [
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y/", views.suggest, name="search_suggestions"),
    path("tim-kiem/rss/", views.feed, {"form": "rss"}, name="search_rss"),
    path("tim-kiem/atom/", views.feed, {"form": "atom"}, name="search_atom"),
    path("tim-kiem/csv/", views.table, {"form": "csv"}, name="search_csv"),
    path("tim-kiem/xlsx/", views.table, {"form": "xlsx"}, name="search_xlsx"),
    path("tim-kiem/opensearch.xml", views.description, name="search_description"),
]
