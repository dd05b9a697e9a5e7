"""What a password must not be, after NIST SP 800-63B, 5.1.1.2: length counts, odd characters do not."""

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import fold

_LIST = Path(__file__).parent / "data" / "common_passwords.txt"
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")
_RUNS = (*_ROWS, *(row[::-1] for row in _ROWS))
_SHORTEST_RUN = 3
# So many characters must remain when runs, repetitions and well-known words are taken away.
_FEWEST_OF_ONES_OWN = 6
_SHORTEST_NAME = 4
_SIGNS = str.maketrans({"@": "a", "$": "s"})
_DIGITS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"})


class CommonPasswordValidator:
    """Refuses what everybody in Viet Nam tries first: matkhau, hanoi, iloveyou, qwerty, with a year behind it."""

    def validate(self, password, user=None):
        if any(len(_without_common(form)) < _FEWEST_OF_ONES_OWN for form in _forms(_letters(fold(password)))):
            raise ValidationError(
                _("This password is made of common words or keys in a row. Choose several words of your own."),
                code="password_too_common",
            )

    def get_help_text(self):
        return _("It must not be a common password, such as a place or the keys of a row with a year behind.")


class PersonalPasswordValidator:
    """Refuses a password that holds the person's own name, user name or mail address."""

    def validate(self, password, user=None):
        plain = _letters(fold(password))
        for label, value in _about(user):
            name = _letters(fold(value))
            if len(name) >= _SHORTEST_NAME and name in plain:
                raise ValidationError(
                    _("This password contains your %(what)s. Choose one that others cannot guess.") % {"what": label},
                    code="password_too_personal",
                )

    def get_help_text(self):
        return _("It must not contain your user name, your name or your mail address.")


class LengthValidator:
    """Refuses passwords of fewer than twelve characters, and those too long to be worked on."""

    def __init__(self, min_length=12, max_length=256):
        self.min_length = min_length
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) < self.min_length:
            message = _("This password has %(count)s characters; it needs at least %(least)s.")
            raise ValidationError(message % {"count": len(password), "least": self.min_length}, "password_too_short")
        if len(password) > self.max_length:
            message = _("This password is longer than %(most)s characters.")
            raise ValidationError(message % {"most": self.max_length}, "password_too_long")

    def get_help_text(self):
        return _("At least %(least)s characters; a sentence or several words are easy to remember.") % {
            "least": self.min_length
        }


def _about(user):
    if user is None:
        return
    yield _("user name"), user.get_username()
    yield _("name"), getattr(user, "full_name", "")
    yield _("name"), f"{getattr(user, 'last_name', '')}{getattr(user, 'first_name', '')}"
    # A mail address is often the name: the part before the @ tells it, its domain is the province's.
    yield _("mail address"), getattr(user, "email", "").split("@")[0]


def _letters(text):
    return re.sub(r"[\W_]", lambda sign: sign[0] if sign[0] in "@$" else "", text)


def _forms(plain):
    # As typed; with signs read as letters; with digits read as letters, too: "m@tkh@u123" and "m4tkh4u" alike.
    readable = plain.translate(_SIGNS)
    return plain, readable, readable.translate(_DIGITS)


def _without_common(plain):
    rest = plain
    for word in _common_words():
        rest = rest.replace(word, " ")
    rest = re.sub(r"(19|20)\d\d", " ", rest)
    return _without_runs(_without_repetitions(rest)).replace(" ", "")


def _without_repetitions(text):
    # "abcabcabc" tells no more than "abc".
    return re.sub(r"(.{1,6}?)\1{1,}", r"\1", text)


def _without_runs(text):
    kept, at = [], 0
    while at < len(text):
        length = _run_at(text, at)
        if length < _SHORTEST_RUN:
            kept.append(text[at])
            length = 1
        at += length
    return "".join(kept)


def _run_at(text, start):
    longest = 0
    for row in _RUNS:
        place = row.find(text[start])
        if place < 0:
            continue
        length = 0
        while text[start + length : start + length + 1] == row[place + length : place + length + 1] != "":
            length += 1
        longest = max(longest, length)
    return longest


@cache
def _common_words():
    words = [line.strip() for line in _LIST.read_text(encoding="utf-8").splitlines()]
    # The longest first, so that a word inside another leaves no rest of it.
    return sorted({word for word in words if word and not word.startswith("#")}, key=len, reverse=True)
