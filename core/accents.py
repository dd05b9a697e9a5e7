"""Vietnamese syllables with their accents in one form, whichever way their writer places the tone mark."""

import unicodedata

# "hòa" and "hoà", "thúy" and "thuý": both are taught, and both stand in laws. Two letters for two, so that a place in
# the text stays the same place.
_MARKS = "\u0300\u0309\u0303\u0301\u0323"


def _pairs():
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for mark in _MARKS:
            new = first + unicodedata.normalize("NFC", second + mark)
            old = unicodedata.normalize("NFC", first + mark) + second
            yield new, old


_OLD_FORMS = tuple(_pairs())


def with_marks_in_place(text: str) -> str:
    """Return stored text in lower case with tone marks where older spelling puts them: "hoà" becomes "hòa".

    The length stays the same for text in its stored form (core.text.normalise), but for a few letters of no Vietnamese
    word whose lower case is longer.
    """
    lowered = text.lower()
    for new, old in _OLD_FORMS:
        lowered = lowered.replace(new, old)
    return lowered
