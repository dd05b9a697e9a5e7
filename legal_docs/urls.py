"""Public addresses of documents, below the address words of the section that shows them or of a reviewer's link."""

from django.urls import path

from .api import api
from .views import exports
from .views.citing import show_citing, show_relations
from .views.comparison import compare_documents
from .views.document import show_document
from .views.lists import document_list
from .views.review import file_in_review

urlpatterns = [
    path("api/v1/", api.urls),
    path("van-ban/", document_list, name="legal_documents"),
    path("van-ban/rss/", document_list, {"form": "rss"}, name="legal_documents_rss"),
    path("van-ban/atom/", document_list, {"form": "atom"}, name="legal_documents_atom"),
    path("van-ban/csv/", document_list, {"form": "csv"}, name="legal_documents_csv"),
    path("van-ban/xlsx/", document_list, {"form": "xlsx"}, name="legal_documents_xlsx"),
    path("van-ban/<slug:slug>/", show_document, name="legal_document"),
    path("van-ban/<slug:slug>/in/", show_document, {"is_print_view": True}, name="legal_document_print"),
    path("van-ban/<slug:slug>/duoc-dan-chieu/", show_citing, name="legal_document_citing"),
    path("van-ban/<slug:slug>/luoc-do/", show_relations, name="legal_document_relations"),
    path("van-ban/<slug:slug>/so-sanh/", compare_documents, name="legal_document_versions"),
    path("van-ban/<slug:slug>/so-sanh/<slug:other>/", compare_documents, name="legal_document_comparison"),
    path("van-ban/<slug:slug>/akn.xml", exports.akoma_ntoso, name="legal_document_akn"),
    path("van-ban/<slug:slug>/json-ld.json", exports.linked_data, name="legal_document_json_ld"),
    path("van-ban/<slug:slug>/toan-van.txt", exports.text, name="legal_document_text"),
    path("van-ban/<slug:slug>/tep/<int:pk>/<path:name>", exports.attached_file, name="legal_document_file"),
    path("xem-truoc/<str:token>/tep/<slug:sha256>/", file_in_review, name="legal_document_file_in_review"),
]
