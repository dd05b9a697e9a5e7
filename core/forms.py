"""The forms by which pictures and files come in through the admin."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .file_checks import check_file
from .picture_checks import check_picture


class PictureForm(BaseImageForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_picture(file)
        return file


class FileForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_file(file)
        return file
