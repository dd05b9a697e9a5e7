"""What the province shares with all: every agency chooses from it, and only the province changes it."""

import pytest
from django.urls import reverse

from core.models import File, Picture
from home.models import NewsIndexPage, NewsPage
from sites.enums import Role
from sites.models import Agency
from sites.services import open_portal
from tests.pictures import picture_file, text_file

pytestmark = pytest.mark.django_db
CHOOSING = (Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR)


@pytest.fixture
def picture(province):
    return Picture.objects.create(
        title="Quốc huy", alt_text="Quốc huy nước Việt Nam", file=picture_file(), collection=province.library
    )


@pytest.fixture
def file(province):
    file = text_file(NewsIndexPage.objects.get(url_path="/binhduong/tin-tuc/"))
    File.objects.filter(pk=file.pk).update(collection=province.library, title="Mẫu chung")
    return file


@pytest.fixture
def person_of(editor_of, approver_of, administrator_of):
    return dict(zip(CHOOSING, (editor_of, approver_of, administrator_of), strict=True))


@pytest.mark.parametrize("kind", ["department", "district"])
@pytest.mark.parametrize("role", CHOOSING)
def test_everybody_who_writes_chooses_from_it(role, kind, request, person_of, client_for, picture, file):
    agency = request.getfixturevalue(kind)
    client = client_for(agency, person_of[role](agency))
    library = picture.collection_id
    for query in ({}, {"q": "Quốc huy"}, {"collection_id": library}):
        assert "Quốc huy" in client.get(reverse("wagtailimages_chooser:choose"), query).json()["html"]
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[picture.pk])).status_code == 200
    assert "Mẫu chung" in client.get(reverse("wagtaildocs_chooser:choose"), {"collection_id": library}).json()["html"]
    assert client.get(reverse("wagtaildocs_chooser:chosen", args=[file.pk])).status_code == 200


@pytest.mark.parametrize("role", CHOOSING)
def test_a_page_of_an_agency_takes_its_pictures(role, person_of, client_for, department, picture):
    client = client_for(department, person_of[role](department))
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/")
    rows = {f"{rows}-{end}": 0 for rows in ("attachments", "related_documents", "comments") for end in _ENDS}
    form = {"title": "Bài", "slug": "bai", "summary": "Tóm tắt.", "body-count": 0, "lead_picture": picture.pk, **rows}
    answer = client.post(reverse("wagtailadmin_pages:add", args=["home", "newspage", section.pk]), form)
    assert answer.status_code == 302
    assert NewsPage.objects.get(slug="bai").lead_picture == picture


_ENDS = ("TOTAL_FORMS", "INITIAL_FORMS")


@pytest.mark.parametrize("role", CHOOSING)
def test_nobody_but_the_province_changes_it(role, person_of, client_for, department, picture, file):
    client = client_for(department, person_of[role](department))
    for name, key in (("wagtailimages:edit", picture.pk), ("wagtaildocs:edit", file.pk)):
        client.post(
            reverse(name, args=[key]), {"title": "Khác", "alt_text": "Khác", "collection": picture.collection_id}
        )
    for name, key in (("wagtailimages:delete", picture.pk), ("wagtaildocs:delete", file.pk)):
        client.post(reverse(name, args=[key]))
    for action in ("delete", "add_to_collection", "add_tags"):
        address = reverse("wagtail_bulk_action", args=["core", "picture", action])
        client.post(f"{address}?id={picture.pk}", {"collection": department.collection_id, "tags": "x"})
    client.post(
        reverse("wagtailimages:add"),
        {"title": "Thêm", "alt_text": "Thêm", "file": picture_file(), "collection": picture.collection_id},
    )
    picture.refresh_from_db()
    assert (picture.title, picture.collection_id, list(picture.tags.names())) == ("Quốc huy", picture.collection_id, [])
    assert File.objects.get(pk=file.pk).title == "Mẫu chung"
    # With one collection to add to, Wagtail asks for none and takes that.
    assert not Picture.objects.filter(title="Thêm", collection=picture.collection_id).exists()
    assert "Quốc huy" not in client.get(reverse("wagtailimages:index")).text


def test_the_province_changes_it(approver_of, client_for, province, picture):
    client = client_for(province, approver_of(province))
    form = {"title": "Quốc huy mới", "alt_text": "Quốc huy", "collection": picture.collection_id, "tags": ""}
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), form).status_code == 302
    picture.refresh_from_db()
    assert picture.title == "Quốc huy mới"


def test_pictures_beside_it_stay_the_provinces_own(editor_of, client_for, department, province):
    beside = Picture.objects.create(
        title="Nội bộ tỉnh", alt_text="Nội bộ", file=picture_file(), collection=province.collection
    )
    client = client_for(department, editor_of(department))
    assert "Nội bộ tỉnh" not in client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[beside.pk])).status_code == 404


def test_how_often_others_use_it_is_not_told(approver_of, client_for, province, department, picture):
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/")
    draft = NewsPage(title="Chưa ai biết", slug="bi-mat", summary="x", lead_picture=picture, live=False)
    section.add_child(instance=draft)
    client = client_for(province, approver_of(province))
    usage = reverse("wagtailimages:image_usage", args=[picture.pk])
    assert "Chưa ai biết" not in client.get(usage).text
    assert "newspage" not in client.get(usage).text.lower()
    assert "0 lần" in client.get(reverse("wagtailimages:edit", args=[picture.pk])).text
    draft.save_revision().publish()
    # What is public is no secret.
    assert "1 lần" in client.get(reverse("wagtailimages:edit", args=[picture.pk])).text


def test_agencies_opened_later_choose_too_and_opening_twice_makes_one(province, person_of, client_for, picture):
    library = province.library
    agency = open_portal(Agency.objects.get(code="syt"))
    open_portal(province)
    assert Agency.objects.get(pk=province.pk).library == library
    client = client_for(agency, person_of[Role.EDITOR](agency))
    assert "Quốc huy" in client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
