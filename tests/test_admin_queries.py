"""Queries of the admin's lists: bounded, the same for few and many pages, and for an editor as for an operator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import NewsIndexPage, NewsPage
from sites.models import Agency
from sites.services import open_portal

pytestmark = pytest.mark.django_db
MOST = 40
SCREENS = {
    "explorer": "/admin/pages/{section}/",
    "portal": "/admin/pages/{root}/",
    "search in the explorer": "/admin/pages/{section}/?q=bai",
    "search": "/admin/pages/search/?q=bai",
    "list of a type": "/admin/pages/usage/home/newspage/",
    "pictures": "/admin/images/",
    "files": "/admin/documents/",
}


def write(section, numbers):
    for number in numbers:
        page = NewsPage(title=f"Bài {number}", slug=f"bai-{number}", summary="Tóm tắt.", live=bool(number % 2))
        section.add_child(instance=page)


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


@pytest.mark.parametrize("who", ["editor_of", "approver_of", "administrator_of", "operator"])
def test_lists_ask_little_and_no_more_for_many_pages(who, request, department, client_for):
    person = request.getfixturevalue(who)
    client = client_for(department, person if who == "operator" else person(department))
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    root = department.site.root_page_id
    addresses = {name: address.format(section=section.pk, root=root) for name, address in SCREENS.items()}
    write(section, range(4))
    few = {name: count(client, address) for name, address in addresses.items()}
    assert {name: queries for name, queries in few.items() if queries > MOST} == {}
    write(section, range(4, 44))
    for code in ("syt", "stp"):
        open_portal(Agency.objects.get(code=code))
    many = {name: count(client, address) for name, address in addresses.items()}
    assert {name: (few[name], queries) for name, queries in many.items() if queries > few[name]} == {}
