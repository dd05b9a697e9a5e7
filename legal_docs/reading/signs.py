"""Signs that are more than letters: raised and lowered figures (m², CO₂, 25 °C), and rules made of dashes."""

import re

_RAISED = str.maketrans("0123456789+-−=()noºi", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ°°ⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str) -> str | None:
    """Return a superscript in Unicode; None where there is none for one of its signs."""
    return _translated(text, _RAISED)


def lowered(text: str) -> str | None:
    """Return a subscript in Unicode; None where there is none for one of its signs."""
    return _translated(text, _LOWERED)


def _translated(text, table):
    return text.translate(table) if all(ord(character) in table or character.isspace() for character in text) else None


def is_rule(text: str) -> bool:
    """Tell whether a line is drawn with signs, as below the national motto; dotted lines are for filling in."""
    return bool(re.fullmatch(r"[\s_─━—–\-=*~]{3,}", text))
