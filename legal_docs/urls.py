"""Public addresses of documents, below the address words of the section that shows them."""

from django.urls import path

from .api import api
from .views import exports
from .views.document import DocumentView

urlpatterns = [
    path("api/v1/", api.urls),
    path("van-ban/<slug:slug>/", DocumentView.as_view(), name="legal_document"),
    path("van-ban/<slug:slug>/akn.xml", exports.akoma_ntoso, name="legal_document_akn"),
    path("van-ban/<slug:slug>/json-ld.json", exports.linked_data, name="legal_document_json_ld"),
    path("van-ban/<slug:slug>/toan-van.txt", exports.text, name="legal_document_text"),
    path("van-ban/<slug:slug>/tep/<int:pk>/<path:name>", exports.attached_file, name="legal_document_file"),
]
