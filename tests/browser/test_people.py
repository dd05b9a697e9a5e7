"""The screens of people in a browser: an administrator helps somebody who has lost a phone."""

import pytest

from accounts.services.second_factor import has_second_factor
from accounts.tests.factories import give_device
from tests.browser.door import come_in
from tests.browser.test_signing_in import is_usable


@pytest.fixture
def person(department, approver_of):
    person = approver_of(department)
    person.full_name, person.email = "Người Có Tên Khá Dài Để Xem Trên Điện Thoại", "duyet@stttt.example"
    person.save()
    give_device(person)
    return person


@pytest.mark.parametrize("width", [360, 1440])
def test_administrator_resets_a_lost_second_factor(visit, width, department, administrator_of, person):
    page = visit("stttt", "/admin/", width=width)
    come_in(page, administrator_of(department))
    page.goto(f"{page.url.split('/admin/')[0]}/admin/users/")
    is_usable(page)
    page.get_by_role("link", name=person.full_name).click()
    page.wait_for_url("**/users/edit/*/")
    is_usable(page)
    page.get_by_role("link", name="Đăng nhập và bảo mật").click()
    page.wait_for_url("**/users/sign-in/*/")
    is_usable(page)
    page.get_by_role("link", name="Đặt lại xác thực hai lớp").click()
    page.wait_for_url("**/users/second-factor/*/")
    is_usable(page)
    page.get_by_role("button", name="Đồng ý, đặt lại").click()
    page.get_by_text("Đã đặt lại xác thực hai lớp").wait_for()
    assert not has_second_factor(person)


@pytest.mark.parametrize("width", [360, 768])
def test_every_screen_of_people_can_be_used_by_everybody(visit, width, department, administrator_of, person):
    page = visit("stttt", "/admin/", width=width)
    come_in(page, administrator_of(department))
    base = page.url.split("/admin/")[0]
    fixed = department.groups.get(role="editor", name="").group_id
    for path in (
        *("users/new/", f"users/leave/{person.pk}/", f"users/link/{person.pk}/", f"users/sign-in/{person.pk}/"),
        *("groups/", "groups/new/", f"groups/edit/{fixed}/", "units/", "officials/", "account/"),
    ):
        page.goto(f"{base}/admin/{path}")
        is_usable(page)
