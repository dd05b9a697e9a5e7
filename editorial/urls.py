"""Public addresses of editorial work: the link of an outside reviewer."""

from django.urls import path

from .views.review import ReviewView

urlpatterns = [path("xem-truoc/<str:token>/", ReviewView.as_view(), name="review")]
