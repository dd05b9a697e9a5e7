"""A real browser on a real server: Debian's Chromium, driven by Playwright, on the portals of the tests."""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium"))


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the database is used by the server's thread and by this one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server):
    """Open an address of a portal in a fresh window: visit("stttt", "/tin-tuc/", width=360)."""
    port = live_server.url.rsplit(":", 1)[1]
    windows = []

    def open_page(code, path="/", *, width=1440, javascript=True, dark=False):
        # The policy of our pages refuses the script with which axe looks at them.
        window = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            bypass_csp=True,
        )
        windows.append(window)
        page = window.new_page()
        page.goto(f"http://{code}.localhost:{port}{path}")
        return page

    yield open_page
    for window in windows:
        window.close()
