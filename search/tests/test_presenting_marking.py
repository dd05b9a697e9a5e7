import pytest

from core.text import fold
from search.presenting.marking import SNIPPET, Marker
from search.wanted import Synonym, Wanted, Word


def typed(*words, **more):
    """Return words as they were typed, with what is folded of them."""
    return Wanted(words=tuple(Word(fold(word), word if fold(word) != word else "") for word in words), **more)


def marked(text, *words, **more):
    return Marker(typed(*words, **more)).mark(text).replace('<mark class="hit">', "[").replace("</mark>", "]")


class TestMarking:
    def test_words_with_accents_mark_their_like_alone(self):
        assert marked("Đại biểu nói về đất đai", "đất", "đai") == "Đại biểu nói về [đất đai]"
        assert marked("QUY định, quỹ, quý", "quy", "định") == "[QUY định], quỹ, quý"

    def test_tone_mark_may_stand_on_either_letter(self):
        assert marked("Hoà giải ở cơ sở", "hòa", "giải") == "[Hoà giải] ở cơ sở"

    def test_words_without_accents_mark_all(self):
        assert marked("Đất đai và ĐẠI biểu", "dat", "dai") == "[Đất đai] và ĐẠI biểu"
        assert marked("Đại biểu", "dat", "dai") == "[Đại] biểu"

    def test_words_side_by_side_are_one_mark_and_parts_of_them_none(self):
        assert marked("Thu hồi đất: đất đai của dân", "đất", "đai") == "Thu hồi đất: [đất đai] của dân"
        assert marked("Thu hồi đất", "đất", "đai") == "Thu hồi [đất]"

    def test_filling_words_are_marked_beside_others_only(self):
        wanted = Wanted(words=(Word("cua", "của", 0.1), Word("dan", "dân", 1.0)))
        assert Marker(wanted).mark("của ai, của dân") == 'của ai, <mark class="hit">của dân</mark>'

    def test_synonym_and_phrase_are_marked_whole(self):
        names = (Synonym(0, 1, ("uy", "ban", "nhan", "dan")),)
        assert marked("Ủy ban Nhân dân, ủy quyền, nhân dân", "ubnd", synonyms=names).startswith("[Ủy ban Nhân dân], ủy")
        assert marked("thẻ cấp, cấp thẻ", phrases=(("cap", "the"),)) == "thẻ cấp, [cấp thẻ]"

    def test_text_is_escaped_and_marks_are_the_only_tags(self):
        assert marked('<b onclick="x">đất</b> & đai', "đất") == '&lt;b onclick="x"&gt;[đất]&lt;/b&gt; &amp; đai'
        assert marked("<script>", "script") == "&lt;[script]&gt;"

    def test_letters_that_fold_to_more_than_one_do_not_shift_the_marks(self):
        assert marked("ﬁ Ĳİẞ đất", "đất") == "ﬁ Ĳİẞ [đất]"

    def test_nothing_wanted_marks_nothing(self):
        assert marked("Đất đai") == "Đất đai"


class TestSnippet:
    LONG = "Mở đầu không có gì. " * 60 + "Việc giao đất, cho thuê đất thực hiện theo luật đất đai. " + "Kết thúc. " * 60

    def test_stands_around_the_densest_place_and_is_cut_at_words(self):
        snippet = Marker(typed("luật", "đất", "đai")).snippet("Về luật. " + self.LONG)
        assert '<mark class="hit">luật đất đai</mark>' in snippet.html
        assert snippet.words == "luật đất đai"
        plain = snippet.html.replace('<mark class="hit">', "").replace("</mark>", "")
        assert plain.startswith("…")
        assert plain.endswith("…")
        assert len(plain) <= SNIPPET + 2
        assert all(word in ("Về luật. " + self.LONG).split() for word in plain.strip("…").split())

    def test_short_text_stays_whole_and_a_text_without_finds_gives_its_beginning(self):
        marker = Marker(typed("đất"))
        assert marker.snippet("Một\n mảnh\tđất").html == 'Một mảnh <mark class="hit">đất</mark>'
        snippet = marker.snippet("Không có gì ở đây. " * 40)
        assert snippet.html.startswith("Không có gì")
        assert snippet.html.endswith("…")
        assert snippet.words == ""

    @pytest.mark.parametrize("text", ["", " ", "đất", "đ" * 5_000, "đất" * 3_000, "đất " * 20_000, "<" * 400])
    def test_odd_texts_give_a_snippet_of_bounded_length(self, text):
        snippet = Marker(typed("đất")).snippet(text)
        assert len(snippet.html) < 8_000
