"""Vietnamese text in its stored form, folded for searching, and as address words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, fold_words, normalise, shorten, slugify


def test_decomposed_text_is_composed():
    assert (
        normalise(unicodedata.normalize("NFD", "Ủy ban nhân dân huyện Dầu Tiếng")) == "Ủy ban nhân dân huyện Dầu Tiếng"
    )


def test_icelandic_look_alikes_become_vietnamese():
    assert normalise("\u00d0ại hội \u00f0ại biểu") == "Đại hội đại biểu"


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thủ Dầu Một", "thu dau mot"),
        ("ĐẶC ĐIỂM", "dac diem"),
        ("\u00d0ường", "duong"),
        ("", ""),
        ("2723/QĐ-UBND", "2723/qd-ubnd"),
    ],
)
def test_folding_leaves_letters_without_accents(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_slug_is_words_and_dashes(text):
    slug = slugify(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert len(slug) <= 100


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Tin tức - Sự kiện", "tin-tuc-su-kien"),
        ("Đô thị & Đất đai", "do-thi-dat-dai"),
        ("Sở\u200b Y\u00adtế", "so-yte"),
        ("***", ""),
    ],
)
def test_slug_keeps_every_letter(text, slug):
    assert slugify(text) == slug


def test_long_slug_is_cut_at_a_word():
    assert slugify("một hai ba bốn", 10) == "mot-hai-ba"
    assert slugify("một hai ba bốn", 9) == "mot-hai"
    assert slugify("a" * 30, 10) == "a" * 10


@given(st.text(), st.integers(2, 50))
def test_shortened_text_fits(text, limit):
    assert len(shorten(text, limit)) <= limit


def test_text_is_cut_at_a_word_with_an_ellipsis():
    assert shorten("Hội nghị tổng kết, công tác năm", 20) == "Hội nghị tổng kết…"
    assert shorten("  Hội \n nghị ", 20) == "Hội nghị"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("27/QĐ-STTTT Số hóa, sổ ghi", " 27 qd stttt so hoa so ghi"), (" /- ", ""), ("100%_", " 100 _")],
)
def test_each_word_follows_a_space(text, folded):
    assert fold_words(text) == folded
