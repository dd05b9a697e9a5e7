"""Plain text out of whatever a field holds."""

import html
import re
import unicodedata

import nh3

from core.text import normalise

# Elements whose content is never text for readers.
NEVER_TEXT = {"script", "style", "noscript", "template", "svg", "math", "object", "iframe", "title", "xml"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def is_markup(text: str) -> bool:
    """Say whether a text is HTML rather than plain."""
    return _MARKUP.search(text) is not None


def plain_line(text: str) -> str:
    """Return a text as one line without markup, entities and control characters."""
    if is_markup(text):
        text = nh3.clean(text, tags=set(), clean_content_tags=NEVER_TEXT)
    text = html.unescape(text)
    visible = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return normalise(" ".join(visible.split()))
