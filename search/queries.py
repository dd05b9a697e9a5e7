"""What a visitor typed, read with care, and the articles that have all of its words."""

from core.text import fold
from home.models import NewsPlacement

MAX_LENGTH = 200
MAX_WORDS = 12


def words_of(text: str) -> list[str]:
    """Return the folded words of a query, without repetition, at most MAX_WORDS of them."""
    return list(dict.fromkeys(fold(text[:MAX_LENGTH]).split()))[:MAX_WORDS]


def find_articles(words: list[str], agency=None):
    """Return the shown articles whose title and summary hold all words, accents aside; of one portal or of all."""
    placements = NewsPlacement.objects.shown()
    placements = placements.on_portal(agency) if agency else placements.originals()
    for word in words:
        placements = placements.filter(article__search_text__contains=word)
    return placements
