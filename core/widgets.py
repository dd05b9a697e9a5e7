"""Form fields of the admin that know Vietnamese."""

from collections import defaultdict

from wagtail.admin.widgets import SlugInput

from .text import fold


def slug_input() -> SlugInput:
    """Return the field for an address word, which writes Vietnamese letters without their accents while one types.

    Wagtail's own leaves them out: "Hội nghị" becomes "hi-ngh".
    """
    letters = defaultdict(str)
    # Latin-1 to Vietnamese, where all letters with marks stand in Unicode.
    for code in range(0xC0, 0x1EFA):
        letter = chr(code)
        plain = fold(letter)
        if letter.isalpha() and len(plain) == 1 and plain.isascii():
            letters[plain] += letter
    # Marks that stand apart (NFD) are dropped; the letters before them are plain already.
    formatters = [(f"[{marked}]", plain) for plain, marked in letters.items()] + [("[\u0300-\u036f]", "")]
    return SlugInput(formatters=formatters)
