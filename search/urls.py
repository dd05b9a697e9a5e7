from django.urls import path

from . import following_views, views

urlpatterns = [
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y/", views.suggest, name="search_suggestions"),
    path("tim-kiem/rss/", views.feed, {"form": "rss"}, name="search_rss"),
    path("tim-kiem/atom/", views.feed, {"form": "atom"}, name="search_atom"),
    path("tim-kiem/csv/", views.table, {"form": "csv"}, name="search_csv"),
    path("tim-kiem/xlsx/", views.table, {"form": "xlsx"}, name="search_xlsx"),
    path("tim-kiem/theo-doi/", following_views.follow, name="search_follow"),
    path("tim-kiem/theo-doi/xac-nhan/<str:token>/", following_views.confirm, name="search_confirm"),
    path("tim-kiem/theo-doi/cua-toi/<str:token>/", following_views.followed, name="search_followed"),
    path("tim-kiem/theo-doi/thoi/<str:token>/", following_views.stop, name="search_stop"),
    path("tim-kiem/opensearch.xml", views.description, name="search_description"),
]
