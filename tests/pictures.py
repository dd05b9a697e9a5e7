"""Small real pictures and files for tests."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from core.models import File


def picture_file(name="hinh.jpg", size=(1600, 1000), kind="JPEG", colour="#3a6ea5"):
    """Return a picture as it would be uploaded."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return ContentFile(buffer.getvalue(), name=name)


def text_file(section, name="danh-sach.csv"):
    """Store a file for download in the collection of the portal that a section belongs to."""
    collection = section.get_site().agency.collection
    return File.objects.create(title="Danh sách", file=ContentFile(b"stt,ten\n1,a\n", name=name), collection=collection)
