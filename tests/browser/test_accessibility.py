"""No violation of WCAG 2.2 AA that axe-core can find, on every page type, on each kind of portal."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.portal_content import PAGES, fill

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("code", ["binhduong", "stttt", "thuanan"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_phone(visit, code, dark):
    fill(code)
    for name, path in PAGES.items():
        for width in (360, 1440):
            page = visit(code, path, width=width, dark=dark)
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
