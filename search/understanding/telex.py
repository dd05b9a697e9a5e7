"""What a Vietnamese keyboard leaves where nobody turned it on: "nghij ddinhj" (Telex), "nghi5 d9inh5" (VNI).

A word is such a residue when it can be no Vietnamese syllable as it stands and is one when its keys are read.
"""

import re
import unicodedata
from dataclasses import dataclass

from core.text import fold
from legal_docs.reading.syllables import is_syllable

_WORD = re.compile(r"\w+")
_INITIAL = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx]"
_VOWELS = (
    "ai|ao|au|ay|a|eo|eu|e|ia|ieu|ie|iu|i|oai|oao|oay|oa|oeo|oe|oi|o|uay|uao|ua|ue|ui|uoi|uou|uo|uu|uya|uye|uyu|uy|u"
    "|yeu|ye|y"
)
_FOLDED_SYLLABLE = re.compile(f"(?:{_INITIAL})?(?:{_VOWELS})(?:ch|ng|nh|[cmnpt])?")
_TELEX = re.compile("[a-zđ]{2,9}")
_VNI = re.compile(r"(?=[a-zđ]*\d)[a-zđ][a-zđ1-9]{1,8}")
_IS_VOWEL = frozenset("aeiouy")
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301\u0300\u0309\u0303\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302\u0306\u031b"
_TONES = {"s": _ACUTE, "f": _GRAVE, "r": _HOOK, "x": _TILDE, "j": _DOT, "z": ""}
_TONES_OF_VNI = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_MARKS_OF_VNI = {"6": ("aeo", _CIRCUMFLEX), "7": ("ou", _HORN), "8": ("a", _BREVE)}


@dataclass
class _Typed:
    """A syllable while its keys are read."""

    letters: list[str]
    marks: list[str]
    tone: str = ""

    @property
    def has_vowel(self):
        return any(letter in _IS_VOWEL for letter in self.letters)

    def add(self, letter):
        self.letters.append(letter)
        self.marks.append("")

    def mark(self, among, mark):
        """Mark the last vowel that may bear it; of "uo" both bear a horn. Return whether there is one."""
        places = [at for at, letter in enumerate(self.letters) if letter in among and not self.marks[at]]
        if not places:
            return False
        last = places[-1]
        self.marks[last] = mark
        if mark == _HORN and self.letters[last - 1 : last + 1] == ["u", "o"] and self.letters[:last] != ["q", "u"]:
            self.marks[last - 1] = mark
        return True

    def stroke(self):
        is_new = self.letters[:1] == ["d"]
        if is_new:
            self.letters[0] = "đ"
        return is_new

    def written(self) -> str:
        for at, letter in enumerate(self.letters[1:], start=1):
            # "giuwong": a keyboard makes "ươ" of it.
            if letter == "o" and not self.marks[at] and self.marks[at - 1] == _HORN:
                self.marks[at] = _HORN
        if self.tone and (place := self._place_of_tone()) is not None:
            self.marks[place] += self.tone
        return unicodedata.normalize("NFC", "".join(map("".join, zip(self.letters, self.marks, strict=True))))

    def _place_of_tone(self):
        word = "".join(self.letters)
        # After "q" the u and after "g" the i are of the consonant, if there is another vowel.
        first = 2 if re.match("qu|gi[aeiouy]", word) else 0
        vowels = [at for at, letter in enumerate(word) if letter in _IS_VOWEL and at >= first]
        marked = [at for at in vowels if self.marks[at]]
        if marked:
            return marked[-1]
        if len(vowels) > 1 and (len(vowels) > 2 or vowels[-1] < len(word) - 1):
            return vowels[1]
        return vowels[0] if vowels else None


def _telex(word):
    typed = _Typed([], [])
    for key in word:
        if key in _TONES and typed.has_vowel:
            typed.tone = _TONES[key]
        elif key == "w":
            if not (typed.mark("ou", _HORN) or typed.mark("a", _BREVE)):
                typed.add("u")
                typed.mark("u", _HORN)
        elif not (key in "aeo" and typed.mark(key, _CIRCUMFLEX)) and not (key == "d" and typed.stroke()):
            typed.add(key)
    return typed.written()


def _vni(word):
    typed = _Typed([], [])
    for key in word:
        if key in _TONES_OF_VNI:
            if typed.tone:
                return ""
            typed.tone = _TONES_OF_VNI[key]
        elif key in _MARKS_OF_VNI:
            if not typed.mark(*_MARKS_OF_VNI[key]):
                return ""
        elif key == "9":
            if not typed.stroke():
                return ""
        else:
            typed.add(key)
    return typed.written()


def read_word(word: str) -> str:
    """Return what somebody meant who typed these keys, "" where it is no residue."""
    plain = word.lower()
    if _FOLDED_SYLLABLE.fullmatch(fold(word)):
        return ""
    if _TELEX.fullmatch(plain):
        found = _telex(plain)
    else:
        found = _vni(plain) if _VNI.fullmatch(plain) else ""
    if not found or found == plain or not is_syllable(found):
        return ""
    if word.isupper():
        return found.upper()
    return found.capitalize() if word[0].isupper() else found


def residues(text: str) -> dict[str, str]:
    """Return the words of a text that are residues, with what was meant.

    One word with a figure alone is none: "lop1", "khu3" are words with their number.
    """
    found = {word: meant for word in dict.fromkeys(_WORD.findall(text)) if (meant := read_word(word))}
    return {word: meant for word, meant in found.items() if word.isalpha() or len(found) > 1}


def replaced(text: str, meant: dict[str, str]) -> str:
    """Return a text with words in the place of others."""
    return _WORD.sub(lambda match: meant.get(match[0], match[0]), text)
