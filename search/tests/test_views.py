import unicodedata

import pytest
from django.test import Client

from home.models import NewsIndexPage, NewsPage

pytestmark = pytest.mark.django_db
# As some keyboards and file systems write it: letters and marks apart.
NFD = unicodedata.normalize("NFD", "đường dây")


@pytest.fixture
def articles(province, department, district):
    for path, title in (
        ("/stttt/tin-tuc/hoat-dong/", "Đường dây nóng về viễn thông"),
        ("/thuanan/tin-tuc/kinh-te/", "Mở rộng đường Nguyễn Trãi"),
    ):
        page = NewsPage(title=title, summary="Tóm tắt.")
        NewsIndexPage.objects.get(url_path=path).add_child(instance=page)
        page.save_revision().publish()


def search(code, **query):
    return Client(HTTP_HOST=f"{code}.localhost").get("/tim-kiem/", query)


@pytest.mark.parametrize("query", ["đường dây", "duong day", "ĐƯỜNG DÂY", "dây đường", NFD])
def test_finds_with_and_without_accents(articles, query):
    assert "Đường dây nóng" in search("stttt", q=query).text


def test_finds_on_this_portal_alone_unless_asked(articles):
    assert "Nguyễn Trãi" not in search("stttt", q="duong").text
    everywhere = search("stttt", **{"q": "duong", "pham-vi": "tinh"}).text
    assert "Nguyễn Trãi" in everywhere
    assert "Đường dây nóng" in everywhere


def test_nothing_found_and_nothing_asked_are_pages(articles):
    assert search("stttt", q="không hề có").status_code == 200
    assert search("stttt").status_code == 200


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", '"', "a" * 5_000, "x " * 3_000, "<b>", "​"])
def test_odd_queries_are_harmless(articles, query):
    assert search("stttt", q=query).status_code in {200, 400}


def test_wildcards_are_letters(articles):
    assert "Đường dây" not in search("stttt", q="%").text
