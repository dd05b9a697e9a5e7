"""Queries per public page, uncached: bounded, and the same however large the province is."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from core.models import Picture
from home.models import NewsAttachment, NewsIndexPage, NewsPage
from search.services.indexing import index_changes
from sites.models import Agency
from sites.services import open_portal
from tests.pictures import picture_file, text_file

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/tin-tuc/hoat-dong/bai-0/": 12,
    "/": 20,
    "/tin-tuc/": 12,
    "/tin-tuc/hoat-dong/": 12,
    "/gioi-thieu/": 12,
    # On PostgreSQL six of them set and lift the time limit of what the engine asks.
    "/tim-kiem/?q=bai": 26,
}


@pytest.fixture
def picture(department):
    return Picture.objects.create(
        title="Trụ sở", alt_text="Trụ sở Sở", file=picture_file(), collection=department.collection
    )


def write_articles(section, picture, numbers):
    begin = timezone.make_aware(datetime(2017, 1, 1))
    for number in numbers:
        page = NewsPage(
            title=f"Bài {number}", slug=f"bai-{number}", summary="Tóm tắt.", lead_picture=picture,
            published_at=begin + timedelta(hours=number),
            body=[("text", "<p>Nội dung</p>"), ("picture", {"picture": picture, "caption": "Chú thích"})],
        )  # fmt: skip
        section.add_child(instance=page)
        NewsAttachment.objects.create(article=page, file=text_file(section))
    index_changes()


def count(client_for, agency, path):
    client = client_for(agency)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("kind", ["department", "province"])
def test_budget_holds_and_does_not_grow(kind, request, client_for, picture, django_capture_on_commit_callbacks):
    agency = request.getfixturevalue(kind)
    path = "/stttt/tin-tuc/hoat-dong/" if kind == "department" else "/binhduong/tin-tuc/kinh-te/"
    section = NewsIndexPage.objects.get(url_path=path)
    budgets = {address.replace("hoat-dong", section.slug): most for address, most in BUDGETS.items()}
    with django_capture_on_commit_callbacks(execute=True):
        write_articles(section, picture, range(25))
    few = {address: count(client_for, agency, address) for address in budgets}
    assert all(few[address] <= most for address, most in budgets.items()), few
    with django_capture_on_commit_callbacks(execute=True):
        write_articles(section, picture, range(25, 60))
        for code in ("syt", "stp", "baubang"):
            open_portal(Agency.objects.get(code=code))
    assert Site.objects.count() == 6
    assert {address: count(client_for, agency, address) for address in budgets} == few
