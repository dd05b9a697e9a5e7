from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from core.fields import CharField


class Picture(AbstractImage):
    """A picture in an agency's collection; the alternative text is required (WCAG 2.2, 1.1.1)."""

    alt_text = CharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the picture shows, in one sentence, for those who cannot see it."),
    )
    credit = CharField(_("photographer or source"), max_length=120, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*AbstractImage.search_fields, index.SearchField("alt_text")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self):
        return self.alt_text


class PictureRendition(AbstractRendition):
    """A size of a picture, stored under the picture's number so that its address tells whose it is."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_and_size",
            )
        ]

    def get_upload_to(self, filename):
        # Renditions of one picture stand together and can be checked by one look-up of the picture.
        return f"renditions/{self.image_id}/{self.file.field.storage.get_valid_name(filename)[-80:]}"
