"""Who is at work on the same page is known; a name of another agency is not."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from home.models import NewsIndexPage, NewsPage
from sites.enums import Role

pytestmark = pytest.mark.django_db
NAME = "Trần Thị Tỉnh"


@pytest.fixture
def page(department):
    section = NewsIndexPage.objects.get(url_path=f"/{department.code}/tin-tuc/")
    page = section.add_child(instance=NewsPage(title="Bài", slug="bai", summary="Tóm tắt.", live=False))
    page.save_revision()
    return page


@pytest.fixture
def provincial(province, django_user_model):
    person = django_user_model.objects.create_user(username="tran.thi.tinh", full_name=NAME)
    person.groups.add(province.groups.get(role=Role.PROVINCIAL_ADMINISTRATOR).group)
    return person


def at_work(person, page, *, is_editing=True):
    return EditingSession.objects.create(
        user=person,
        content_type=page.get_base_content_type(),
        object_id=page.pk,
        is_editing=is_editing,
        last_seen_at=timezone.now(),
    )


def ping(client, page, **form):
    address = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, 1])
    answer = client.post(address, form)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("is_editing", [True, False])
def test_colleague_is_warned_by_name(is_editing, page, department, client_for, editor_of, approver_of):
    colleague = approver_of(department)
    at_work(colleague, page, is_editing=is_editing)
    told = ping(client_for(department, editor_of(department)), page)
    assert [entry["user"] for entry in told["other_sessions"]] == [colleague.full_name]
    assert colleague.full_name in told["html"]


@pytest.mark.parametrize("is_editing", [True, False])
def test_editor_is_warned_of_the_province_without_a_name(
    is_editing, page, department, client_for, editor_of, provincial
):
    at_work(provincial, page, is_editing=is_editing)
    told = ping(client_for(department, editor_of(department)), page)
    entry = told["other_sessions"][0]
    assert entry["user"] == "Quản trị viên của tỉnh"
    assert entry["is_editing"] is is_editing
    assert "Quản trị viên của tỉnh" in told["html"]
    assert NAME not in str(told)
    assert provincial.username not in str(told)


def test_editor_is_warned_of_a_version_that_the_province_saved(page, department, client_for, editor_of, provincial):
    opened = page.latest_revision_id
    page.save_revision(user=provincial)
    told = ping(client_for(department, editor_of(department)), page, revision_id=opened)
    assert told["other_sessions"][0]["revision_id"] == page.latest_revision_id
    assert "Quản trị viên của tỉnh" in told["html"]
    assert NAME not in str(told)


def test_who_has_left_for_another_agency_has_no_name(page, department, district, client_for, editor_of):
    former = editor_of(department)
    at_work(former, page)
    former.groups.set([district.groups.get(role=Role.EDITOR, name="").group])
    told = ping(client_for(department, editor_of(department)), page)
    assert told["other_sessions"][0]["user"] == "Người của cơ quan khác"


def test_province_knows_everybody_by_name(page, department, client_for, editor_of, provincial, province):
    editor = editor_of(department)
    at_work(editor, page)
    told = ping(client_for(province, provincial), page)
    assert [entry["user"] for entry in told["other_sessions"]] == [editor.full_name]


def test_alone_nobody_is_named(page, department, client_for, editor_of):
    assert ping(client_for(department, editor_of(department)), page)["other_sessions"] == []


def test_warning_costs_as_many_queries_for_ten_as_for_one(
    page, department, client_for, editor_of, django_assert_max_num_queries
):
    client = client_for(department, editor_of(department))
    for _number in range(10):
        at_work(editor_of(department), page)
    with django_assert_max_num_queries(24):
        assert len(ping(client, page)["other_sessions"]) == 10
