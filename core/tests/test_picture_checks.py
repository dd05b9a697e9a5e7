"""What may become a picture, judged at the check itself and at the admin's door."""

import struct
import tracemalloc
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from core.models import Picture
from core.picture_checks import FORMATS, check_picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def picture(kind="JPEG", size=(40, 30), **options):
    buffer = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()


def png_claiming(width, height):
    """A PNG of a few bytes whose header promises any number of pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


def multi_picture():
    buffer = BytesIO()
    Image.new("RGB", (20, 20)).save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), "red")])
    return buffer.getvalue()


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "MPO"])
def test_each_format_is_accepted_under_each_of_its_names(kind):
    for ending in FORMATS[kind]:
        assert check_picture(BytesIO(picture(kind)), f"anh{ending.upper()}") == kind


def test_picture_of_a_camera_that_holds_two_is_accepted():
    assert check_picture(BytesIO(multi_picture()), "anh.jpg") == "MPO"


def test_animation_and_progressive_picture_are_accepted():
    buffer = BytesIO()
    frames = [Image.new("P", (20, 20), colour) for colour in (1, 2, 3)]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert check_picture(buffer, "anh.gif") == "GIF"
    assert check_picture(BytesIO(picture(progressive=True)), "anh.jpg") == "JPEG"
    assert check_picture(BytesIO(picture("PNG", optimize=True)), "anh.png") == "PNG"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (png_claiming(30_000, 30_000), "anh.png", "too_many_pixels"),
        (png_claiming(6_000, 5_000), "anh.png", "too_many_pixels"),
        (SVG, "anh.svg", "markup"),
        (SVG, "anh.png", "markup"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>" + SVG, "anh.jpg", "markup"),
        (b"<!--" + b" " * 600 + b"-->" + SVG, "anh.jpg", "not_a_picture"),
        (HTML, "anh.jpg", "markup"),
        # A polyglot: a true GIF that a browser could be talked into reading as a page.
        (b"GIF89a" + HTML, "anh.gif", "markup"),
        (picture(size=(400, 300))[:-400], "anh.jpg", "not_a_picture"),
        (picture("PNG", size=(400, 300))[:-40], "anh.png", "not_a_picture"),
        (picture("GIF", size=(400, 300))[:-400], "anh.gif", "not_a_picture"),
        (picture("WEBP", size=(400, 300))[:-400], "anh.webp", "not_a_picture"),
        (picture("AVIF", size=(400, 300))[:-400], "anh.avif", "not_a_picture"),
        (picture("PNG"), "anh.jpg", "wrong_name"),
        (picture(), "anh.html", "wrong_name"),
        (picture(), "", "wrong_name"),
        (picture("BMP"), "anh.bmp", "not_a_picture"),
        (picture("TIFF"), "anh.jpg", "not_a_picture"),
        (b"%PDF-1.4", "anh.jpg", "not_a_picture"),
        (b"", "anh.jpg", "not_a_picture"),
    ],
)
def test_what_is_refused_is_told_why(content, name, code):
    file = BytesIO(content)
    with pytest.raises(ValidationError) as caught:
        check_picture(file, name)
    assert caught.value.code == code
    assert caught.value.messages[0]
    assert file.tell() == 0


def test_pixels_are_counted_before_anything_is_decoded():
    tracemalloc.start()
    with pytest.raises(ValidationError):
        check_picture(BytesIO(png_claiming(30_000, 30_000)), "anh.png")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "AVIF"]),
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 255)), min_size=1, max_size=12),
)
@hypothesis_settings(max_examples=200, deadline=None)
def test_no_damage_is_more_than_a_refusal(kind, changes):
    content = bytearray(picture(kind))
    for position, value in changes:
        content[position % len(content)] = value
    with suppress(ValidationError):
        check_picture(BytesIO(bytes(content)), f"anh{min(FORMATS[kind])}")


# At the door


@pytest.fixture
def upload(department, editor_of, client_for):
    """Upload a picture in the admin as an editor of the department."""
    client = client_for(department, editor_of(department))

    def post(content, name, content_type="image/jpeg"):
        data = {
            "title": "Hình",
            "alt_text": "Hội trường của Sở",
            "collection": department.collection.pk,
            "file": SimpleUploadedFile(name, content, content_type),
        }
        return client.post(reverse("wagtailimages:add"), data)

    return post


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_editor_uploads_a_picture(upload, department, kind):
    answer = upload(picture(kind), f"anh{min(FORMATS[kind])}")
    assert answer.status_code == 302
    assert Picture.objects.get().collection == department.collection


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SVG, "anh.svg"),
        (SVG, "anh.png"),
        (HTML, "anh.jpg"),
        (png_claiming(30_000, 30_000), "anh.png"),
        (png_claiming(6_000, 5_000), "anh.png"),
        (picture(size=(400, 300))[:-400], "anh.jpg"),
        (b"GIF89a" + HTML, "anh.gif"),
    ],
)
def test_editor_is_told_why_a_picture_is_refused(upload, content, name):
    answer = upload(content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Picture.objects.exists()


def test_picture_needs_its_alternative_text(department, editor_of, client_for):
    client = client_for(department, editor_of(department))
    data = {"title": "Hình", "collection": department.collection.pk, "file": SimpleUploadedFile("a.jpg", picture())}
    answer = client.post(reverse("wagtailimages:add"), data)
    assert "alt_text" in answer.context["form"].errors
