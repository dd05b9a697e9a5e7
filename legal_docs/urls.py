"""Public addresses of documents, below the address words of the section that shows them."""

from django.urls import path

from .views.document import DocumentView

urlpatterns = [path("van-ban/<slug:slug>/", DocumentView.as_view(), name="legal_document")]
