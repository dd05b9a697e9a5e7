"""A passage is shown at its own words in every later version, or nowhere."""

import random

import pytest

from benchmarks.anchors import run
from legal_docs.aligning import Alignment, Standing
from legal_docs.anchors import Anchor, Found, anchor_at, locate, text_of
from legal_docs.structure.parsing import parse_text

OLD = """Điều 1. Thời hạn trả lời
1. Cơ quan trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ.
2. Trường hợp phức tạp, thời hạn là 15 ngày làm việc; cơ quan báo cho người hỏi biết lý do.
3. Quá thời hạn mà không trả lời, người đứng đầu chịu trách nhiệm; quá thời hạn 30 ngày thì bị kiểm điểm."""


def marked(eid, words, nth=0):
    """Return the anchor of words in an element of the old text."""
    element = parse_text(OLD).find(eid)
    start = -1
    for _time in range(nth + 1):
        start = text_of(element).index(words, start + 1)
    return anchor_at(element, start, start + len(words))


def found(anchor, new):
    tree = parse_text(new)
    place = locate(anchor, Alignment(parse_text(OLD), tree))
    words = "" if place.start is None else text_of(tree.find(place.eid))[place.start :][: len(anchor.quote)]
    return place.standing, place.eid, words


def test_passage_of_an_article_is_found_in_its_clause():
    anchor = marked("art_1", "15 ngày làm việc")
    assert found(anchor, OLD) == (Standing.SAME, "art_1__para_2", "15 ngày làm việc")


def test_passage_goes_where_its_clause_goes():
    new = OLD.replace("Điều 1. Thời hạn trả lời\n1.", "Điều 1. Thời hạn trả lời\n1. Ý kiến được ghi vào sổ.\n2.")
    new = new.replace("2. Trường", "3. Trường").replace("3. Quá", "4. Quá")
    assert found(marked("art_1__para_2", "15 ngày"), new) == (Standing.MOVED, "art_1__para_3", "15 ngày")


def test_words_that_stay_in_a_changed_clause_are_found():
    new = OLD.replace("báo cho người hỏi biết lý do", "thông báo bằng văn bản")
    assert found(marked("art_1__para_2", "15 ngày làm việc"), new) == (
        Standing.SAME, "art_1__para_2", "15 ngày làm việc"
    )  # fmt: skip


def test_words_that_were_changed_are_not_looked_for_elsewhere():
    new = OLD.replace("15 ngày làm việc; cơ quan", "một tháng; cơ quan")
    assert found(marked("art_1__para_2", "15 ngày"), new) == (Standing.CHANGED, "art_1__para_2", "")


def test_of_the_same_words_twice_those_with_the_same_around_them_are_meant():
    anchor = marked("art_1__para_3", "thời hạn", nth=1)
    tree = parse_text(OLD.replace("mà không trả lời", "mà chưa trả lời xong"))
    place = locate(anchor, Alignment(parse_text(OLD), tree))
    assert place.standing == Standing.SAME
    assert text_of(tree.find(place.eid))[place.start :].startswith("thời hạn 30 ngày")


def test_same_words_in_another_place_are_other_words():
    new = OLD.replace(
        "Trường hợp phức tạp, thời hạn là 15 ngày làm việc", "Khi phức tạp thì kéo dài; thời hạn mới do tỉnh"
    )
    assert found(marked("art_1__para_2", "thời hạn"), new)[::2] == (Standing.CHANGED, "")


def test_what_is_gone_is_an_orphan():
    new = "\n".join(OLD.split("\n")[:2])
    assert found(marked("art_1__para_3", "người đứng đầu"), new)[0] in (Standing.ORPHAN, Standing.CHANGED)
    assert found(marked("art_1__para_3", "người đứng đầu"), new)[2] == ""


def test_anchor_of_nothing_is_harmless():
    alignment = Alignment(parse_text(OLD), parse_text(OLD))
    assert locate(Anchor(), alignment) == Found(Standing.SAME, "")
    assert locate(Anchor("art_9", "chữ", 5), alignment) == Found(Standing.ORPHAN)
    assert locate(Anchor("art_1", "không có ở đây", 10_000), alignment).start is None


def law(chance):
    """Return a text in which many clauses are alike."""
    who = ["Ủy ban nhân dân tỉnh", "Sở Tài chính", "cơ quan chủ trì", "người nộp hồ sơ", "Thủ trưởng đơn vị"]
    does = ["có trách nhiệm", "phải", "được", "không được", "hằng năm"]
    what = [
        "báo cáo kết quả thực hiện",
        "công bố công khai",
        "lưu hồ sơ",
        "thu lệ phí",
        "trả lời bằng văn bản",
        "kiểm tra",
    ]
    when = [
        "trong thời hạn 10 ngày làm việc",
        "trước ngày 31 tháng 12",
        "khi có yêu cầu",
        "theo quy định của pháp luật",
    ]
    lines = []
    for article in range(1, 26):
        lines.append(f"Điều {article}. {chance.choice(what).capitalize()} {chance.choice(when)}")
        for clause in range(1, chance.randint(2, 5)):
            words = (chance.choice(row) for row in (who, does, what, when))
            lines.append(f"{clause}. {' '.join(words)}; đồng thời {chance.choice(does)} {chance.choice(what)}.")
            if chance.random() < 0.3:
                lines += [f"{letter}) {chance.choice(what)};" for letter in "abc"]
    return parse_text("\n".join(lines))


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_put_nothing_on_other_words(seed):
    chance = random.Random(seed)
    outcome = run([law(chance) for _time in range(3)], 150, seed)
    assert outcome.wrong == []
    assert outcome.untouched > 500
    assert outcome.share > 0.95
