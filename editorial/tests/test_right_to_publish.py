"""Wagtail's right to publish is held by nobody, given by no screen and no command, and of no use if it were."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from home.models import NewsPage
from sites.enums import Role
from sites.models import AgencyGroup

from .factories import draft_of

pytestmark = pytest.mark.django_db
WAGTAILS_GROUPS = ("Moderators", "Editors")


@pytest.fixture
def right():
    return Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")


def holders():
    return set(GroupPagePermission.objects.filter(permission__codename="publish_page").values_list("group__name"))


def forged(right, page, **fields):
    """What Wagtail's own form of a group sends to give a right to a page."""
    rows = {f"page_permissions-{name}": value for name, value in (
        ("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0), ("MIN_NUM_FORMS", 0), ("MAX_NUM_FORMS", 1000),
        ("0-page", page.pk), ("0-permissions", [right.pk]), ("0-permission_types", ["publish_page", right.pk]),
    )}  # fmt: skip
    return {"permissions": [right.pk], "page": page.pk, **rows, **fields}


def test_nobody_holds_it_after_the_migrations_and_opening(department, right):
    assert set(Group.objects.filter(name__in=WAGTAILS_GROUPS).values_list("name", flat=True)) == set(WAGTAILS_GROUPS)
    call_command("open_portal", "syt", verbosity=0)
    assert holders() == set()
    assert not Group.objects.filter(permissions=right).exists()


def test_opening_again_takes_away_what_was_given_by_hand(department, right):
    for entry in AgencyGroup.objects.filter(agency=department):
        GroupPagePermission.objects.create(group=entry.group, page=department.site.root_page, permission=right)
    call_command("open_portal", "--all", verbosity=0)
    assert holders() == set()


@pytest.mark.parametrize("who", ["operator", "provincial administrator", "administrator"])
def test_no_screen_of_groups_gives_it(who, department, province, right, operator, administrator_of, client_for):
    user = operator if who == "operator" else administrator_of(department)
    if who == "provincial administrator":
        user.groups.set([province.groups.get(role=Role.PROVINCIAL_ADMINISTRATOR, name="").group])
    client = client_for(department, user)
    name = {"name": "Tổ tin tức", "role": Role.EDITOR, "agency": department.pk}
    add = f"{reverse('wagtailusers_groups:add')}?agency={department.pk}"
    client.post(add, name)
    named = AgencyGroup.objects.named().get()
    groups = [named.group, *Group.objects.filter(name__in=WAGTAILS_GROUPS)]
    groups.append(AgencyGroup.objects.fixed().get(agency=department, role=Role.APPROVER).group)
    forms = [(reverse("wagtailusers_groups:edit", args=[group.pk]), group.name) for group in groups]
    for address, label in [*forms, (add, "Tổ hai")]:
        for page in (department.site.root_page, Page.get_first_root_node()):
            answer = client.post(address, forged(right, page, **{**name, "name": label}))
            assert answer.status_code in (200, 302, 400, 403, 404), address
            assert holders() == set(), address
            assert not Group.objects.filter(permissions=right).exists(), address


def test_it_is_of_no_use_to_whoever_was_given_it_on_the_server(department, right, editor_of, client_for):
    editor = editor_of(department)
    draft = draft_of(department, editor)
    group = Group.objects.get(name="Moderators")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=right)
    editor.groups.add(group)
    client = client_for(department, editor)
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/", {"include_descendants": "1"})
    client.post(f"/admin/pages/{draft.pk}/edit/", {"title": "Đổi", "slug": "doi", "action-publish": "1"})
    assert not NewsPage.objects.filter(live=True).exists()
    assert not draft.permissions_for_user(editor).can_publish()
