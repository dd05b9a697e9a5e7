"""Public addresses of what a portal says of its agency."""

from django.urls import path

from .views import show_organisation

urlpatterns = [path("co-cau-to-chuc/", show_organisation, name="organisation")]
