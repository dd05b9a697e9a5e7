"""The chain's arithmetic and the offline verifier, which know no Django."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.conf import settings

from audit.chain import GENESIS, Fault, Record, digest_of, main, serialise, to_line, verify


def record(number, previous, **values):
    fields = {
        "version": 1, "id": number + 10, "at": "2026-11-24T00:05:00.000000Z", "actor_id": 7, "actor_name": "Lê Thị Đào",
        "roles": "editor@stttt",
        "action": "wagtail.publish", "object_type": "wagtailcore.page", "object_id": "12", "object_label": "Bài “một”",
        "agency": "stttt", "address": "203.0.113.9", "agent": "Firefox", "request_id": "a1", "details": '{"a": 1}',
    } | values  # fmt: skip
    draft = Record(number=number, previous=previous, digest="", **fields)
    return draft._replace(digest=digest_of(draft, previous))


def chain(length):
    records, previous = [], GENESIS
    for number in range(1, length + 1):
        records.append(record(number, previous, object_label=f"Bài {number}"))
        previous = records[-1].digest
    return records


def write(folder, records):
    path = folder / "trail.jsonl"
    path.write_text("".join(to_line(entry) for entry in records), encoding="utf-8")
    return str(path)


def test_digest_is_what_the_description_says():
    entry = record(1, GENESIS, actor_id=None, object_label='a "b" \\ \n é', details="{}")
    text = (
        '[1,1,11,"2026-11-24T00:05:00.000000Z",null,"Lê Thị Đào","editor@stttt","wagtail.publish","wagtailcore.page",'
        '"12","a \\"b\\" \\\\ \\n é","stttt","203.0.113.9","Firefox","a1","{}"]'
    )
    assert serialise(entry) == text.encode()
    assert entry.digest == hashlib.sha256(GENESIS.encode() + b"\n" + text.encode()).hexdigest()


def test_intact_chain_says_its_head(tmp_path, capsys):
    records = chain(5)
    assert main([write(tmp_path, records)]) == 0
    assert f"Head: 5:{records[-1].digest}" in capsys.readouterr().out


@pytest.mark.parametrize("field", [name for name in Record._fields if name not in {"number", "previous"}])
def test_change_of_any_field_is_found(field):
    records = chain(5)
    value = getattr(records[2], field)
    records[2] = records[2]._replace(**{field: value + 1 if isinstance(value, int) else f"{value}x"})
    broken = verify(records).broken
    assert (broken.number, broken.fault) == (3, Fault.CHANGED)


@pytest.mark.parametrize(("gone", "named"), [(1, 1), (3, 3), (4, 4)])
def test_missing_entry_is_named(gone, named):
    records = [entry for entry in chain(5) if entry.number != gone]
    result = verify(records, [(5, records[-1].digest)])
    if gone == 1:
        # A part of a chain begins where it says; that it does is said.
        assert result.first == 2
    else:
        assert (result.broken.number, result.broken.fault) == (named, Fault.MISSING)


def test_cut_tail_is_found_by_the_noted_head():
    records = chain(5)
    assert verify(records[:4]).broken is None
    broken = verify(records[:4], [(5, records[4].digest)]).broken
    assert (broken.number, broken.fault) == (5, Fault.MISSING)


def test_rewritten_chain_is_found_by_the_noted_head():
    noted = (3, chain(5)[2].digest)
    rewritten, previous = [], GENESIS
    for number in range(1, 6):
        rewritten.append(record(number, previous, object_label="giả"))
        previous = rewritten[-1].digest
    assert verify(rewritten).broken is None
    assert verify(rewritten, [noted]).broken.fault is Fault.HEAD


def test_doubled_and_moved_entries_are_told_apart():
    one, two, three, four = chain(4)
    assert verify([one, two, two, three]).broken.fault is Fault.DOUBLED
    moved = verify([one, three, two, four]).broken
    assert (moved.number, moved.fault) == (2, Fault.OUT_OF_ORDER)


def test_replaced_entry_with_a_fresh_digest_breaks_the_next_link():
    records = chain(5)
    records[2] = record(3, records[1].digest, object_label="giả")
    broken = verify(records).broken
    assert (broken.number, broken.fault) == (4, Fault.UNLINKED)


@pytest.mark.parametrize(
    "line", ["{", "[]", "1", '{"number": 3}', '{"number": "3"}', "\x00", "null", '"' + "x" * 50, "[" * 5000]
)
def test_line_that_is_no_entry_is_reported(tmp_path, capsys, line):
    path = write(tmp_path, chain(2))
    with open(path, "a", encoding="utf-8") as file:
        file.write(line + "\n")
    assert main([path]) == 1
    assert "Entry 3 cannot be read." in capsys.readouterr().out


@pytest.mark.parametrize(
    "change", [{"number": "3"}, {"digest": None}, {"actor_id": [1]}, {"details": {"a": 1}}, {"version": 2}, {"at": 5}]
)
def test_field_of_another_kind_is_reported(tmp_path, change):
    one, two, three = (entry._asdict() for entry in chain(3))
    path = tmp_path / "trail.jsonl"
    path.write_text("\n".join(map(json.dumps, (one, two, three | change))))
    assert main([str(path)]) == 1


def test_bytes_that_are_no_utf8_are_reported(tmp_path):
    path = tmp_path / "trail.jsonl"
    path.write_bytes(to_line(chain(1)[0]).encode().replace("Lê".encode(), b"L\xff"))
    assert main([str(path)]) == 1


@pytest.mark.parametrize("head", ["5", "x:y", "5:" + "0" * 63, "-1:" + "0" * 64, "9" * 30 + ":" + "0" * 64])
def test_head_that_is_none_is_refused(tmp_path, head):
    with pytest.raises(SystemExit):
        main([write(tmp_path, chain(1)), f"--head={head}"])


def test_missing_and_empty_files_are_no_success(tmp_path, capsys):
    assert main([str(tmp_path / "nothing.jsonl")]) == 1
    (tmp_path / "empty.jsonl").write_text("\n\n")
    assert main([str(tmp_path / "empty.jsonl")]) == 1


def test_runs_as_a_program_without_any_library(tmp_path):
    """As on an auditor's machine: isolated from installed packages, with nothing but this folder."""
    path = write(tmp_path, chain(3))
    command = [sys.executable, "-S", "-m", "audit.chain", path]
    finished = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert (finished.returncode, "Intact" in finished.stdout) == (0, True), finished.stderr
