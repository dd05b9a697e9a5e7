"""What a portal's look may be: colours that people can read."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
# WCAG 2.2, success criterion 1.4.3: text against its background.
MIN_CONTRAST = 4.5


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours "#rrggbb" (WCAG 2.2, definition "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def validate_theme_colour(value: str) -> None:
    """Accept "#rrggbb" on which white letters can be read; otherwise raise a ValidationError with the ratio."""
    if not _HEX.match(value):
        raise ValidationError(_("Write the colour as # and six digits, such as #0b4a8f."))
    ratio = contrast(value, "#ffffff")
    if ratio < MIN_CONTRAST:
        raise ValidationError(
            _(
                "White letters on this colour are hard to read: contrast %(ratio).1f, at least 4.5 is needed."
                " Choose a darker one."
            ),
            params={"ratio": ratio},
        )


def _luminance(colour):
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
