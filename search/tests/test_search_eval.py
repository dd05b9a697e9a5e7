"""`manage.py search_eval` at its door, on a small corpus."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from search.database import generations
from search.database.engine import DatabaseEngine

from .things import thing

pytestmark = pytest.mark.django_db

CORPUS = [
    {
        "id": "43/2011/NĐ-CP",
        "so_ky_hieu": "43/2011/NĐ-CP",
        "loai": "Nghị định",
        "ngay_ban_hanh": "2011-06-13",
        "trich_yeu": "Cung cấp thông tin và dịch vụ công trực tuyến trên cổng thông tin điện tử",
        "dieu": [{"dieu": "10", "tieu_de": "Thông tin chủ yếu", "noi_dung": "Giới thiệu, quy hoạch, dự án."}],
    },
    {
        "id": "42/2013/QH13",
        "so_ky_hieu": "42/2013/QH13",
        "loai": "Luật",
        "ngay_ban_hanh": "2013-11-25",
        "trich_yeu": "Tiếp công dân",
        "dieu": [{"dieu": "7", "tieu_de": "Quyền của người đến trình bày", "noi_dung": "Được nghe và trả lời."}],
    },
]
QUERIES = [
    {"id": "1", "text": "nđ 43 2011"},
    {"id": "2", "text": "luật tiếp công dân"},
    {"id": "3", "text": "dịch vụ công trực tuyến"},
]
QRELS = ["1\t43/2011/NĐ-CP\t1", "2\t42/2013/QH13\t1", "3\t43/2011/NĐ-CP\t1"]


@pytest.fixture
def files(tmp_path):
    """Write the small corpus, and return what the command is given."""
    paths = {name: tmp_path / name for name in ("corpus", "queries", "qrels")}
    paths["corpus"].write_text("\n".join(json.dumps(row) for row in CORPUS), encoding="utf-8")
    paths["queries"].write_text("\n".join(json.dumps(row) for row in QUERIES), encoding="utf-8")
    paths["qrels"].write_text("\n".join(QRELS), encoding="utf-8")
    return paths


def run(files, **options):
    call_command("search_eval", **files, **options)


@pytest.mark.parametrize("variant", ["as-is", "folded", "half"])
def test_figures_are_printed(files, capsys, variant):
    run(files, variant=variant)
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == f"database, {variant}: 3 questions, 2 things"
    assert lines[1] == "S@1 1.000  R@10 1.000  R@100 1.000  MRR@10 1.000  nDCG@10 1.000"
    assert re.fullmatch(r"p50 \d+\.\d ms  p95 \d+\.\d ms", lines[2])
    assert said.err == ""


def test_what_visitors_search_is_left_as_it_was(files, capsys):
    DatabaseEngine().put([thing("news:1", "Đại biểu thăm hội chợ")])
    before = generations.live_tables().number
    run(files)
    assert list(DatabaseEngine().digests()) == [("news:1", thing("news:1", "Đại biểu thăm hội chợ").digest)]
    assert generations.live_tables().number == before


def test_answers_that_the_corpus_does_not_have_are_told_and_count_as_missed(files, capsys):
    files["qrels"].write_text("\n".join([*QRELS, "1\t99/2099/NĐ-CP\t1"]), encoding="utf-8")
    run(files)
    said = capsys.readouterr()
    assert "1 answers are not in the corpus, such as 99/2099/NĐ-CP" in said.err
    assert "R@10 0.833" in said.out


@pytest.mark.parametrize("name", ["corpus", "queries", "qrels"])
def test_missing_file_is_named(files, name):
    files[name].unlink()
    with pytest.raises(CommandError, match=f"{name} is no file"):
        run(files)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("corpus", "", "corpus is empty"),
        ("corpus", "\n\n", "corpus is empty"),
        ("corpus", '{"id": "a"}\n{broken', "corpus, line 2"),
        ("queries", "{broken", "queries, line 1"),
        ("queries", "", "no question"),
        ("qrels", "1 a 1", "qrels, line 1"),
        ("qrels", "8\ta\t1", "no question"),
    ],
)
def test_broken_file_ends_with_the_line_and_leaves_nothing(files, name, text, words):
    files[name].write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        run(files)
    assert not DatabaseEngine().has_index()


def test_unknown_engine_is_refused_with_those_there_are(files):
    with pytest.raises(CommandError, match="database"):
        call_command("search_eval", *(f"--{name}={path}" for name, path in files.items()), "--engine=none")
