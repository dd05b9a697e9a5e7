"""How files for download are described."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def file_size(size: int | None) -> str:
    """Return a size as people write it in Vietnamese: 1,4 MB."""
    if not size:
        return ""
    if size < 1_000_000:
        return gettext("%(number)d KB") % {"number": max(1, round(size / 1000))}
    return gettext("%(number)s MB") % {"number": f"{size / 1_000_000:.1f}".replace(".", ",")}
