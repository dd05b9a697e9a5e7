"""Vietnamese as it was written before Unicode: TCVN3 (ABC, fonts ".VnTime") and VNI (fonts "VNI-Times").

Both put accented letters in the places of Western European ones; the font made them look right. A text in them is
known by its font's name or by becoming Vietnamese when it is changed.
TCVN 5712:1993 (VN3 is its part without capitals that have a tone; those come from fonts whose names end in H);
VNI for Windows: the letter, and then a sign for its accents.
"""

import re
import unicodedata
from collections import defaultdict

from .syllables import accented_words, is_syllable, share_of_syllables

TCVN3 = "TCVN3"
VNI = "VNI"

_TCVN_LETTERS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xAF: "Ằ",
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
# Combining grave, hook, tilde, acute and dot below.
_TCVN_TONES = dict(zip(range(0xB0, 0xB5), "\u0300\u0309\u0303\u0301\u0323", strict=True))
_TCVN = {
    code + at: letter for code, letters in _TCVN_LETTERS.items() for at, letter in enumerate(letters)
} | _TCVN_TONES

_VNI_SINGLE = dict(zip("ñÑôÔöÖíÍìÌæÆóÓòÒîÎ", "đĐơƠưƯíÍìÌỉỈĩĨịỊỵỴ", strict=True))
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKS = _VNI_TONES | {
    sign: accent + tone
    for accent, signs in (("\u0302", "âáàåãä"), ("\u0306", "êéèúüë"))
    for sign, tone in zip(signs, ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True)
}
_VNI_MARKS |= {sign.upper(): mark for sign, mark in _VNI_MARKS.items()}
_VNI_PAIR = re.compile(f"([AEIOUYaeiouyôÔöÖ])([{''.join(_VNI_MARKS)}])")
# A text of fewer accented words proves nothing by itself; its font may.
_FEWEST_WORDS = 4
_SAMPLE = 1_000_000
_SURE, _LIKELY = 0.9, 0.6


def from_tcvn3(text: str) -> str:
    """Return the Unicode of a TCVN3 text whose bytes stand as Latin-1 or Windows-1252 characters."""
    return unicodedata.normalize("NFC", text.translate(_TCVN))


def from_vni(text: str) -> str:
    """Return the Unicode of a VNI text whose bytes stand as Latin-1 or Windows-1252 characters."""

    def joined(match):
        base, mark = match.groups()
        return _VNI_SINGLE.get(base, base) + _VNI_MARKS[mark]

    paired = _VNI_PAIR.sub(joined, text)
    single = re.sub("[ñÑôÔöÖíÍìÌæÆóÓòÒîÎ](?![\u0300-\u036f])", lambda match: _VNI_SINGLE[match[0]], paired)
    return unicodedata.normalize("NFC", single)


_CONVERTERS = {TCVN3: from_tcvn3, VNI: from_vni}


def encoding_of_font(font: str) -> str:
    """Return the encoding that the name of a font stands for, or an empty text; "ABCDEF+" before it does not count."""
    name = font.split("+", 1)[-1].lstrip(".").lower()
    if name.startswith(("vni-", "vni ")):
        return VNI
    return TCVN3 if name.startswith("vn") and not name.startswith("vni") else ""


def is_capitals_font(font: str) -> bool:
    """Tell whether a font shows lower-case codes as capitals (".VnTimeH", ".VnArialH-Bold")."""
    name = re.split("[-,]", font.split("+", 1)[-1])[0].strip()
    return bool(re.fullmatch(r"\.?[Vv]n[A-Z][\w ]*[a-z]H", name))


def guess(text: str) -> str:
    """Return in which old encoding a text that passes for Unicode is written; an empty text where it is Unicode."""
    text = text[:_SAMPLE]
    if _has_unicode_letters(text):
        return ""
    before = share_of_syllables(text)
    if before is None or before >= _SURE:
        return ""
    shares = {name: _share(text, name) for name in _CONVERTERS}
    name = max(shares, key=shares.get)
    return name if shares[name] >= _LIKELY and shares[name] > before + 0.2 else ""


def _has_unicode_letters(text):
    """Tell whether letters with two accents stand in a text: no old encoding has them."""
    return any("\u1ea0" <= character <= "\u1ef9" for character in text)


def _share(text, encoding):
    words = accented_words(_CONVERTERS[encoding](text))
    if len(words) < _FEWEST_WORDS:
        return 0.0
    return sum(map(is_syllable, words)) / len(words)


def repaired(text: str) -> tuple[str, str]:
    """Return a pasted or decoded text in Unicode, and the old encoding it was written in, if it was."""
    encoding = guess(text)
    return (_CONVERTERS[encoding](text), encoding) if encoding else (text, "")


class FontDecoder:
    """Changes text of old fonts to Unicode, where a look at all text of the font says that it is needed.

    Some programs name an old font and yet write Unicode, so the name alone is not believed.
    """

    def __init__(self):
        self._samples = defaultdict(list)
        self._decided: dict[str, str] = {}
        self.used: set[str] = set()
        self.doubtful: set[str] = set()

    def learn(self, font: str, text: str) -> None:
        """Take note of text that is written in a font."""
        if encoding_of_font(font):
            self._samples[font].append(text)

    def decode(self, font: str, text: str) -> str:
        """Return the text in Unicode."""
        if not encoding_of_font(font):
            return text
        if font not in self._decided:
            self._decided[font] = self._decide(font)
        if encoding := self._decided[font]:
            text = _CONVERTERS[encoding](text)
        return text.upper() if is_capitals_font(font) else text

    def _decide(self, font):
        sample, encoding = "".join(self._samples[font]), encoding_of_font(font)
        if sample.isascii() or _has_unicode_letters(sample):
            return ""
        words = accented_words(_CONVERTERS[encoding](sample))
        share = sum(map(is_syllable, words)) / len(words) if words else 1.0
        if share >= _LIKELY and share > (share_of_syllables(sample) or 0.0):
            self.used.add(encoding)
            return encoding
        if (share_of_syllables(sample) or 0.0) < _LIKELY:
            self.doubtful.add(font.split("+", 1)[-1])
        return ""
