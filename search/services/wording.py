"""The words of the search as the province keeps them."""

from django.core.cache import cache

from search.models import SynonymGroup
from search.understanding import Synonyms
from search.understanding.synonyms import Group

_KEY = "search:synonyms"
# Processes without a shared cache see a change after this many seconds.
_KEPT = 10


def synonyms_in_use() -> Synonyms:
    """Return the groups that are in use, ready for looking up; kept for some seconds."""
    synonyms = cache.get(_KEY)
    if synonyms is None:
        synonyms = synonyms_with()
        cache.set(_KEY, synonyms, _KEPT)
    return synonyms


def synonyms_with(words: str = "", instead_of: SynonymGroup | None = None) -> Synonyms:
    """Return what would be in use with one more group, or with another in the place of one: for a preview."""
    kept = SynonymGroup.objects.filter(is_active=True).exclude(pk=instead_of.pk if instead_of else None)
    groups = [group for line in kept.values_list("words", flat=True) if (group := Group.of_line(line))]
    more = Group.of_line(words) if words else None
    return Synonyms.of([*groups, *([more] if more else [])])


def forget_synonyms() -> None:
    """Read the groups again at the next search."""
    cache.delete(_KEY)
