import pytest

from search.understanding.spelling import corrected

KNOWN = {
    "xay": 40, "dung": 900, "xay_dung": 35, "giay": 300, "phep": 200, "giay_phep": 150, "phep_xay": 30, "dong": 500,
    "dat": 400, "dai": 350, "dat_dai": 300, "cap": 800, "cap_giay": 90, "xau": 60,
}  # fmt: skip


def frequencies(terms):
    return {term: KNOWN.get(term, 0) for term in terms}


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("giay phep xya dung", "giay phep xay dung"),
        ("giấy phép xâyy dựng", "giấy phép xay dựng"),
        ("cấp giayphep", "cấp giay phep"),
        ("datt dai", "dat dai"),
        ("“xayy” dung, 2016", "“xay” dung, 2016"),
    ],
)
def test_unknown_syllable_becomes_the_nearest_that_fits_its_neighbours(typed, better):
    assert corrected(typed, frequencies, 1_000) == better


@pytest.mark.parametrize(
    "typed", ["xay dung", "zzzzzz", "q", "43/2011/NĐ-CP", "", "zzza zzzb zzzc zzzd", "z" * 200, "()*", "٣٣"]
)
def test_nothing_is_made_of_what_is_known_or_like_nothing(typed):
    assert corrected(typed, frequencies, 1_000) == ""


def test_empty_index_knows_nothing_better():
    assert corrected("xayy", frequencies, 0) == ""
