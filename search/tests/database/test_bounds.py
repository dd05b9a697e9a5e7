"""However much there is and however much is asked, the work has bounds."""

from datetime import date
from time import monotonic

import pytest
from django.db import connection

from search.database import engine as engine_module
from search.database.engine import DatabaseEngine
from search.engine import EngineFailed, Query
from search.enums import Facet, Sort
from search.tests.things import DISTRICT, ask, keys, thing

pytestmark = pytest.mark.django_db
QUESTIONS = ["họp", "cuộc họp", "thủ tục đăng ký khai sinh cho trẻ em ở đâu", "không có"]


@pytest.fixture
def engine():
    return DatabaseEngine()


def meetings(number):
    return [
        thing(f"news:{n}", f"Cuộc họp {n}", [f"Ủy ban họp lần {n}.", "Đăng ký khai sinh."], day=date(2025, 1, 1))
        for n in range(number)
    ]


@pytest.mark.parametrize("text", ["", *QUESTIONS])
@pytest.mark.parametrize("sort", [Sort.BEST, Sort.NEWEST])
def test_the_number_of_queries_does_not_grow_with_what_is_found(engine, text, sort, django_assert_max_num_queries):
    engine.put(meetings(60))
    query = ask(text, sort=sort, facets={Facet.KIND: ("news",)})
    with django_assert_max_num_queries(90) as few:
        engine.find(query)
    engine.put(meetings(240))
    with django_assert_max_num_queries(len(few)):
        engine.find(query)


def test_what_takes_too_long_is_a_failure(engine, monkeypatch):
    engine.put(meetings(5))
    monkeypatch.setattr(engine_module, "SECONDS", 0.001)
    monkeypatch.setattr(engine_module.finding, "find", lambda tables, query: _count_for_ever())
    begun = monotonic()
    with pytest.raises(EngineFailed):
        engine.find(Query())
    assert monotonic() - begun < 10
    monkeypatch.undo()
    assert engine.find(Query()).total == 5


def _count_for_ever():
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)"
            " SELECT count(*) FROM n"
        )


@pytest.mark.postgresql
def test_the_bounds_of_a_search_end_with_it(engine):
    engine.put(meetings(5))
    engine.find(ask("họp"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('enable_seqscan')")
        assert cursor.fetchone() == ("0", "on")


def test_common_words_are_counted_up_to_a_bound(engine, monkeypatch):
    for module in ("finding", "candidates"):
        monkeypatch.setattr(f"search.database.{module}.MOST_FOUND", 50)
    engine.put(meetings(80))
    answer = engine.find(ask("họp"))
    assert answer.total < 80
    assert not answer.is_exact
    newest = [thing("news:900", "Cuộc họp mới", day=date(2026, 1, 1))]
    engine.put(newest)
    assert keys(engine.find(ask("họp", sort=Sort.NEWEST)))[0] == "news:900"


def test_a_narrow_portal_finds_words_beyond_the_budget(engine, monkeypatch):
    monkeypatch.setattr("search.database.candidates.BUDGET", 30)
    engine.put(meetings(100))
    engine.put([thing("news:900", "Tin", ["Ủy ban họp."], owner=DISTRICT, day=date(2001, 1, 1))])
    assert keys(engine.find(ask("ủy ban họp", portal=DISTRICT))) == ["news:900"]
    question = "hỏi ủy ban nhân dân tỉnh họp ngày nào trong tuần"
    assert keys(engine.find(ask(question, portal=DISTRICT))) == ["news:900"]


def test_words_beyond_the_budget_are_found_in_titles(engine, monkeypatch):
    monkeypatch.setattr("search.database.candidates.BUDGET", 30)
    engine.put(meetings(100))
    engine.put([thing("news:900", "Họp", day=date(2001, 1, 1))])
    assert keys(engine.find(ask("họp")))[0] == "news:900"
