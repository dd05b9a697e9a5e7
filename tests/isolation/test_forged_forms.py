"""A form that names another agency's picture, file or page is refused before anything of it is shown."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page

from core.models import Picture
from home.models import NewsIndexPage, NewsPage
from sites.enums import Role
from sites.models import Official

from .world import furnish

pytestmark = pytest.mark.django_db
NO_ROWS = {
    f"{rows}-{end}": 0
    for rows in ("attachments", "related_documents", "comments")
    for end in ("TOTAL_FORMS", "INITIAL_FORMS")
}
HUGE = "9" * 400


@pytest.fixture
def theirs(district):
    return furnish(district)


@pytest.fixture
def own(department):
    return furnish(department)


def rich(html):
    """What the editor of rich text sends for a paragraph with one link."""
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": html}
    block = {"key": "a", "text": "ở đây", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {}}
    ranges = [{"offset": 0, "length": 5, "key": 0}]
    return json.dumps({"blocks": [{**block, "entityRanges": ranges}], "entityMap": {"0": entity}})


def block(kind, value):
    return {"body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": kind, **value}


def forms(keys):
    """Name one object in each place of an article that can name one."""
    page, picture, file = (keys[label] for label in ("wagtailcore.Page", "core.Picture", "core.File"))
    return {
        "lead picture": {"lead_picture": picture},
        "picture in a block": block(
            "picture", {"body-0-value-picture": picture, "body-0-value-caption": "x"}
        ),
        "file in a list in a block": block(
            "files",
            {
                "body-0-value-heading": "x", "body-0-value-files-count": 1, "body-0-value-files-0-deleted": "",
                "body-0-value-files-0-order": 0, "body-0-value-files-0-value": file,
            },
        ),
        "link to a page": block("text", {"body-0-value": rich({"id": page, "parentId": 1})}),
        "link to a file": block("text", {"body-0-value": json.dumps(_document_link(file))}),
        "row of an inline panel": {
            "attachments-TOTAL_FORMS": 1, "attachments-0-file": file, "attachments-0-title": "",
            "attachments-0-id": "", "attachments-0-ORDER": 1, "attachments-0-DELETE": "",
        },
    }  # fmt: skip


def _document_link(file):
    state = json.loads(rich({"id": file}))
    state["entityMap"]["0"]["type"] = "DOCUMENT"
    return state


PLACES = tuple(forms({"wagtailcore.Page": 1, "core.Picture": 1, "core.File": 1}))


def article(**fields):
    return {"title": "Bài mới", "slug": "bai-moi", "summary": "Tóm tắt.", "body-count": 0, **NO_ROWS, **fields}


def is_refused(answer, theirs):
    text = answer.text.lower() if hasattr(answer, "text") else ""
    return answer.status_code in {200, 400} and theirs.mark not in text and not NewsPage.objects.filter(slug="bai-moi")


@pytest.fixture
def new_article(own, client_for, department):
    client = client_for(department, own.people[Role.EDITOR])
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/")
    address = reverse("wagtailadmin_pages:add", args=["home", "newspage", section.pk])
    return lambda form: client.post(address, article(**form))


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_page_takes_what_belongs_to_others(place, new_article, own, theirs):
    keys = {label: theirs.one(label) for label in ("wagtailcore.Page", "core.Picture", "core.File")}
    answer = new_article(forms(keys)[place])
    assert answer.status_code == 400
    assert is_refused(answer, theirs)
    mine = {label: own.one(label) for label in keys}
    # The same form with own things is taken: it was the owner that was wrong, not the form.
    assert new_article(forms(mine)[place]).status_code == 302
    assert NewsPage.objects.filter(slug="bai-moi").exists()


@pytest.mark.parametrize("key", ["987654321", "không phải số", "-1", HUGE, "1e3", "1;2"])
@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_a_page_fails_on_what_is_no_object(place, key, new_article, theirs):
    answer = new_article(forms(dict.fromkeys(("wagtailcore.Page", "core.Picture", "core.File"), key))[place])
    # A link in a text may lead nowhere; it is shown as no link.
    assert answer.status_code in {200, 302, 400}
    assert theirs.mark not in getattr(answer, "text", "").lower()


@pytest.mark.parametrize("place", PLACES)
def test_preview_takes_nothing_of_others_either(place, own, theirs, client_for, department):
    client = client_for(department, own.people[Role.EDITOR])
    page = own.pages["bản nháp"]
    page.current_workflow_state.cancel(user=own.people[Role.EDITOR])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    keys = {label: theirs.one(label) for label in ("wagtailcore.Page", "core.Picture", "core.File")}
    assert client.post(address, article(**forms(keys)[place])).status_code in {200, 400}
    shown = client.get(address)
    assert shown.status_code in {200, 400}
    assert theirs.mark not in shown.text.lower()


def test_settings_and_officials_take_no_picture_of_others(own, theirs, client_for, department):
    client = client_for(department, own.people[Role.ADMINISTRATOR])
    picture = theirs.one("core.Picture")
    settings = reverse("wagtailsettings:edit", args=["agency_sites", "portalsettings", department.site_id])
    official = {"agency": department.pk, "full_name": "Người Mới", "job_title": "Phó", "position": 0}
    for address, form in (
        (settings, {"primary_colour": "#9c1c1f", "accent_colour": "#1a4480", "banner": picture}),
        (reverse("officials:add"), {**official, "portrait": picture}),
        (reverse("officials:edit", args=[own.one("agency_sites.Official")]), {**official, "portrait": picture}),
    ):
        answer = client.post(address, form)
        assert answer.status_code == 400
        assert theirs.mark not in answer.text.lower()
    assert not Official.objects.filter(portrait=picture).exists()


def test_what_a_page_names_already_stays_when_it_is_saved(own, theirs, client_for, department, operator):
    # Given by the province, or from the time when the picture was shared.
    page = own.pages["riêng"]
    page.lead_picture = Picture.objects.get(pk=theirs.one("core.Picture"))
    page.save_revision()
    client = client_for(department, own.people[Role.EDITOR])
    form = article(title="Vẫn lưu", slug=page.slug, lead_picture=page.lead_picture_id)
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302


@pytest.mark.parametrize("key", [987654321, int(HUGE)])
@pytest.mark.parametrize(
    "name", ["wagtailadmin_pages:edit", "wagtailimages:edit", "wagtaildocs:edit", "wagtailadmin_pages:delete"]
)
def test_absent_things_are_404(name, key, own, client_for, department):
    client = client_for(department, own.people[Role.EDITOR])
    for answer in (client.get(reverse(name, args=[key])), client.post(reverse(name, args=[key]))):
        assert answer.status_code == 404


def test_redirects_of_others_do_not_exist(own, theirs, client_for, department):
    client = client_for(department, own.people[Role.ADMINISTRATOR])
    key = theirs.one("wagtailredirects.Redirect")
    for name in ("edit", "delete"):
        address = reverse(f"wagtailredirects:{name}", args=[key])
        assert client.get(address).status_code == 404
        assert client.post(address, {"old_path": "/x"}).status_code == 404
    new = {
        "old_path": "/moi",
        "site": theirs.agency.site_id,
        "is_permanent": "on",
        "redirect_link": "https://example.vn/y",
    }
    assert client.post(reverse("wagtailredirects:add"), new).status_code == 400
    mine = {**new, "site": department.site_id}
    answer = client.post(reverse("wagtailredirects:add"), mine)
    assert answer.status_code == 302, answer.context["form"].errors
    page = {**mine, "old_path": "/toi-trang", "redirect_page": theirs.one("wagtailcore.Page"), "redirect_link": ""}
    assert client.post(reverse("wagtailredirects:add"), page).status_code == 400


@pytest.mark.parametrize("change", ["closed", "removed", "left"])
def test_session_of_a_person_who_is_gone_opens_nothing(change, own, client_for, department):
    person = own.people[Role.EDITOR]
    client = client_for(department, person)
    page = reverse("wagtailadmin_pages:edit", args=[own.pages["riêng"].pk])
    assert client.get(page).status_code == 200
    if change == "closed":
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    elif change == "removed":
        Page.objects.filter(owner=person).update(owner=None)
        person.delete()
    else:
        person.groups.clear()
    for answer in (client.get(page), client.post(page, article())):
        assert answer.status_code in {302, 403, 404}
        assert own.mark not in getattr(answer, "text", "").lower()
