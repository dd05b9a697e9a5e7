"""Tables of generations: made, filled beside the live ones, switched and swept away."""

import threading
from datetime import date

import pytest
from django.db import connection

from search.database import generations, store
from search.database.engine import DatabaseEngine
from search.database.terms import FORM
from search.engine import EngineFailed, Query
from search.models import Generation
from search.tests.things import ask, keys, thing

pytestmark = pytest.mark.django_db
MEETING = thing("news:1", "Cuộc họp thường kỳ", ["Ủy ban nhân dân họp."], day=date(2025, 1, 1))
HARVEST = thing("news:2", "Mùa gặt", ["Lúa chín vàng."], day=date(2025, 1, 2))


@pytest.fixture
def engine():
    return DatabaseEngine()


def numbers_of_tables():
    """Return the numbers of the generations that have tables."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    return {int(name.split("_")[1]) for name in names if name.startswith("search_") and name.endswith("_thing")}


def test_the_first_put_makes_tables(engine):
    engine.put([MEETING])
    assert numbers_of_tables() == {Generation.objects.get(is_live=True).number}


def test_old_tables_are_dropped_after_the_switch(engine):
    engine.put([MEETING])
    for _ in range(2):
        with engine.rebuilding() as index:
            index.put([HARVEST])
            assert len(numbers_of_tables()) == 2
    assert numbers_of_tables() == set(Generation.objects.values_list("number", flat=True))
    assert Generation.objects.count() == 1


def test_a_failed_rebuilding_leaves_no_tables(engine):
    engine.put([MEETING])
    with pytest.raises(ZeroDivisionError), engine.rebuilding() as index:
        index.put(HARVEST for _ in [1 / 0])
    assert len(numbers_of_tables()) == Generation.objects.count() == 1


def test_what_a_killed_rebuilding_left_is_removed_by_the_next(engine, monkeypatch):
    engine.put([MEETING])
    with monkeypatch.context() as killed:
        # A killed process clears nothing away.
        killed.setattr(generations, "_remove", lambda number: None)
        with pytest.raises(SystemExit), engine.rebuilding() as index:
            index.put(_killed_after(HARVEST))
    assert len(numbers_of_tables()) == Generation.objects.count() == 2
    assert keys(engine.find(Query())) == ["news:1"]
    with engine.rebuilding() as index:
        index.put([HARVEST])
    assert len(numbers_of_tables()) == Generation.objects.count() == 1
    assert keys(engine.find(Query())) == ["news:2"]


def _killed_after(*things):
    yield from things
    raise SystemExit


def test_of_two_rebuildings_the_later_one_wins(engine):
    engine.put([MEETING])
    with pytest.raises(EngineFailed), engine.rebuilding() as index:
        index.put(_after_another(engine))
    assert keys(engine.find(Query())) == ["news:2"]
    assert len(numbers_of_tables()) == 1


def _after_another(engine):
    yield MEETING
    with engine.rebuilding() as index:
        index.put([HARVEST])


def test_tables_without_a_generation_are_in_nobodys_way(engine):
    engine.put([MEETING])
    Generation.objects.all().delete()
    engine.put([HARVEST])
    assert keys(engine.find(Query())) == ["news:2"]
    assert len(numbers_of_tables()) == 1


def test_an_index_of_another_form_neither_answers_nor_is_written_to(engine):
    engine.put([MEETING])
    Generation.objects.update(form=FORM + 1)
    assert not engine.has_index()
    for act in (lambda: engine.find(Query()), lambda: engine.put([HARVEST]), lambda: engine.drop(["news:1"])):
        with pytest.raises(EngineFailed):
            act()
    with engine.rebuilding() as index:
        index.put([HARVEST])
    assert keys(engine.find(Query())) == ["news:2"]


def test_frequencies_are_exact_after_every_change(engine):
    def known():
        return store.frequencies(["hop", "thuong_ky", "lua_chin", "uy_ban", "khong"]), store.passage_count()

    engine.put([MEETING, HARVEST])
    assert known() == ({"hop": 2, "thuong_ky": 1, "lua_chin": 1, "uy_ban": 1, "khong": 0}, 4)
    engine.put([thing("news:1", "Lúa chín")])
    assert known() == ({"hop": 0, "thuong_ky": 0, "lua_chin": 2, "uy_ban": 0, "khong": 0}, 3)
    engine.drop(["news:2"])
    assert known() == ({"hop": 0, "thuong_ky": 0, "lua_chin": 1, "uy_ban": 0, "khong": 0}, 1)
    with engine.rebuilding() as index:
        index.put([MEETING, HARVEST])
        index.drop(["news:1"])
    assert known() == ({"hop": 0, "thuong_ky": 0, "lua_chin": 1, "uy_ban": 0, "khong": 0}, 2)


def test_what_is_equal_is_not_written_again(engine, django_assert_max_num_queries):
    engine.put([MEETING, HARVEST])
    # The savepoint, the live generation, the digests.
    with django_assert_max_num_queries(6):
        engine.put([MEETING, HARVEST])


@pytest.mark.django_db(transaction=True)
def test_several_writers_at_once_lose_nothing(engine):
    failed = []

    def write(first):
        try:
            for serial in range(first, first + 10):
                engine.put([thing(f"news:{serial}", "Cuộc họp", ["Ủy ban nhân dân họp."])])
        except EngineFailed as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    assert engine.find(ask("họp")).total == 30
    assert store.frequencies(["uy_ban"]) == {"uy_ban": 30}
    assert len(numbers_of_tables()) == 1
    _clear(engine)


@pytest.mark.django_db(transaction=True)
def test_readers_find_something_while_tables_are_switched(engine):
    engine.put([MEETING])
    found, over = [], threading.Event()

    def read():
        while not over.is_set():
            found.append(engine.find(Query()).total)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        with engine.rebuilding() as index:
            index.put([MEETING])
    over.set()
    reader.join()
    assert set(found) == {1}
    _clear(engine)


def _clear(engine):
    """Tables that were really written would meet the next test with transactions of its own."""
    Generation.objects.all().delete()
    with engine.rebuilding():
        pass
