"""The admin's own interface for pictures and files, and the words it suggests."""

from django.http import JsonResponse
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from sites.own_choices import TAGS_OFFERED, own_tags
from sites.sight import seen_by


class OwnImagesAPIViewSet(ImagesAdminAPIViewSet):
    def get_queryset(self):
        return seen_by(self.request.user, super().get_queryset())


class OwnDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self):
        return seen_by(self.request.user, super().get_queryset())


def suggest_tags(request, app_name=None, model_name=None):
    """Suggest the tags that begin with a term and that pictures or files in sight carry."""
    term = request.GET.get("term", "")
    if not term:
        return JsonResponse([], safe=False)
    tags = own_tags(request.user, get_image_model(), get_document_model()).filter(name__istartswith=term)
    return JsonResponse(sorted(tag.name for tag in tags[:TAGS_OFFERED]), safe=False)
