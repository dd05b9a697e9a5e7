"""No violation of WCAG 2.2 AA that axe-core can find, on every page type, on each kind of portal."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.portal_content import PAGES, fill

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("code", ["binhduong", "stttt", "thuanan"])
# Colours do not depend on the width, and the layout does not depend on the colours.
@pytest.mark.parametrize(("width", "dark"), [(360, False), (1440, True)], ids=["narrow", "wide and dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(visit, code, width, dark):
    fill(code)
    page = visit(code, width=width, dark=dark)
    base = page.url.removesuffix("/")
    for name, path in PAGES.items():
        page.goto(base + path)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width} scrolls sideways"


def test_keyboard_reaches_the_content_first(visit):
    fill("stttt")
    page = visit("stttt")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#noi-dung"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_largest_text_makes_no_page_wider_than_the_phone(visit):
    fill("stttt")
    page = visit("stttt", width=360)
    base = page.url.removesuffix("/")
    for name, path in PAGES.items():
        page.goto(base + path)
        page.evaluate("document.documentElement.dataset.text = 'largest'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{name} scrolls sideways"


def test_wide_table_moves_sideways_and_its_columns_can_be_read(visit):
    fill("stttt")
    page = visit("stttt", PAGES["article"], width=360)
    frame = page.locator(".table-scroll").first
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    cell = frame.locator("tbody td").nth(1)
    assert cell.evaluate("cell => cell.offsetWidth") >= 120


def test_upright_picture_is_no_taller_than_the_window(visit):
    fill("stttt")
    page = visit("stttt", PAGES["article"])
    # The picture of the tests is small and wide; what matters is the frame that it gets.
    page.locator("figure img").first.evaluate("image => { image.width = 800; image.height = 1600; }")
    assert page.locator("figure img").first.evaluate("image => image.offsetHeight") <= 0.85 * 900


@pytest.mark.parametrize("size", ["", "large", "largest"])
def test_menu_never_breaks_into_two_rows(visit, size):
    page = visit("stttt")
    page.evaluate(f"document.documentElement.dataset.text = '{size}'")
    for width in (1024, 1100, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        tops = page.evaluate("[...document.querySelectorAll('.menu__item')].map(item => item.offsetTop)")
        assert len(set(tops)) == 1, f"at {width}"


def test_every_section_is_in_the_row_or_behind_it(visit):
    page = visit("stttt", width=1024)
    page.locator(".small-menu summary").click()
    listed = page.locator(".small-menu a").count()
    page.set_viewport_size({"width": 1440, "height": 800})
    page.locator(".more__summary").click()
    assert page.locator(".menu__row .menu__link[href]:visible, .more__panel a:visible").count() == listed
