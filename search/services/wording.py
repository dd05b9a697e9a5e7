"""The words of the search as the province keeps them."""

from uuid import uuid4

from django.core.cache import cache

from search.models import SynonymGroup
from search.understanding import Synonyms
from search.understanding.synonyms import Group

_KEY = "search:synonyms"
# Processes without a shared cache see a change after this many seconds.
_KEPT = 10
# What this process has read, by the name under which the cache says that it holds: to unpickle a thousand groups takes
# longer than to read a query with them.
_read: dict[str, Synonyms] = {}


def synonyms_in_use() -> Synonyms:
    """Return the groups that are in use, ready for looking up; kept for some seconds."""
    name = cache.get(_KEY)
    if name is None:
        name = uuid4().hex
        cache.set(_KEY, name, _KEPT)
    synonyms = _read.get(name)
    if synonyms is None:
        synonyms = synonyms_with()
        _read.clear()
        _read[name] = synonyms
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
