"""What people do, in a browser: read without scripts, sign in, publish with a picture, see it on two portals."""

import re

from home.models import NewsIndexPage, NewsPage
from tests.browser.door import come_in
from tests.browser.portal_content import fill
from tests.pictures import picture_file

COUNT_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def test_citizen_reads_without_javascript(visit):
    fill("stttt")
    page = visit("stttt", "/", width=360, javascript=False)
    page.locator(".small-menu summary").click()
    page.get_by_role("link", name="Tin tức - Sự kiện").last.click()
    page.get_by_role("link", name="Bài viết để xem thử").first.click()
    assert page.locator("h1").inner_text() == "Bài viết để xem thử"
    page.locator("input[name=q]").first.fill("bai viet")
    page.locator("input[name=q]").first.press("Enter")
    assert page.get_by_role("link", name="Bài viết để xem thử").count() >= 1


def test_text_size_and_contrast_are_remembered(visit):
    fill("stttt")
    page = visit("stttt")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name=re.compile("Tăng cỡ chữ|Cỡ chữ lớn hơn|A\\+")).first.click()
    assert page.evaluate(size) > before
    page.reload()
    assert page.evaluate(size) > before


def test_no_request_leaves_the_portal(visit):
    fill("stttt")
    page = visit("stttt", "/so-do/")
    base = page.url.removesuffix("/so-do/")
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    for path in ("/", "/tin-tuc/thong-bao/bai-viet/", "/so-do/"):
        page.goto(base + path)
    assert requested
    assert all(url.startswith(base) for url in requested)


def test_article_is_light_and_nothing_jumps(visit, chromium):
    fill("stttt")
    address = visit("stttt", "/so-do/").url.replace("/so-do/", "/tin-tuc/thong-bao/bai-viet/")
    # A phone that was never here: nothing is in its cache.
    phone = chromium.new_context(viewport={"width": 360, "height": 740})
    page = phone.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.add_init_script(COUNT_SHIFTS)
    page.goto(address, wait_until="networkidle")
    others = [request for request in requests if request.resource_type != "image"]
    assert len(others) <= 8, [request.url for request in others]
    assert sum(request.sizes()["responseBodySize"] for request in others) <= 60_000
    assert page.evaluate("window.shift") < 0.01
    phone.close()


def sign_in(visit, code, user, path="/admin/"):
    page = visit(code, "/admin/")
    come_in(page, user)
    base = page.url.split("/admin/")[0]
    page.goto(base + path)
    return page, base


def upload_picture(page, base, path):
    page.goto(f"{base}/admin/images/add/")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("#id_title").fill("Hội nghị")
    page.locator("#id_alt_text").fill("Toàn cảnh hội nghị")
    page.locator("form[action*='images/add'] button[type=submit]").first.click()
    page.wait_for_url("**/admin/images/")


def test_editor_hands_in_and_approver_publishes_on_two_portals(visit, department, editor_of, approver_of, tmp_path):
    picture = tmp_path / "hoi-nghi.jpg"
    picture.write_bytes(picture_file().read())
    page, base = sign_in(visit, "stttt", editor_of(department))
    upload_picture(page, base, picture)

    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    page.goto(f"{base}/admin/pages/add/home/newspage/{section.pk}/")
    page.locator("#id_title").fill("Hội nghị chuyển đổi số")
    page.locator("#id_summary").fill("Sở tổ chức hội nghị. Nhiều đơn vị dự.")
    page.locator("#id_lead_picture-chooser [data-chooser-action-choose]:visible").click()
    page.locator("a[data-chooser-modal-choice]").first.click()
    page.locator("#id_lead_picture-chooser img").wait_for()
    if not page.locator("button[name=action-submit-approval]").first.is_visible():
        page.locator("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    assert page.locator("button[name=action-publish]").count() == 0
    page.locator("button[name=action-submit-approval]").first.click()
    page.wait_for_url("**/admin/editorial/pages/*/submit/")
    page.locator("#id_remark").fill("Xin duyệt trong ngày.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**/admin/pages/{section.pk}/")
    article = NewsPage.objects.get(title="Hội nghị chuyển đổi số")
    assert article.slug == "hoi-nghi-chuyen-doi-so"
    assert not article.live

    page, base = sign_in(visit, "stttt", approver_of(department))
    page.get_by_role("link", name="Hội nghị chuyển đổi số").first.click()
    page.wait_for_url("**/admin/editorial/pages/*/decide/")
    assert page.get_by_text("Xin duyệt trong ngày.").is_visible()
    assert page.frame_locator("iframe.editorial-reading").locator("h1").inner_text() == "Hội nghị chuyển đổi số"
    page.locator("button[name=decision][value=approve]").click()
    page.wait_for_url(f"**/admin/pages/{section.pk}/")

    public = visit("stttt", article.path_in_portal)
    assert public.locator("h1").inner_text() == "Hội nghị chuyển đổi số"
    shown = public.locator("figure img").first
    assert shown.get_attribute("alt") == "Toàn cảnh hội nghị"
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert "Hội nghị chuyển đổi số" in visit("binhduong", "/").content()


def test_citizen_chooses_what_is_offered_while_typing(visit):
    fill("stttt")
    page = visit("stttt", "/tim-kiem/", width=360)
    field = page.locator("#tu-khoa")
    field.press_sequentially("bai viet")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "bai viet"
    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Bài viết để xem thử"


def test_citizen_narrows_a_search_without_javascript(visit):
    fill("stttt")
    page = visit("stttt", "/tim-kiem/?q=so+ghi+chep", javascript=False)
    assert page.locator(".found__link").count() == 2
    page.locator(".facet__summary", has_text="Khoảng thời gian").click()
    page.locator("#tu").fill("1/1/2020")
    page.locator(".days button").click()
    assert page.locator(".found__link").all_inner_texts() == ["Nghị định 01/2020/NĐ-CP"]
    page.locator(".chips__link").click()
    page.locator(".facet__summary", has_text="Năm").click()
    page.locator(".facet__link", has_text="2015").click()
    assert page.url.endswith("/tim-kiem/?q=so+ghi+chep&nam=2015")
    assert page.locator(".found__link").all_inner_texts() == ["Nghị định 09/2015/NĐ-CP"]
