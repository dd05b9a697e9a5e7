"""Every page type renders on every kind of portal, with every block, and with nothing at all."""

import pytest

from tests.browser.portal_content import PAGES, fill

EXPECTED = {"not found": 404, "bad request": 400}
EMPTY = ("/", "/tin-tuc/", "/gioi-thieu/", "/so-do/", "/tim-kiem/", "/tim-kiem/?q=a", "/tim-kiem/rss/",
         "/tim-kiem/csv/", "/tim-kiem/goi-y/?q=abc", "/tim-kiem/opensearch.xml", "/rss/", "/atom/", "/sitemap.xml",
         "/robots.txt",
         "/van-ban/", "/van-ban/rss/", "/van-ban/csv/", "/van-ban/xlsx/", "/sitemap-van-ban.xml")  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["province", "department", "district"])
class TestEveryKindOfPortal:
    def test_every_page_type_renders(self, kind, request, client_for):
        agency = request.getfixturevalue(kind)
        fill(agency.code)
        client = client_for(agency)
        for name, path in PAGES.items():
            answer = client.get(path)
            assert answer.status_code == EXPECTED.get(name, 200), name
            text = b"".join(answer).decode()
            assert text.count("<h1") == 1, name
            assert 'lang="vi"' in text, name

    def test_a_portal_without_content_renders(self, kind, request, client_for):
        client = client_for(request.getfixturevalue(kind))
        for path in EMPTY:
            assert client.get(path).status_code == 200, path
