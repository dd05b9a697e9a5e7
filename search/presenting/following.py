"""A saved search in words."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from search.asking import Asked
from search.enums import Facet

from .names import names_for
from .narrowing import days_of


def described(asked: Asked, agency) -> str:
    """Return in words what a search finds: "“thu hồi đất”, văn bản, năm 2020 (Sở Tư pháp)"."""
    names = names_for((), asked=asked)
    parts = [_("“%(words)s”") % {"words": asked.text}] if asked.text else []
    for facet in Facet:
        parts += names.all_of(facet, asked.chosen.get(facet, ()))
    if asked.since or asked.until:
        parts.append(days_of(asked))
    where = _("the whole province") if asked.is_provincial else agency.display_name
    return f"{capfirst(', '.join(parts))} ({where})"
