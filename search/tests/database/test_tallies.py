"""The numbers beside a list: kept with every change, and the same as if everything were counted."""

from collections import Counter
from datetime import date
from itertools import product

import pytest
from django.db import connection

from search.database import generations, listing
from search.database.engine import DatabaseEngine
from search.engine import Query
from search.enums import Facet, Sort
from search.tests.things import DEPARTMENT, DISTRICT, PROVINCE, keys, thing, want

pytestmark = pytest.mark.django_db
TYPES = ("luat", "nghi-dinh", "thong-tu")
FIELDS = ("dat-dai", "ho-tich", "y-te", "giao-duc")


def document(serial, **more):
    """A document whose values follow from its number; some have several fields, some no day."""
    facets = {
        Facet.TYPE: (TYPES[serial % 3],),
        Facet.FIELD: FIELDS[serial % 4 : serial % 4 + 1 + serial % 2],
        Facet.YEAR: (str(2000 + serial % 5),),
    }
    values = {
        "title": f"Văn bản {serial}",
        "passages": ["Điều khoản cấm."] if serial % 7 == 0 else ["Điều khoản."],
        "owner": (PROVINCE, DEPARTMENT, DISTRICT)[serial % 3],
        "portals": (PROVINCE,) if serial % 2 else (),
        "day": date(2000 + serial % 5, 1, 1 + serial % 3) if serial % 6 else None,
        "facets": facets,
    }
    return thing(f"document:{serial}", **(values | more))


ALL = [document(serial) for serial in range(60)]


@pytest.fixture
def engine():
    return DatabaseEngine()


def kept():
    """Return all that is kept, and what it has to be by the values that are in the tables."""
    tables = generations.live_tables()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT portal, facet, value, of_facet, of_value, number FROM {tables.tally}")  # noqa: S608 - ours
        found = {tuple(row[:5]): row[5] for row in cursor.fetchall()}
        cursor.execute(f"SELECT thing, facet, value FROM {tables.value}")  # noqa: S608 - ours
        values = {}
        for number, facet, value in cursor.fetchall():
            values.setdefault(number, []).append((facet, value))
    expected = Counter()
    for own in values.values():
        portals = ["", *(value for facet, value in own if facet == "portal")]
        own = [pair for pair in own if pair[0] != "portal"]
        expected.update((portal, *under, *of) for portal, under, of in product(portals, [("", ""), *own], own))
    return found, dict(expected)


def test_numbers_are_exact_after_every_change(engine):
    engine.put(ALL[:40])
    assert kept()[0] == kept()[1] != {}
    engine.put([document(3, owner=DISTRICT, facets={}), document(4, portals=(DEPARTMENT,)), *ALL[40:]])
    assert kept()[0] == kept()[1]
    engine.put([ALL[5]])
    engine.drop([each.key for each in ALL[10:20]])
    assert kept()[0] == kept()[1]
    with engine.rebuilding() as index:
        index.put(ALL)
        index.put([document(3, facets={})])
        index.drop([ALL[7].key, "document:999"])
    assert kept()[0] == kept()[1]
    engine.drop([each.key for each in ALL])
    assert kept() == ({}, {})


PORTALS = [None, PROVINCE, DISTRICT, 99]
FACETS = [
    {},
    {Facet.TYPE: ("luat",)},
    {Facet.TYPE: ("luat", "thong-tu", "khong-co")},
    {Facet.FIELD: ("dat-dai",)},
    {Facet.FIELD: ("dat-dai", "ho-tich")},
    {Facet.YEAR: ("khong-co",)},
    {Facet.FIELD: ("dat-dai", "y-te"), Facet.YEAR: ("2001", "2003")},
    {Facet.TYPE: ("luat",), Facet.YEAR: ("2001",), Facet.KIND: ("document",)},
]
LIMITS = [
    {},
    {"since": date(2001, 1, 2), "until": date(2003, 1, 1)},
    {"until": date(2002, 1, 1)},
    {"keys": frozenset(f"document:{serial}" for serial in range(0, 60, 4))},
    {"wanted": want("", excluded=("cam",))},
]


def is_left(each, query, facets):
    own = {**each.facets, Facet.KIND: (each.kind.value,), Facet.AGENCY: (str(each.owner),)}
    return (
        (query.portal is None or query.portal in each.places)
        and all(set(own.get(facet, ())) & set(values) for facet, values in facets.items())
        and (query.since is None or (each.day is not None and each.day >= query.since))
        and (query.until is None or (each.day is not None and each.day <= query.until))
        and (query.keys is None or each.key in query.keys)
        and not (query.wanted.excluded and "cấm" in each.passages[0].text)
    )


def expected(query):
    """Return the keys that a list has in its order, and the numbers beside it, by looking at everything."""
    left = [each for each in ALL if is_left(each, query, query.facets)]
    counts = {}
    for facet in Facet:
        others = {each: values for each, values in query.facets.items() if each != facet}
        own = Counter()
        for each in ALL:
            if is_left(each, query, others):
                values = {**each.facets, Facet.KIND: (each.kind.value,), Facet.AGENCY: (str(each.owner),)}
                own.update(values.get(facet, ()))
        counts[facet] = dict(own)
    left.sort(key=lambda each: each.key)
    if query.sort == Sort.OLDEST:
        left.sort(key=lambda each: (each.day is None, each.day or date.min))
    else:
        left.sort(key=lambda each: each.day or date.min, reverse=True)
    return [each.key for each in left], counts


@pytest.mark.parametrize("few", [0, 1_000], ids=["passed through", "put into order"])
def test_lists_and_their_numbers_are_as_if_everything_were_looked_at(engine, monkeypatch, few):
    monkeypatch.setattr(listing, "_FEW", few)
    engine.put(ALL)
    for portal, facets, limits, sort in product(PORTALS, FACETS, LIMITS, (Sort.BEST, Sort.OLDEST)):
        query = Query(portal=portal, facets=facets, sort=sort, size=7, offset=5, **limits)
        answer = engine.find(query)
        left, counts = expected(query)
        assert keys(answer) == left[5:12], query
        assert (answer.total, answer.is_exact) == (len(left), True), query
        for facet in Facet:
            assert answer.facets.get(facet, {}) == counts[facet], (facet, query)
            assert list(answer.facets.get(facet, {})) == sorted(counts[facet], key=lambda v: (-counts[facet][v], v))
        assert engine.find(Query(portal=portal, facets=facets, with_facets=False, **limits)).total == len(left)
