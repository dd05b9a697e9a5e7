"""What is indexed of texts."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.accents import one_form
from search.database import stored
from search.database.terms import FORM, PART, parts, rows, storable, syllables, terms
from search.engine import Number, Passage, Thing
from search.enums import Facet

WHOLE = Thing(
    "document:7",
    "Luật Đất đai",
    owner=3,
    places={3: "/luat/", 5: "/van-ban/luat/"},
    summary="Về đất.",
    names=("LĐĐ",),
    number=Number("31", (2024,), ("qh15",), "luat"),
    day=date(2024, 1, 18),
    facets={Facet.TYPE: ("luat",)},
    passages=(Passage("Đất là của dân.", "art_1", "Điều 1", "Phạm vi"),),
)


def test_syllables_are_folded_and_numbers_are_words():
    assert syllables("Số 41/2024/NĐ-CP, Ðiều 5: “Hòa”") == ["so", "41", "2024", "nd", "cp", "dieu", "5", "hoa"]


def test_pairs_do_not_reach_over_the_end_of_a_sentence_or_a_line():
    assert terms("Đất đai. Nhà ở\nCây, cỏ") == {"dat", "dai", "dat_dai", "nha", "o", "nha_o", "cay", "co", "cay_co"}
    assert "2_quy" not in terms("Khoản 2. Quy định")
    assert "tp_hcm" in terms("ở TP.HCM")


def test_the_form_of_the_index_is_raised_with_its_terms():
    # Where this fails, what is indexed of a thing has changed: raise terms.FORM, so that old indexes are built anew,
    # and write the new terms down here.
    assert FORM == 2
    head, article = list(rows(WHOLE))
    common = {"_a", "_p3", "_p5", "_v1ee1a5b3d9f6c0a1"}
    assert {term for term in head[3] if not term.startswith("_")} == {
        "luat", "dat", "dai", "ldd", "luat_dat", "dat_dai", "ve", "ve_dat"
    }  # fmt: skip
    assert {term for term in article[3] if not term.startswith("_")} == {
        "dat", "la", "cua", "dan", "dat_la", "la_cua", "cua_dan", "dieu", "1", "dieu_1", "pham", "vi", "pham_vi",
    }  # fmt: skip
    assert {term for term in head[3] & article[3] if term.startswith(("_a", "_p"))} == common - {"_v1ee1a5b3d9f6c0a1"}
    assert {"_gluat_dat", "_0"} <= head[3]
    assert {"_hluat_dat", "_hve_dat", "_gpham_vi"} <= article[3]


def test_a_thing_is_read_as_it_was_written():
    assert stored.read(stored.written(WHOLE), WHOLE.passages) == WHOLE
    assert stored.read(stored.written(WHOLE), WHOLE.passages).digest == WHOLE.digest


@given(st.text(alphabet=st.sampled_from("ab .\n"), max_size=20), st.integers(0, 3))
def test_parts_make_the_text_again(text, times):
    text *= times * PART // 10
    cut = list(parts(text))
    assert "".join(cut) == text
    assert all(len(part) <= PART for part in cut)


@given(st.text())
def test_any_text_has_terms_without_spaces(text):
    assert not any(" " in term or not term for term in terms(storable(text)))


def test_tone_marks_stand_where_they_are_expected():
    written = ["hoà", "Thuỷ", "khoẻ", "quý", "quỳ", "toán", "hòa", "của", "loè"]
    assert [one_form(word) for word in written] == [
        "hòa", "thủy", "khỏe", "quý", "quỳ", "toán", "hòa", "của", "lòe"
    ]  # fmt: skip
