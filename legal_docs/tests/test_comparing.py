"""Two texts, article by article."""

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_docs.comparing import Change, compare, compare_words, summary
from legal_docs.structure.parsing import parse_text

LONG = {
    letter: f"Nội dung {letter} nói về {' '.join(f'{letter}{number}' for number in range(12))}." for letter in "ABCDEFG"
}


def law(*articles):
    return parse_text("\n".join(f"Điều {number}. Về {LONG[key][9:10]}\n{LONG[key]}" for number, key in articles))


def changes(old, new):
    return [
        (difference.change, difference.old and difference.old.number, difference.new and difference.new.number)
        for difference in compare(old, new)
    ]


def test_same_text_has_no_changes():
    text = law((1, "A"), (2, "B"))
    assert summary(compare(text, text)) == {Change.SAME: 2}


def test_inserted_article_moves_the_others_and_changes_none():
    assert changes(law((1, "A"), (2, "B"), (3, "C")), law((1, "A"), (2, "D"), (3, "B"), (4, "C"))) == [
        *((Change.SAME, "1", "1"), (Change.ADDED, None, "2"), (Change.MOVED, "2", "3"), (Change.MOVED, "3", "4"))
    ]


def test_removed_article_stands_where_it_was():
    assert changes(law((1, "A"), (2, "B"), (3, "C")), law((1, "A"), (2, "C"))) == [
        *((Change.SAME, "1", "1"), (Change.REMOVED, "2", None), (Change.MOVED, "3", "2"))
    ]


def test_changed_words_are_told_inside_their_article():
    old = parse_text("Điều 1. Thời hạn\nThời hạn là 10 ngày làm việc.\nĐiều 2. B\nC.")
    new = parse_text("Điều 1. Thời hạn\nThời hạn là 15 ngày làm việc.\nĐiều 2. B\nC.")
    first, second = compare(old, new)
    assert (first.change, second.change) == (Change.CHANGED, Change.SAME)
    assert [(span.change, span.text.strip()) for span in first.spans if span.change is not Change.SAME] == [
        *((Change.REMOVED, "10"), (Change.ADDED, "15"))
    ]


def test_article_that_is_moved_and_changed_is_told_as_both():
    new = parse_text(f"Điều 1. Mới\nHoàn toàn khác hẳn.\nĐiều 2. Về A\n{LONG['A'].replace('A5', 'X')}")
    assert changes(law((1, "A")), new) == [(Change.ADDED, None, "1"), (Change.MOVED_AND_CHANGED, "1", "2")]


def test_article_with_the_same_number_and_another_text_is_removed_and_added():
    old = parse_text("Điều 1. Sổ giấy\nNgười giữ sổ ghi từng trang.")
    new = parse_text("Điều 1. Hiệu lực\nNghị định này thi hành từ tháng ba.")
    assert summary(compare(old, new)) == {Change.REMOVED: 1, Change.ADDED: 1}


def test_two_articles_with_the_same_text_keep_their_numbers():
    text = law((1, "A"), (2, "A"), (3, "B"))
    assert summary(compare(text, text)) == {Change.SAME: 3}
    assert changes(text, law((1, "B"), (2, "A"), (3, "A"))) == [
        *((Change.MOVED, "3", "1"), (Change.SAME, "2", "2"), (Change.MOVED, "1", "3"))
    ]


def test_articles_of_an_attached_regulation_are_not_taken_for_those_of_the_document():
    attached = "Nơi nhận:\n- X;\nQUY CHẾ\nGIỮ SỔ\n(Ban hành kèm theo Quyết định)\nĐiều 1. Về B\n"
    text = parse_text(f"Điều 1. Về A\n{LONG['A']}\n{attached}{LONG['B']}")
    other = parse_text(f"Điều 1. Về A\n{LONG['A']}\n{attached}{LONG['C']}")
    found = compare(text, other)
    assert found[0].change is Change.SAME
    assert {(d.old or d.new).eid for d in found[1:]} == {"att_1__art_1"}


def test_documents_without_articles_are_compared_by_their_sections():
    old = parse_text(f"I. MỘT\n{LONG['A']}\nII. HAI\n{LONG['B']}")
    new = parse_text(f"I. MỘT\n{LONG['A']}\nII. HAI\n{LONG['B'].replace('B3', 'X')}")
    assert [change for change, _old, _new in changes(old, new)] == [Change.SAME, Change.CHANGED]


def test_nothing_against_something_is_added():
    assert summary(compare(parse_text(""), law((1, "A")))) == {Change.ADDED: 1}
    assert summary(compare(law((1, "A")), parse_text(""))) == {Change.REMOVED: 1}


lines = st.lists(st.text("abc đ.,", max_size=12), min_size=1, max_size=5).map("\n".join)


@given(lines, lines)
@settings(deadline=None)
def test_both_texts_can_be_read_from_the_spans(old, new):
    spans = compare_words(old, new)
    assert "".join(span.text for span in spans if span.change is not Change.ADDED) == old + "\n"
    assert "".join(span.text for span in spans if span.change is not Change.REMOVED) == new + "\n"


def test_500_articles_that_all_share_their_words_are_compared_pair_by_pair(monkeypatch):
    """The cost is counted, not timed: word by word only where an article changed."""
    from legal_docs import comparing

    def long_law(shift, word):
        return parse_text(
            "\n".join(
                f"Điều {n + shift}. Về {n}\nCơ quan có trách nhiệm thực hiện việc {n} {word if n % 50 == 0 else 'cũ'}."
                for n in range(1, 501)
            )
        )

    asked = []
    real = comparing.compare_words
    monkeypatch.setattr(comparing, "compare_words", lambda old, new: asked.append(1) or real(old, new))
    found = summary(compare(long_law(0, "cũ"), long_law(1, "mới")))
    assert found == {Change.MOVED: 490, Change.MOVED_AND_CHANGED: 10}
    assert len(asked) == 10
