"""Plain text of any of the encodings in which Vietnamese offices keep it, to Unicode."""

import codecs
import re

from core.text import normalise

from .old_fonts import from_tcvn3, from_vni, repaired
from .outcome import UnreadableFile
from .syllables import accented_words, is_syllable, share_of_syllables

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1b]")
# Curly quotes, dashes and the ellipsis: a text without accents may hold them all the same.
_PUNCTUATION = frozenset("“”‘’–—…•«»°§±·€™®©\u00a0")
_SAMPLE = 400_000
_LIKELY = 0.7
_CLEARLY_UTF8 = 0.9


def decode(data: bytes) -> tuple[str, str]:
    """Return (text in NFC, name of the encoding): utf-8, utf-16-le, utf-16-be, windows-1258, tcvn3 or vni.

    A text whose old letters were saved as UTF-8 is changed too and named by both, such as "utf-8 (tcvn3)".
    Raises UnreadableFile where no encoding makes Vietnamese of it.
    """
    text, encoding = _unicode(data) or _legacy(data)
    if _CONTROLS.search(text):
        raise UnreadableFile("encoding")
    return normalise(text), encoding


def _unicode(data):
    """Return the text of what is Unicode, else None."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding) or _refuse(data, encoding)
    if encoding := _utf16_without_mark(data):
        return _strictly(data, encoding)
    found = _strictly(data, "utf-8")
    if found is None:
        return None
    text, old = repaired(found[0])
    return text, f"utf-8 ({old.lower()})" if old else "utf-8"


def _strictly(data, encoding):
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return None


def _refuse(data, encoding):
    if encoding == "utf-8":
        _refuse_broken_utf8(data)
    raise UnreadableFile("encoding")


def _utf16_without_mark(data):
    """Half of the bytes of UTF-16 in Latin letters are zero: the upper ones."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) or len(data) % 2:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _legacy(data):
    _refuse_broken_utf8(data)
    western = data.decode("cp1252", errors="replace")
    # Windows-1258 leaves seven codes empty; C1 controls in their places never make a syllable.
    windows = data.decode("cp1258", errors="replace")
    found = {"windows-1258": windows, "tcvn3": from_tcvn3(data.decode("latin-1")), "vni": from_vni(western)}
    shares = {encoding: _share(text[:_SAMPLE]) for encoding, text in found.items()}
    best = max(shares, key=shares.get)
    if shares[best] >= _LIKELY:
        return found[best], best
    if all(character.isascii() or character in _PUNCTUATION for character in windows):
        return windows, "windows-1258"
    raise UnreadableFile("encoding")


def _share(text):
    words = accented_words(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _refuse_broken_utf8(data):
    """A text that is Vietnamese in UTF-8 but for some bytes is refused with the line: guessing would spoil the rest."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    share = share_of_syllables(text[:_SAMPLE].replace("\ufffd", " "))
    if bad and share is not None and share >= _CLEARLY_UTF8 and bad < len(accented_words(text[:_SAMPLE])) / 2:
        raise UnreadableFile("broken_utf8", {"line": text[: text.index("\ufffd")].count("\n") + 1})
