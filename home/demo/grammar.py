"""The little grammar in which the demo texts are written (data/stories.yaml)."""

import random
import re

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)(?::(\d+)-(\d+))?\}")
_SENTENCE = re.compile(r"(^|[.!?] )([a-zà-ỹđ])")


def expand(text: str, words: dict[str, str], rng: random.Random) -> str:
    """Return a text with its [choices|made] and its {words} put in.

    {n:20-90} is a whole number and {pct:91-99} a percentage between the two. What was drawn once is kept in `words`,
    so that an article gives the same number in its summary and in its text.
    """
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)

    def fill(match):
        name, low, high = match.groups()
        if low is None:
            return words[name]
        if match[0] not in words:
            draw = percentage if name == "pct" else _number_between
            words[match[0]] = draw(rng, int(low), int(high))
        return words[match[0]]

    return _SLOT.sub(fill, text)


def sentences(text: str) -> str:
    """Return the text with a capital letter at the beginning of each sentence."""
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)


def number(value: int) -> str:
    """Write a number in the Vietnamese way: 12.400."""
    return f"{value:,}".replace(",", ".")


def percentage(rng: random.Random, low: int, high: int) -> str:
    """Write a percentage between two whole ones, with a decimal comma: 96,4%."""
    tenths = rng.randint(low * 10, high * 10)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def _number_between(rng, low, high):
    return number(rng.randint(low, high))
