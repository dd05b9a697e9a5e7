"""The forms by which pictures and files come in through the admin."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from .file_checks import check_file
from .picture_checks import check_picture


class PictureField(WagtailImageField):
    """Checks the bytes before Wagtail opens them: a damaged GIF is a server error there."""

    def to_python(self, data):
        if data:
            check_picture(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail names the field's class itself; some of its forms leave the file out.
        field = self.fields.get("file")
        if field:
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)


class FileForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_file(file)
        return file
