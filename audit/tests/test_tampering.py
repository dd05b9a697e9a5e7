"""Whatever a forger does to the rows, however often: the first entry that is not as it was is named."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.chain import GENESIS, Record, Walk, digest_of, read_lines, to_line, verify

LENGTH = 12
TEXTS = ("actor_name", "roles", "action", "object_label", "agency", "address", "details", "at", "previous", "digest")


def chain(length=LENGTH):
    records, previous = [], GENESIS
    for number in range(1, length + 1):
        draft = Record(
            number, previous, "", 1, number + 100, "2026-11-24T00:05:00.000000Z", 7, "Lê Thị Đào", "editor@stttt",
            "wagtail.publish", "wagtailcore.page", str(number), f"Bài {number}", "stttt", "203.0.113.9", "Firefox",
            "a1", "{}",
        )  # fmt: skip
        records.append(draft._replace(digest=digest_of(draft, previous)))
        previous = records[-1].digest
    return records


ENTRY = st.integers(1, LENGTH)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), ENTRY, st.sampled_from(TEXTS), st.text(max_size=8)),
        st.tuples(st.just("delete"), ENTRY, st.none(), st.none()),
        st.tuples(st.just("swap"), ENTRY, ENTRY, st.none()),
        st.tuples(st.just("insert"), st.integers(1, LENGTH + 3), st.none(), st.booleans()),
        st.tuples(st.just("reseal"), ENTRY, st.sampled_from(TEXTS[:7]), st.text(max_size=8)),
    ),
    min_size=1,
    max_size=5,
)


def tamper(table, acts):
    """Do to a table of rows, keyed by number as the database keeps them, what SQL could do."""
    for act, number, what, how in acts:
        if act == "insert":
            forged = chain(1)[0]._replace(number=number, object_label="giả", id=number + 500)
            table[number] = forged._replace(digest=digest_of(forged, forged.previous)) if how else forged
        elif number not in table:
            continue
        elif act == "change":
            table[number] = table[number]._replace(**{what: how})
        elif act == "delete":
            del table[number]
        elif act == "swap" and what in table:
            one, two = table[number], table[what]
            table[number], table[what] = two._replace(number=number), one._replace(number=what)
        elif act == "reseal":
            changed = table[number]._replace(**{what: how})
            table[number] = changed._replace(digest=digest_of(changed, changed.previous))


def first_difference(table, original):
    """The number of the first entry that is not as it was, seen from outside the chain."""
    there = {record.number: record for record in original}
    numbers = sorted({*table, *there})
    return next((number for number in numbers if table.get(number) != there.get(number)), None)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_first_broken_entry_is_named_for_any_tampering(acts):
    original = chain()
    head = (LENGTH, original[-1].digest)
    table = {record.number: record for record in original}
    tamper(table, acts)
    wanted = first_difference(table, original)
    rows = [table[number] for number in sorted(table)]
    broken = verify(rows, [head]).broken
    if wanted is None:
        assert broken is None
    elif rows and rows[0].number > 1:
        # A part of a chain begins where it says; what came before is told apart by the head of `verify_audit`.
        walk = Walk()
        assert walk.step(rows[0]).number == wanted == 1
    elif wanted > LENGTH:
        # Beyond the head that was noted a forger may add entries that fit; the signed head of the database finds it.
        assert broken is None or LENGTH < broken.number <= wanted
    elif broken is None:
        pytest.fail(f"{acts} was not found; entry {wanted} is not as it was")
    else:
        # A row that was sealed anew fits itself; its successor's link, or the head, shows that one of them is false.
        assert broken.number in (wanted, wanted + 1)


@settings(max_examples=100, deadline=None)
@given(ACTS)
def test_offline_file_and_rows_are_judged_alike(acts):
    original = chain()
    table = {record.number: record for record in original}
    tamper(table, acts)
    rows = [table[number] for number in sorted(table)]
    head = (LENGTH, original[-1].digest)
    assert verify(read_lines([to_line(row) for row in rows]), [head]) == verify(rows, [head])


def test_export_of_any_text_reads_back():
    assert sqlite3.sqlite_version, "SQLite stores whatever text it is given"
    for text in ("", "é", "\u2028", '"\\', "\U0001f600", "\x7f"):
        record = chain(1)[0]._replace(object_label=text)
        assert next(read_lines([to_line(record)])) == record
