"""The door in a browser: a first sign-in with a phone, the next one, and whether everybody can use these pages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.tests.factories import DOOR, SECURITY
from tests.browser.door import set_device_up, shown_by_the_app, type_name_and_password


def is_usable(page):
    """Say what axe finds, and that nothing sticks out to the side."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert [(entry["id"], entry["nodes"][0]["html"]) for entry in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [360, 1440])
def test_approver_sets_a_phone_up_and_comes_back(visit, department, approver_of, width):
    user = approver_of(department)
    page = visit("stttt", "/admin/", width=width)
    is_usable(page)
    type_name_and_password(page, user)
    is_usable(page)
    picture = page.locator(".steps__picture")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    secret = set_device_up(page)
    is_usable(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu thành tệp").click()
    assert download.value.suggested_filename == "ma-du-phong.txt"
    page.get_by_role("link", name="Tôi đã lưu mã, tiếp tục").click()
    page.wait_for_url("**/admin/")

    base = page.url.removesuffix("/admin/")
    page.goto(base + SECURITY)
    is_usable(page)
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/")
    type_name_and_password(page, user)
    is_usable(page)
    # The code that set the phone up is used; the app may run half a minute ahead.
    page.locator("input[name=code]").fill(shown_by_the_app(secret, later=1))
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("dark", [False, True])
def test_door_works_without_javascript(visit, department, editor_of, dark):
    page = visit("stttt", DOOR, javascript=False, dark=dark, width=360)
    type_name_and_password(page, editor_of(department))
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("path", ["/tai-khoan/quen-mat-khau/", "/tai-khoan/dat-mat-khau/1-abc-def/", DOOR])
@pytest.mark.parametrize("dark", [False, True])
def test_pages_before_the_door_can_be_used_by_everybody(visit, path, dark):
    is_usable(visit("stttt", path, width=360, dark=dark))
