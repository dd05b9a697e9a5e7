"""Laws that are called by their name and a year: "luật đất đai năm 2013", "BLHS 2015", "hiến pháp 1992".

Several laws have one name, and the year says which is meant, as a number would.
"""

import re
from collections.abc import Sequence

from search.wanted import TELLING, Synonym, WantedLaw, Word

_LONGEST = 16
_YEAR = re.compile(r"(?:19|20)\d\d")
# What may stand between a name and its year.
_LINKS = (("ban", "hanh", "nam"), ("nam",))
# How laws begin, the longest first, and of which types they then are. Codes are laws to whoever names them.
_FORMS = {
    ("bo", "luat"): ("bo luat",),
    ("phap", "lenh"): ("phap lenh",),
    ("hien", "phap"): ("hien phap",),
    ("luat",): ("luat", "bo luat"),
}
# "Pháp luật", "kỷ luật", "quy luật" are none.
_NOT_BEFORE_LAW = {"phap", "ky", "ki", "quy", "qui"}
# With these before it, something that belongs to the law is meant.
_OTHERS = re.compile(r"\b(?:nghi dinh|nghi quyet|thong tu|huong dan|nd|nq|tt)\b")


def laws_in(words: Sequence[Word], synonyms: Sequence[Synonym]) -> tuple[WantedLaw, ...]:
    """Return the law that is called by its name and a year; none or one."""
    for place, word in enumerate(words):
        if _YEAR.fullmatch(word.text):
            end = _end_of_name(words, place)
            found = _named(words, synonyms, end, int(word.text)) or _shortened(words, synonyms, end, int(word.text))
            if found and not _OTHERS.search(" ".join(one.text for one in words[:end])):
                return (found,)
    return ()


def _end_of_name(words, place):
    texts = tuple(word.text for word in words[:place])
    return next((place - len(link) for link in _LINKS if texts[-len(link) :] == link), place)


def _named(words, synonyms, end, year):
    """Return the law whose name, from its form on, stands right before the year."""
    for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
        if not words[start].text.isalpha():
            return None
        for form, forms in _FORMS.items():
            if tuple(word.text for word in words[start : start + len(form)]) == form and _may_begin(words, start, form):
                return _law(words, synonyms, start + len(form), end, forms, year)
    return None


def _may_begin(words, start, form):
    before = words[start - 1].text if start else ""
    if form != ("luat",):
        return True
    return before not in _NOT_BEFORE_LAW and before != "bo"


def _law(words, synonyms, start, end, forms, year):
    ways = [
        ((words[place].text,), *(one.words for one in synonyms if start <= one.start <= place < one.end <= end))
        for place in range(start, end)
        # What tells less need not be in the name: "luật về đất đai năm 2013".
        if words[place].weight >= TELLING
    ]
    return WantedLaw(year, forms, tuple(ways)) if ways or forms == ("hien phap",) else None


def _shortened(words, synonyms, end, year):
    """Return the law of which an abbreviation stands before the year: "BLHS 2015"."""
    for one in synonyms:
        if one.end == end == one.start + 1:
            for form, forms in _FORMS.items():
                if one.words[: len(form)] == form and len(one.words) > len(form):
                    return WantedLaw(year, forms, tuple(((word,),) for word in one.words[len(form) :]))
    return None
