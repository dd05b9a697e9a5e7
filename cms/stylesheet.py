"""One style sheet per portal: the files of static/css in layer order, and the portal's colours as tokens.

Plain files, no build: they are read once per process and joined, so that a page needs one request for all of its looks.
"""

import hashlib
import re
from functools import cache

from django.conf import settings
from django.templatetags.static import static

ORDER = (
    "tokens.css",
    "fonts.css",
    "shades.css",
    "dark.css",
    "contrast.css",
    "reset.css",
    "base.css",
    "prose.css",
    "layout.css",
    "components/*.css",
    "utilities.css",
    "print.css",
)
_URL = re.compile(r"url\(\"?\.\./(?P<path>[^)\"]+)\"?\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")


def stylesheet(portal_settings) -> str:
    """Return the style sheet of a portal with its own colours."""
    return f"{_joined()}\n{_tokens(portal_settings)}"


def stylesheet_version(portal_settings) -> str:
    """Return a short hash that changes with the files and with the portal's colours."""
    return hashlib.sha256((_digest() + _tokens(portal_settings)).encode()).hexdigest()[:12]


def _tokens(portal_settings):
    if portal_settings is None:
        return ""
    return (
        "@layer theme{:root{"
        f"--portal-primary:{portal_settings.primary_colour};--portal-accent:{portal_settings.accent_colour}"
        "}}"
    )


@cache
def _digest():
    return hashlib.sha256(_joined().encode()).hexdigest()


@cache
def _joined():
    folder = settings.BASE_DIR / "static" / "css"
    files = [path for pattern in ORDER for path in sorted(folder.glob(pattern))]
    # Comments and indentation are for us, not for the visitor's line.
    text = _INDENT.sub("\n", _COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    return _URL.sub(lambda match: f'url("{static(match["path"])}")', text)
