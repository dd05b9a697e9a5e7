"""A draft on its way to the public and back, in a browser: sent back, mended, scheduled, reviewed, withdrawn."""

import re
from datetime import timedelta

import time_machine
from django.core.management import call_command
from django.utils import timezone

from editorial.models import ReviewRemark
from editorial.tests.factories import again, draft_of, published
from home.models import NewsPage
from tests.browser.door import come_in

TITLE = "Hội nghị chuyển đổi số"


def sign_in(visit, user):
    """Come in by the door; return the window and where the portal stands."""
    page = visit("stttt", "/admin/")
    come_in(page, user)
    return page, page.url.split("/admin/")[0]


def be_signed_in(visit, client):
    """Go on in a window with the session of a client, past the door; return the same."""
    page = visit("stttt", "/robots.txt")
    base = page.url.removesuffix("/robots.txt")
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    return page, base


def hand_in(page):
    button = page.locator("button[name=action-submit-approval]").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    button.click()
    page.wait_for_url("**/submit/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def decide(page, decision):
    page.locator(f"button[name=decision][value={decision}]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def test_sent_back_mended_scheduled_and_public_at_its_time(visit, department, editor_of, approver_of, client_for):
    editor = editor_of(department)
    draft = draft_of(department, editor, title=TITLE)
    writing, base = be_signed_in(visit, client_for(department, editor))
    writing.goto(f"{base}/admin/pages/{draft.pk}/edit/")
    hand_in(writing)

    deciding, _base = sign_in(visit, approver_of(department))
    deciding.get_by_role("link", name=TITLE).first.click()
    deciding.locator("#id_remark").fill("Thiếu nguồn của số liệu.")
    decide(deciding, "return")

    writing.goto(f"{base}/admin/pages/{draft.pk}/edit/")
    assert writing.get_by_text("Thiếu nguồn của số liệu.").first.is_visible()
    writing.locator("#id_summary").fill("Sở tổ chức hội nghị. Số liệu của Cục Thống kê.")
    hand_in(writing)

    deciding.goto(f"{base}/admin/")
    deciding.get_by_role("link", name=TITLE).first.click()
    later = timezone.localtime() + timedelta(days=1)
    deciding.locator("#id_publish_at").fill(f"{later:%d/%m/%Y %H:%M}")
    # The picker of days lies over the buttons until somebody clicks beside it.
    deciding.locator("h1").first.click()
    decide(deciding, "schedule")
    path = again(draft).path_in_portal
    assert visit("stttt", path).locator("h1").inner_text() != TITLE

    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")
    public = visit("stttt", path)
    assert public.locator("h1").inner_text() == TITLE
    assert public.get_by_text("Số liệu của Cục Thống kê.").first.is_visible()


def test_outside_reviewer_remarks_on_a_phone(visit, department, editor_of, client_for):
    editor = editor_of(department)
    draft = draft_of(department, editor, title=TITLE)
    page, base = be_signed_in(visit, client_for(department, editor))
    page.goto(f"{base}/admin/editorial/pages/{draft.pk}/reviewers/")
    page.locator("#id_name").fill("Chuyên gia")
    page.locator("#id_email").fill("chuyengia@example.vn")
    page.get_by_role("button", name="Mời").click()
    link = page.locator("code").first.inner_text()

    phone = visit("stttt", "/" + link.split("/", 3)[3], width=360)
    assert phone.locator("h1").inner_text() == TITLE
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("textarea[name=text]").fill("Nên bổ sung số liệu.")
    phone.locator("textarea[name=text]").locator("xpath=ancestor::form").get_by_role("button").click()
    phone.wait_for_url("**#gop-y")
    assert phone.get_by_text("Nên bổ sung số liệu.").is_visible()
    assert ReviewRemark.objects.count() == 1

    page.goto(f"{base}/admin/editorial/pages/{draft.pk}/reviewers/")
    assert page.get_by_text("Nên bổ sung số liệu.").is_visible()
    page.get_by_role("button", name="Thu hồi liên kết").click()
    page.wait_for_url("**/reviewers/")
    answer = phone.goto(phone.url.split("#")[0])
    assert answer.status == 410
    assert TITLE not in phone.locator("main").inner_text()


def test_withdrawn_page_leaves_its_notice(visit, department, editor_of, approver_of, client_for):
    approver = approver_of(department)
    article = published(department, editor_of(department), approver, title=TITLE)
    page, base = be_signed_in(visit, client_for(department, approver))
    page.goto(f"{base}/admin/editorial/pages/{article.pk}/withdraw/")
    page.locator("#id_reason").fill("Số liệu chưa chính xác, đang kiểm tra lại.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    assert not NewsPage.objects.get(pk=article.pk).live

    public = visit("stttt", "/")
    answer = public.goto(public.url.rstrip("/") + article.path_in_portal)
    assert answer.status == 410
    assert public.get_by_text("Số liệu chưa chính xác, đang kiểm tra lại.").is_visible()
    assert TITLE not in visit("stttt", "/tin-tuc/").locator("main").inner_text()


def test_day_that_does_not_exist_stays_as_it_was_typed(visit, department, editor_of, client_for):
    page, base = be_signed_in(visit, client_for(department, editor_of(department)))
    page.goto(f"{base}/admin/legal-documents/add/")
    page.locator("#id_issued_on").fill("31/02/2020")
    page.locator("#id_abstract").click()
    assert page.locator("#id_issued_on").input_value() == "31/02/2020"
    assert not page.locator(".xdsoft_datetimepicker:visible").count()
