"""Which paragraphs are quoted: an amending text says new articles in quotation marks, over many paragraphs."""

import re

from .numbering import read_article

_OPENING, _CLOSING = "“„«", "”»"
_EITHER = '"'
_ENDS = re.compile(r"[”“»\"]\s?[.;,:]?(/\.)?$")
_AMENDS = re.compile(r"^\W*(\d+[a-z]?|[a-zđ]\d?)\s?[.)]\s*(Sửa đổi|Bổ sung|Bãi bỏ|Thay thế|Thay cụm|Bỏ |Đổi|Hủy bỏ)")
_ANNOUNCES = re.compile(
    r"(sửa đổi|bổ sung|thay thế|thay bằng|đính chính|sửa lại)[^.]*(như sau|bằng|là)?\s?:\s*$", re.IGNORECASE
)
_SPEAKS_OF_AMENDING = re.compile(r"sửa đổi|bổ sung|thay thế|thay cụm từ|đính chính", re.IGNORECASE)
# No law quotes more at once; beyond it a mark was forgotten.
_MOST_PARAGRAPHS = 3_000


def find_quotations(texts: list[str]) -> list[range]:
    """Return the runs of paragraphs that are quoted as a whole.

    A run begins where a paragraph begins with a mark that closes at the end of that paragraph or of a later one. A
    paragraph in whose midst a long quotation begins is not part of it, what follows is. A mark that is never closed
    quotes nothing; one that is forgotten inside ends where the amending text evidently goes on.
    """
    found, place = [], 0
    while place < len(texts):
        run = _run_at(texts, place, is_announced=_is_announced(texts, place, found))
        if run is None:
            place += 1
        else:
            found.append(run)
            place = run.stop
    return found


def _is_announced(texts, place, found):
    """Tell whether a quotation may begin here: after a colon, after "như sau", or after another quotation."""
    if place == 0 or (found and found[-1].stop == place):
        return True
    return texts[place - 1].endswith(":") or bool(re.search(r"(như sau|như sau:.*)\W*$", texts[place - 1]))


def amends(text: str) -> bool:
    """Tell whether a paragraph speaks of amending, so that what is quoted after it is another document's."""
    return bool(_SPEAKS_OF_AMENDING.search(text))


def _run_at(texts, place, is_announced):
    text = texts[place]
    if not any(mark in text for mark in _OPENING + _EITHER):
        return None
    begins_here = text.lstrip()[:1] in tuple(_OPENING + _EITHER)
    if begins_here and not is_announced:
        return None
    depth = _depth(text, 0)
    if depth <= 0:
        # A term in quotation marks at the beginning of a sentence is no quotation of a text.
        return range(place, place + 1) if begins_here and _is_one_quotation(text) else None
    if not begins_here and not _ANNOUNCES.search(re.split(r"[“„«\"]", text)[0]):
        return None
    stop = _find_end(texts, place, depth)
    if stop is None:
        return None
    start = place if begins_here else place + 1
    return range(start, stop) if stop > start else None


def _is_one_quotation(text):
    return bool(_ENDS.search(text)) and _closes_at(text) >= len(text.rstrip(" .;,:/")) - 1


def _closes_at(text):
    depth = 0
    for position, character in enumerate(text):
        depth = _step(text, position, character, depth)
        if depth == 0 and character in _CLOSING + _EITHER:
            return position
    return -1


def _depth(text, depth):
    for position, character in enumerate(text):
        depth = _step(text, position, character, depth)
    return depth


def _step(text, position, character, depth):
    if character in _OPENING:
        return depth + 1
    if character in _CLOSING:
        return max(0, depth - 1)
    if character == _EITHER:
        opens = position == 0 or text[position - 1] in " (:;,[“"
        return depth + 1 if opens else max(0, depth - 1)
    return depth


def _find_end(texts, place, depth):
    """Return the place after the last quoted paragraph, or None where no end is in sight."""
    first_end = None
    for stop in range(place + 1, min(len(texts), place + _MOST_PARAGRAPHS) + 1):
        if stop > place + 1:
            depth = _depth(texts[stop - 1], depth)
        if depth <= 0:
            return stop
        if _ENDS.search(texts[stop - 1]):
            first_end = first_end or stop
            if stop == len(texts) or _goes_on_outside(texts[place], texts[stop]):
                return stop
    return first_end


def _goes_on_outside(first, following):
    """Tell whether the amending text itself goes on, although marks inside the quotation do not match."""
    if following.lstrip()[:1] in tuple(_OPENING + _EITHER) or _AMENDS.match(following):
        return True
    quoted, article = read_article(first.lstrip('“„«" ')), read_article(following)
    if quoted is None or article is None:
        return False
    return article.order < quoted.order
