"""Text as it stands in the fields of a foreign list."""

from django.utils.translation import gettext as _

from .refusals import RowError


def text_field(mapping: dict, name: str) -> str:
    """Return the text of a field, empty where it is absent; raise RowError for what is no text."""
    value = mapping.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowError(_("“%(name)s” must be text") % {"name": name})
    check_letters(value, name)
    return value


def check_letters(value: str, name: str) -> None:
    """Raise RowError for letters that no database keeps: NUL and halves of letters."""
    if "\x00" in value:
        raise RowError(_("“%(name)s” holds a NUL byte") % {"name": name})
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise RowError(_("“%(name)s” holds half a letter (a lone surrogate)") % {"name": name}) from error
