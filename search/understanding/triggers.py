"""Words that staff set, compared with what somebody searches for: without accents, whatever stands between them."""

from .tokens import tokens_of

MOST, LONGEST = 20, 100


def phrase_of(text: str) -> str:
    """Return the folded words of a text with one space between them: "Đăng ký khai sinh" is "dang ky khai sinh"."""
    return " ".join(token.text for token in tokens_of(text))


def phrases_of(lines: str) -> list[str]:
    """Return the phrase of each line that has one."""
    return [phrase for line in lines.splitlines() if (phrase := phrase_of(line))]


def is_in(phrase: str, searched: str, *, is_whole: bool) -> bool:
    """Say whether a search (a phrase, too) is this phrase or, unless it must be the whole, has its words in a row."""
    return phrase == searched if is_whole else f" {phrase} " in f" {searched} "


def may_become(phrase: str, typed: str, *, is_whole: bool) -> bool:
    """Say whether what is being typed may become a search for a phrase, or is one already."""
    return phrase.startswith(typed) or is_in(phrase, typed, is_whole=is_whole)
