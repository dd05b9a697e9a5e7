"""Synonyms as the province keeps them, and what agencies and auditors may do with them."""

import pytest
from django.core.cache import cache

from search.models import SynonymGroup
from search.services.answering import read
from search.tests import indexed

pytestmark = pytest.mark.django_db
ADD = "/admin/synonyms/new/"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client(client_for, operator, province):
    return client_for(province, operator)


def words(text):
    return {synonym.words for synonym in read(text).synonyms}


def test_those_of_the_program_are_there_and_hold_both_ways():
    assert ("uy", "ban", "nhan", "dan") in words("ubnd")
    assert ("ubnd",) in words("ủy ban nhân dân")


def test_a_new_group_holds_at_once(client):
    assert client.post(ADD, {"words": "nón = mũ", "is_active": "on"}).status_code == 302
    assert ("mu",) in words("nón")
    group = SynonymGroup.objects.get(words="nón = mũ")
    client.post(f"/admin/synonyms/edit/{group.pk}/", {"words": "nón = mũ"})
    assert ("mu",) not in words("nón")


@pytest.mark.parametrize("line", ["", "UBND", "= =", "a = a", "x" * 600])
def test_what_is_no_group_is_refused_in_words(client, line):
    assert client.post(ADD, {"words": line, "is_active": "on"}).status_code == 200
    assert not SynonymGroup.objects.filter(words=line).exists()


def test_the_same_line_is_kept_once(client):
    first = SynonymGroup.objects.first()
    assert client.post(ADD, {"words": first.words}).status_code == 200


def test_preview_shows_what_would_change_and_keeps_nothing(client, province):
    indexed.put(indexed.news(province, key="news:1", title="Phát mũ bảo hiểm"))
    sample = {"words": "nón = mũ", "is_active": "on", "samples": "nón bảo hiểm\nhội chợ", "preview": "1"}
    page = client.post(ADD, sample)
    assert page.status_code == 200
    assert "Phát mũ bảo hiểm" in page.text
    assert "Không có gì thay đổi" in page.text
    assert not SynonymGroup.objects.filter(words="nón = mũ").exists()
    assert ("mu",) not in words("nón")


def test_preview_of_a_change(client, province):
    indexed.put(indexed.news(province, key="news:1", title="Phát mũ bảo hiểm"))
    group = SynonymGroup.objects.create(words="nón = mũ")
    address = f"/admin/synonyms/edit/{group.pk}/"
    page = client.post(address, {"words": "nón = mũ", "samples": "nón bảo hiểm", "preview": "1"})
    assert "Phát mũ bảo hiểm" in page.text
    group.refresh_from_db()
    assert group.is_active


class TestRights:
    def test_agencies_do_not_change_what_all_portals_share(self, client_for, department, administrator_of):
        client = client_for(department, administrator_of(department))
        assert client.get(ADD).status_code in {302, 403, 404}
        client.post(ADD, {"words": "nón = mũ", "is_active": "on"})
        assert not SynonymGroup.objects.filter(words="nón = mũ").exists()
