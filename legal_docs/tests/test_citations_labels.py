"""Citations are found and resolved as people who read the law labelled them (benchmarks/data/README.md)."""

import pytest

from benchmarks import citations


def test_precision_and_recall_on_labelled_passages():
    if not (citations.DATA / "legal_documents.jsonl").is_file():
        pytest.skip("legal_documents.jsonl is in neither ../shared/data nor CONGKHAI_DATA")
    scores = citations.scores_of(citations.LABELS)
    assert scores["all"].labelled >= 500
    for part in ("held_out", "all"):
        assert scores[part].precision >= 0.98
        assert scores[part].recall >= 0.95
