"""Who gets a picture or a file: the public what something public shows, editors what is theirs, others nothing."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from core.models import File, Picture
from core.renditions import make_missing
from home.models import NewsAttachment, NewsPage
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(department):
    """A picture of the department in all its sizes."""
    stored = Picture.objects.create(
        title="Hình", alt_text="Hội trường", file=picture_file(size=(320, 200)), collection=department.collection
    )
    make_missing(stored)
    return stored


@pytest.fixture
def document(department):
    """A file of the department."""
    file = ContentFile(b"%PDF-1.4 ", name="kế hoạch.pdf")
    return File.objects.create(title="Kế hoạch", file=file, collection=department.collection)


@pytest.fixture
def article(department):
    """Write an article of the department: article(live=False, lead_picture=picture)."""

    def write(**fields):
        section = Page.objects.get(url_path=f"/{department.code}/tin-tuc/")
        return section.add_child(instance=NewsPage(title="Tin", summary="Tóm tắt.", **fields))

    return write


def size_of(picture):
    return picture.renditions.first().file.url


@pytest.fixture
def statuses(department, district, client_for, editor_of):
    """What the public, an editor of the department and one of another agency get at an address."""
    public = client_for(department)
    own, other = editor_of(department), editor_of(district)

    def ask(url):
        clients = (public, client_for(department, own), client_for(department, other))
        return tuple(client.get(url).status_code for client in clients)

    return ask


def test_picture_of_a_live_page_is_public(picture, article, client_for, department):
    article(live=True, lead_picture=picture)
    answer = client_for(department).get(size_of(picture))
    assert answer.status_code == 200
    assert answer["Content-Type"] in {"image/avif", "image/webp", "image/jpeg"}
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies


def test_picture_that_nothing_shows_is_not_public(picture, statuses):
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_of_a_draft_is_not_public(picture, article, statuses):
    article(live=False, lead_picture=picture)
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_of_a_live_pages_draft_is_not_public(picture, article, statuses):
    page = article(live=True)
    page.lead_picture = picture
    page.save_revision()
    assert statuses(size_of(picture)) == (404, 200, 404)
    page.get_latest_revision().publish()
    assert statuses(size_of(picture)) == (200, 200, 200)


def test_picture_in_the_body_is_public(picture, article, statuses):
    article(live=True, body=[("picture", {"picture": picture, "caption": ""})])
    assert statuses(size_of(picture))[0] == 200


def test_withdrawn_picture_is_gone(picture, article, statuses):
    page = article(live=True, lead_picture=picture)
    page.unpublish()
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_of_a_deleted_page_is_gone(picture, article, statuses):
    article(live=True, lead_picture=picture).delete()
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_that_was_taken_out_is_gone(picture, article, statuses):
    page = article(live=True, lead_picture=picture)
    page.lead_picture = None
    page.save_revision().publish()
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_of_a_private_section_is_not_public(picture, article, statuses):
    page = article(live=True, lead_picture=picture)
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_picture_of_a_private_collection_is_not_public(picture, article, statuses):
    article(live=True, lead_picture=picture)
    CollectionViewRestriction.objects.create(collection=picture.collection, restriction_type="login")
    assert statuses(size_of(picture)) == (404, 200, 404)


def test_original_is_never_public(picture, article, statuses):
    article(live=True, lead_picture=picture)
    assert statuses(f"/media/{picture.file.name}") == (404, 200, 404)


def test_what_only_editors_may_see_is_never_cached(picture, department, editor_of, client_for):
    answer = client_for(department, editor_of(department)).get(size_of(picture))
    assert answer["Cache-Control"] == "private, no-store"


def test_no_way_leads_around_the_check(picture, department, document, article, client_for):
    secret = Picture.objects.create(
        title="Mật", alt_text="Mật", file=picture_file("mat.jpg", size=(320, 200)), collection=department.collection
    )
    make_missing(secret)
    article(live=True, lead_picture=picture)
    client = client_for(department)
    inside = f"renditions/{picture.pk}"
    hidden = secret.renditions.first().file.name.removeprefix("renditions/")
    for path in (
        f"{inside}/../../{secret.file.name}",
        f"{inside}/../{hidden}",
        f"{inside}/%2e%2e/{hidden}",
        f"{inside}/..%2f{hidden}",
        f"{inside}//../../{document.file.name}",
        f"{inside}/../../../../../etc/passwd",
        f"{inside}/..\\..\\{secret.file.name}",
        f"{inside}/",
        inside,
        "../settings.py",
        "/etc/passwd",
        document.file.name,
        "renditions/abc/x.jpg",
        f"renditions/{'9' * 30}/x.jpg",
        f"renditions/{picture.pk}/khong-co.jpg",
        "",
    ):
        assert client.get(f"/media/{path}").status_code == 404, path


def test_pictures_are_only_read(picture, article, department, client_for):
    article(live=True, lead_picture=picture)
    assert client_for(department).post(size_of(picture)).status_code == 400


def test_web_server_hands_out_what_was_allowed(picture, article, department, client_for, settings):
    settings.MEDIA_ACCEL_PREFIX = "/_media/"
    article(live=True, lead_picture=picture)
    answer = client_for(department).get(size_of(picture))
    assert answer["X-Accel-Redirect"] == "/_media/" + picture.renditions.first().file.name
    assert answer.content == b""


# Files


def attach(page, document):
    page.attachments.add(NewsAttachment(file=document))
    page.save_revision().publish()


def test_attached_file_is_a_download(document, article, department, client_for):
    attach(article(live=True), document)
    answer = client_for(department).get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_file_that_nothing_shows_is_not_public(document, statuses):
    assert statuses(document.url) == (404, 200, 404)


def test_file_of_a_withdrawn_page_is_gone(document, article, statuses):
    page = article(live=True)
    attach(page, document)
    assert statuses(document.url) == (200, 200, 200)
    NewsPage.objects.get(pk=page.pk).unpublish()
    assert statuses(document.url) == (404, 200, 404)


def test_file_of_a_draft_is_not_public(document, article, statuses):
    page = article(live=True)
    page.attachments.add(NewsAttachment(file=document))
    page.save_revision()
    assert statuses(document.url) == (404, 200, 404)


def test_file_linked_in_a_text_is_public(document, article, statuses):
    article(live=True, body=[("text", f'<p><a linktype="document" id="{document.pk}">Kế hoạch</a></p>')])
    assert statuses(document.url)[0] == 200


def test_file_of_a_private_collection_is_not_public(document, article, statuses):
    attach(article(live=True), document)
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password="mat-khau"
    )
    assert statuses(document.url) == (404, 200, 404)


def test_file_is_never_handed_out_by_its_path(document, article, statuses):
    attach(article(live=True), document)
    assert statuses(f"/media/{document.file.name}") == (404, 404, 404)


def test_address_of_a_file_names_it_fully(document, article, department, client_for):
    attach(article(live=True), document)
    client = client_for(department)
    for address in (f"/documents/{document.pk}/khac.pdf", f"/documents/{'9' * 40}/a.pdf", "/documents/0/a.pdf"):
        assert client.get(address).status_code == 404


def test_ending_that_is_not_ours_is_no_page(document, article, department, client_for):
    # Such a file can only have come in past the form.
    document.file.save("trang.html", ContentFile(b"<script>alert(1)</script>"))
    attach(article(live=True), document)
    answer = client_for(department).get(document.url)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
