"""The one form of a written syllable with its accents."""

import re
from functools import lru_cache

# Both ways are common: "hoà" and "hòa", "thuỷ" and "thủy". The tone of an open syllable stands on its first vowel here,
# in the older way; after q the u belongs to the consonant.
_TONE_ON_SECOND = re.compile("(o)([àáảãạ]|[èéẻẽẹ])$|(?<!q)(u)([ỳýỷỹỵ])$")
_SECOND = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))
_TONES = {"o": "òóỏõọ", "u": "ùúủũụ"}


@lru_cache(maxsize=100_000)
def one_form(token: str) -> str:
    """Return a written syllable (NFC) in lower case with its tone mark as in "hòa"."""
    word = token.lower()
    match = _TONE_ON_SECOND.search(word)
    if not match:
        return word
    first, second = match[1] or match[3], match[2] or match[4]
    tone = "àáảãạèéẻẽẹỳýỷỹỵ".index(second) % 5
    return word[:-2] + _TONES[first][tone] + _SECOND[second]
