"""Text of any old encoding becomes Unicode, or is refused with a reason."""

import unicodedata

import pytest

from legal_docs.reading import UnreadableFile
from legal_docs.reading.encodings import decode
from legal_docs.reading.old_fonts import FontDecoder, from_tcvn3, from_vni, is_capitals_font
from legal_docs.reading.syllables import is_syllable, share_of_syllables

SENTENCE = "Quyết định này có hiệu lực từ ngày ký; các ông, bà chịu trách nhiệm thi hành. Độ ẩm, được, nghĩa vụ, xử lý."
# The same in VNI, typed from the table of the keyboard.
VNI_SENTENCE = "Quyeát ñònh naøy coù hieäu löïc töø ngaøy kyù; ñöôïc, nghóa vuï, xöû lyù, AÊN ÔÛ, Ñieàu"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> bytes:
    """Return a text in TCVN3; capitals with a tone have no code in it."""
    codes = {from_tcvn3(chr(code)): code for code in range(0xA1, 0x100)}
    return bytes(codes.get(character, ord(character)) for character in text)


def windows_1258(text: str) -> bytes:
    """Return a text in Windows-1258: tones stand after their letter."""
    out = b""
    for character in text:
        decomposed = unicodedata.normalize("NFD", character)
        tones = "".join(c for c in decomposed if c in _TONES)
        letter = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        out += (letter + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8"),
        (unicodedata.normalize("NFD", SENTENCE).encode(), "utf-8"),
        (SENTENCE.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (windows_1258(SENTENCE), "windows-1258"),
        (tcvn3(SENTENCE), "tcvn3"),
        (tcvn3(SENTENCE).decode("latin-1").encode(), "utf-8 (tcvn3)"),
    ],
)
def test_each_encoding_is_recognised_and_gives_the_same_text(data, encoding):
    assert decode(data) == (SENTENCE, encoding)


def test_vni_is_recognised():
    text, encoding = decode(VNI_SENTENCE.encode("cp1252"))
    assert encoding == "vni"
    assert text == "Quyết định này có hiệu lực từ ngày ký; được, nghĩa vụ, xử lý, ĂN Ở, Điều"


def test_text_without_accents_needs_no_guess():
    assert decode(b"so;ky hieu\r\n1;2") == ("so;ky hieu\r\n1;2", "utf-8")
    assert decode("số – “1”".encode())[0] == "số – “1”"
    assert decode("so – “1”".encode("cp1252")) == ("so – “1”", "windows-1258")


def test_what_is_no_vietnamese_in_any_encoding_is_refused():
    with pytest.raises(UnreadableFile, match="UTF-8"):
        decode(bytes(range(0x80, 0x100)) * 4)


def test_one_bad_byte_in_utf8_is_told_with_its_line():
    data = SENTENCE.encode() + b"\nth\xe1 hai\n" + SENTENCE.encode()
    with pytest.raises(UnreadableFile) as caught:
        decode(data)
    assert (caught.value.reason, caught.value.facts) == ("broken_utf8", {"line": 2})


def test_binary_data_is_no_text():
    with pytest.raises(UnreadableFile):
        decode(b"abc\x00\x01\x02" * 10)


def test_all_letters_of_tcvn3_are_those_of_the_standard():
    # TCVN 5712:1993, table VN3: small letters with their tones in the order of the codes.
    assert from_tcvn3("\xb5\xb6\xb7\xb8\xb9") == "àảãáạ"
    assert from_tcvn3("\xbb\xbc\xbd\xbe\xc6") == "ằẳẵắặ"
    assert from_tcvn3("\xa7\xae") == "Đđ"
    assert from_tcvn3("\xf5\xf6\xf7\xf8\xf9") == "ừửữứự"


def test_vni_keeps_letters_that_stand_alone():
    assert from_vni("ñoù, Ñaø, öôùt, OÂng, yeâu, thíc, hòt") == "đó, Đà, ướt, Ông, yêu, thíc, hịt"


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "giếng", "gì", "yêu", "khuỷu", "Đ\u01b0\u1ee3c", "ươn", "uỷ", "thuở"]
)
def test_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quµ", "®Þnh", "thét́", "các̀", "bước̃", "xyz"])
def test_what_is_no_syllable_is_known(word):
    assert not is_syllable(word)


def test_the_share_counts_words_with_accents_alone():
    assert share_of_syllables("Hello World") is None
    assert share_of_syllables("văn bản của ®Þnh") == 0.75


class TestFonts:
    def test_a_font_of_capitals_makes_capitals(self):
        fonts = FontDecoder()
        words = tcvn3("quyết định").decode("latin-1")
        fonts.learn("ABCDEF+.VnTimeH", words)
        assert fonts.decode("ABCDEF+.VnTimeH", words) == "QUYẾT ĐỊNH"
        assert fonts.used == {"TCVN3"}

    def test_the_name_alone_is_not_believed(self):
        fonts = FontDecoder()
        fonts.learn(".VnTime", "Quyết định")
        assert fonts.decode(".VnTime", "Quyết định") == "Quyết định"
        assert not fonts.used

    def test_what_is_not_recognised_is_told(self):
        fonts = FontDecoder()
        fonts.learn(".VnTime", "ßßx þþq ððz")
        fonts.decode(".VnTime", "ßßx")
        assert fonts.doubtful == {".VnTime"}

    @pytest.mark.parametrize(("font", "expected"), [(".VnArialH", True), (".VnTime", False), ("VNI-Times", False)])
    def test_fonts_of_capitals_are_known_by_their_names(self, font, expected):
        assert is_capitals_font(font) is expected
