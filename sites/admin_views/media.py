"""Lists and choosers of pictures and files, which offer the tags of what is in sight alone."""

from wagtail.documents.views.documents import IndexView as FilesView
from wagtail.images import get_image_model
from wagtail.images.views.chooser import ImageChooserViewSet, ImageChooseView
from wagtail.images.views.images import IndexView as PicturesView

from sites.own_choices import TAGS_OFFERED, FilesFilterSet, PicturesFilterSet, own_tags


class OwnPicturesView(PicturesView):
    filterset_class = PicturesFilterSet


class OwnFilesView(FilesView):
    filterset_class = FilesFilterSet


class OwnImageChooseView(ImageChooseView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["popular_tags"] = own_tags(self.request.user, self.model)[:TAGS_OFFERED]
        return context


class OwnImageChooserViewSet(ImageChooserViewSet):
    """Makes the one view that differs; the others stay at their addresses."""

    choose_view_class = OwnImageChooseView


choose_picture = OwnImageChooserViewSet("wagtailimages_chooser", model=get_image_model()).choose_view
