import pytest

from search.understanding.spelling import corrected
from search.understanding.telex import read_word, residues

KNOWN = dict.fromkeys(("nghi", "dinh", "thu", "tuc", "hanh", "chinh", "dat", "dai", "lop", "khu"), 100)


def frequencies(terms):
    return {term: KNOWN.get(term, 0) for term in terms}


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("nghij ddinhj thur tucj hanhf chinhs", "nghị định thủ tục hành chính"),
        ("nhaf nuwowcs dduowcj giaays phesp xaay duwngj", "nhà nước được giấy phép xây dựng"),
        ("quyeets thuees hoaf thuyr uyr nhaan khieeus giuwongf", "quyết thuế hòa thủy ủy nhân khiếu giường"),
        ("gias quys gif nhanaj ruwowuj khoanr khuyeens", "giá quý gì nhận rượu khoản khuyến"),
        ("nghi5 d9inh5 d9a6t1 nu7o71c quye6n2 tu5c", "nghị định đất nước quyền tục"),
        ("DDAATS Vieetj", "ĐẤT Việt"),
    ],
)
def test_keys_are_read(keys, meant):
    assert [read_word(word) for word in keys.split()] == meant.split()


@pytest.mark.parametrize(
    "words", ["đất dat ban nghi khoeo", "email wifi internet website excel data", "ubnd qh13 nd43 tt01 x"]
)
def test_what_is_no_residue(words):
    assert not residues(words)


def test_one_word_with_its_number_is_no_residue():
    assert not residues("học sinh lop1")
    assert not residues("khu3 phường 5")
    assert residues("d9a6t1 d9ai")


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("nghij ddinhj thur tucj hanhf chinhs", "nghị định thủ tục hành chính"),
        ("nghi5 d9inh5 43/2014", "nghị định 43/2014"),
        ("thur tucj hanhf chihn", "thủ tục hành chinh"),
        ("Ddaats dai", "Đất dai"),
    ],
)
def test_keys_are_read_where_the_index_knows_what_they_mean(typed, better):
    assert corrected(typed, frequencies, 1_000) == better


@pytest.mark.parametrize("typed", ["xaays", "đất đai", "khu3"])
def test_and_only_there(typed):
    assert corrected(typed, frequencies, 1_000) == ""


def test_known_words_are_left_alone():
    assert corrected("data dai", lambda terms: dict.fromkeys(terms, 5), 1_000) == ""
