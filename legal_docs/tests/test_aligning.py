"""What an article has become in the next version is told by its words, never by its number."""

import pytest

from legal_docs.aligning import Alignment, Standing
from legal_docs.structure.parsing import parse_text

OLD = """Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc tiếp nhận và trả lời ý kiến của người dân qua cổng thông tin.
Điều 2. Thời hạn trả lời
1. Cơ quan trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận.
2. Trường hợp phức tạp, thời hạn là 15 ngày làm việc và phải báo cho người hỏi.
a) Bản sao;
b) Bản chính để đối chiếu.
Điều 3. Trách nhiệm thi hành
1. Thủ trưởng các cơ quan chịu trách nhiệm thi hành Quy chế này.
2. Hồ sơ gồm có:
a) Bản sao;
b) Bản kê khai nguồn gốc đất."""


def standings(new, *eids):
    alignment = Alignment(parse_text(OLD), parse_text(new))
    return [(alignment.standing(eid), getattr(alignment.partner(eid), "eid", None)) for eid in eids]


def test_unchanged_text_is_the_same_everywhere():
    eids = ["", "art_1", "art_2__para_1", "art_2__para_2__point_a", "art_3__para_2__point_a"]
    assert standings(OLD, *eids) == [(Standing.SAME, eid) for eid in eids]


def test_inserted_article_moves_what_follows():
    new = OLD.replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 3.").replace(
        "Điều 3. Thời", "Điều 2. Giải thích từ ngữ\nNgười dân là cá nhân, tổ chức gửi ý kiến.\nĐiều 3. Thời"
    )  # fmt: skip
    assert standings(new, "art_1", "art_2", "art_3__para_1") == [
        (Standing.SAME, "art_1"), (Standing.MOVED, "art_3"), (Standing.MOVED, "art_4__para_1")
    ]  # fmt: skip


def test_new_article_with_an_old_number_is_not_the_old_one():
    new = OLD.replace("Điều 1. Phạm vi điều chỉnh", "Điều 1. Kinh phí").replace(
        "Quy chế này quy định việc tiếp nhận và trả lời ý kiến của người dân qua cổng thông tin.",
        "Kinh phí thực hiện lấy từ ngân sách tỉnh hằng năm.",
    )
    assert standings(new, "art_1") == [(Standing.ORPHAN, None)]


def test_reworded_clause_and_all_around_it_are_changed():
    new = OLD.replace("10 ngày làm việc", "05 ngày làm việc")
    assert standings(new, "art_2__para_1", "art_2", "", "art_2__para_2") == [
        (Standing.CHANGED, "art_2__para_1"), (Standing.CHANGED, "art_2"), (Standing.CHANGED, ""),
        (Standing.SAME, "art_2__para_2"),
    ]  # fmt: skip


def test_equal_points_are_told_apart_by_what_stands_around_them():
    new = OLD.replace("2. Trường hợp phức tạp", "2. Trường hợp rất phức tạp").replace(
        "a) Bản sao;\nb) Bản kê", "a) Bản kê"
    )
    assert standings(new, "art_2__para_2__point_a", "art_3__para_2__point_a") == [
        (Standing.SAME, "art_2__para_2__point_a"), (Standing.ORPHAN, None)
    ]  # fmt: skip


def test_of_two_that_may_be_meant_it_is_neither():
    clause = "1. Cơ quan trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận."
    alike = [clause.replace("10", "05"), clause.replace("10", "07").replace("1.", "2.")]
    new = OLD.replace(clause, "\n".join(alike)).replace("2. Trường", "3. Trường")
    assert standings(new, "art_2__para_1", "art_2__para_2") == [
        (Standing.ORPHAN, None), (Standing.MOVED, "art_2__para_3")
    ]  # fmt: skip


def test_articles_that_change_places_keep_what_was_said_of_them():
    first, second, third = OLD.split("Điều ")[1:]
    new = f"Điều 1{third[1:]}\nĐiều 2{first[1:]}Điều 3{second[1:]}"
    assert standings(new, "art_1", "art_2__para_1", "art_3") == [
        (Standing.MOVED, "art_2"), (Standing.MOVED, "art_3__para_1"), (Standing.MOVED, "art_1")
    ]  # fmt: skip


@pytest.mark.parametrize("eid", ["art_99", "x", "art_1__para_1"])
def test_what_never_was_is_nowhere(eid):
    assert standings(OLD, eid) == [(Standing.ORPHAN, None)]


def test_empty_texts_are_harmless():
    alignment = Alignment(parse_text(OLD), parse_text(""))
    assert alignment.standing("art_1") == Standing.ORPHAN
    assert Alignment(parse_text(""), parse_text(OLD)).standing("") == Standing.CHANGED
