"""What the choice of the best before they are weighed must not change, and what a rebuild leaves."""

from datetime import date

import pytest

from search.elastic import finding, indices
from search.elastic.connection import client_of
from search.engine import EngineFailed, Query
from search.enums import Facet
from search.tests.things import ask, decree, keys, thing, want
from search.wanted import WantedNumber

pytestmark = pytest.mark.elasticsearch


def test_pages_go_on_behind_those_that_are_weighed(node, monkeypatch):
    monkeypatch.setattr(finding, "WINDOW", 10)
    node.put(thing(f"news:{n}", "Cuộc họp", ["họp " * (n % 7 + 1)], day=date(2025, 1, 1 + n % 3)) for n in range(35))
    leafed = [key for page in range(5) for key in keys(node.find(ask("họp", offset=10 * page, size=10)))]
    assert len(leafed) == len(set(leafed)) == 35


def test_a_narrow_filter_finds_words_that_are_common_elsewhere(node, monkeypatch):
    monkeypatch.setattr(finding, "BUDGET", 10)
    engine = type(node)(node._prefix, node._url, 20.0, frequencies=lambda terms: dict.fromkeys(terms, 30))
    text = "thủ tục đăng ký khai sinh cho trẻ em"
    engine.put(thing(f"news:{n}", "Tin", [text]) for n in range(30))
    engine.put([thing("news:99", "Tin", ["Đăng ký khai sinh cho trẻ."], owner=3)])
    assert keys(engine.find(ask(text, portal=3))) == ["news:99"]


def test_what_has_a_number_is_counted_beside_what_is_near(node):
    node.put([decree(1, "43", 2014), decree(2, "43", 2020), thing("news:1", "Hội chợ hàng Việt Nam năm nay ở tỉnh")])
    wanted = want("nghị định 43 hội chợ hàng việt nam", numbers=(WantedNumber("43"),))
    answer = node.find(Query(wanted, facets={Facet.YEAR: ("2020",)}))
    assert keys(answer)[0] == "document:2"
    assert answer.facets[Facet.YEAR] == {"2014": 1, "2020": 1}


def test_a_killed_rebuild_is_cleared_away_by_the_next(node):
    client = client_of(node._url)
    node.put([thing("news:1", "Hội chợ")])
    indices.begin(client, node._prefix)
    with node.rebuilding() as index:
        index.put([thing("news:2", "Hội thảo")])
    assert keys(node.find(Query())) == ["news:2"]
    assert len(indices.all_of(client, node._prefix)) == 1


def test_judging_leaves_nothing(node):
    client = client_of(node._url)
    with node.apart() as engine:
        engine.put([thing("news:1", "Hội chợ")])
        engine.settle()
        assert keys(engine.find(ask("hội chợ"))) == ["news:1"]
    assert not list(client.indices.get(index=f"{node._prefix}-*").body)


def test_an_index_of_another_form_does_not_answer(node, monkeypatch):
    client = client_of(node._url)
    node.put([thing("news:1", "Hội chợ")])
    monkeypatch.setattr(indices, "FORM", indices.FORM + 1)
    assert not node.has_index()
    with pytest.raises(EngineFailed):
        node.find(ask("hội chợ"))
    # Nor does one that begins with what has just changed: it would answer for all.
    with pytest.raises(EngineFailed, match="built anew"):
        node.put([thing("news:2", "Hội thảo")])
    with node.rebuilding() as index:
        index.put([thing("news:1", "Hội chợ"), thing("news:2", "Hội thảo")])
    assert keys(node.find(ask("hội"))) == ["news:1", "news:2"]
    assert len(indices.all_of(client, node._prefix)) == 1
