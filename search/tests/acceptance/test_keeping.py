"""What is put in, replaced, taken out and built anew: the same on every engine."""

from contextlib import suppress
from datetime import date

import pytest

from search.engine import EngineFailed, Query
from search.tests.things import ask, keys, thing

pytestmark = pytest.mark.django_db

MEETING = thing("news:1", "Cuộc họp thường kỳ", ["Ủy ban nhân dân họp."], day=date(2025, 1, 1))
HARVEST = thing("news:2", "Mùa gặt", ["Lúa chín vàng."], day=date(2025, 1, 2))


def found(engine, text):
    return keys(engine.find(ask(text)), near=False)


def test_what_is_put_again_is_replaced(engine):
    engine.put([MEETING, HARVEST])
    engine.put([thing("news:1", "Hội chợ", ["Gian hàng nông sản."], day=date(2024, 1, 1))])
    assert found(engine, "họp") == []
    assert found(engine, "nông sản") == ["news:1"]
    assert keys(engine.find(Query())) == ["news:2", "news:1"]


def test_of_two_of_one_key_the_last_is_kept(engine):
    engine.put([MEETING, thing("news:1", "Hội chợ")])
    assert found(engine, "hội chợ") == ["news:1"]
    assert engine.find(Query()).total == 1


def test_what_is_dropped_is_gone_and_unknown_keys_are_passed_over(engine):
    engine.put([MEETING, HARVEST])
    engine.drop(["news:1", "news:99"])
    assert found(engine, "họp") == []
    assert keys(engine.find(Query())) == ["news:2"]


def test_nothing_to_put_or_drop_is_no_error(engine):
    engine.put([])
    engine.put([MEETING])
    engine.drop([])
    assert engine.find(Query()).total == 1


def test_without_an_index_nothing_is_found(engine):
    assert not engine.has_index()
    # The database is the last that is asked; any other may say that it can't answer.
    with suppress(EngineFailed):
        assert engine.find(Query()).total == 0
    assert list(engine.digests()) == []
    engine.put([MEETING])
    assert engine.has_index()


def test_the_live_index_answers_until_the_new_one_is_there(engine):
    engine.put([MEETING])
    with engine.rebuilding() as index:
        index.put([HARVEST])
        assert keys(engine.find(Query())) == ["news:1"]
    assert keys(engine.find(Query())) == ["news:2"]
    assert found(engine, "họp") == []


def test_a_rebuilding_that_fails_changes_nothing(engine):
    engine.put([MEETING])
    with pytest.raises(ZeroDivisionError), engine.rebuilding() as index:
        index.put(HARVEST for _ in [1 / 0])
    assert keys(engine.find(Query())) == ["news:1"]


def test_things_are_replaced_and_dropped_in_an_index_that_is_being_built(engine):
    with engine.rebuilding() as index:
        index.put([MEETING, HARVEST])
        index.put([thing("news:1", "Hội chợ")])
        index.drop(["news:2"])
    assert keys(engine.find(Query())) == ["news:1"]
    assert found(engine, "hội chợ") == ["news:1"]


def test_changes_after_a_rebuilding_go_into_the_new_index(engine):
    with engine.rebuilding() as index:
        index.put([MEETING])
    engine.put([HARVEST])
    engine.drop(["news:1"])
    assert keys(engine.find(Query())) == ["news:2"]
    assert found(engine, "lúa chín") == ["news:2"]


def test_digests_come_in_the_order_of_keys(engine):
    names = ["news:1", "news:10", "news:2", "document:1", "person:9"]
    things = [thing(key, f"Chuyện {key}") for key in names]
    engine.put(things)
    assert list(engine.digests()) == sorted((each.key, each.digest) for each in things)
