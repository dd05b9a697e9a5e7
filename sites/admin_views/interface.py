"""The admin's own interface for pictures and files, and the words it suggests."""

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from taggit.models import Tag, TaggedItem
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from sites.sight import seen_by

SUGGESTIONS = 10


class OwnImagesAPIViewSet(ImagesAdminAPIViewSet):
    def get_queryset(self):
        return seen_by(self.request.user, super().get_queryset())


class OwnDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self):
        return seen_by(self.request.user, super().get_queryset())


def suggest_tags(request, app_name=None, model_name=None):
    """Suggest the tags that begin with a term and that pictures or files in sight carry."""
    term = request.GET.get("term", "")
    names = set()
    if term:
        for model in (get_image_model(), get_document_model()):
            things = seen_by(request.user, model.objects.all()).values("pk")
            items = TaggedItem.objects.filter(
                content_type=ContentType.objects.get_for_model(model), object_id__in=things
            )
            tags = Tag.objects.filter(name__istartswith=term, pk__in=items.values("tag"))
            names.update(tags.order_by("name").values_list("name", flat=True)[:SUGGESTIONS])
    return JsonResponse(sorted(names)[:SUGGESTIONS], safe=False)
