"""Which agencies an object belongs to: what ownership.py declares, asked from the other side."""

from functools import singledispatch

from django.db.models import Model, QuerySet
from wagtail.models import Page

from .models import Agency
from .ownership import AnyOf, ByThing, InCollection, InTree, Itself, Named, Ownership, ownership_of


def owners_of(thing: Model) -> QuerySet[Agency]:
    """Return the agencies that an object belongs to; none for what is the whole install's."""
    return _owners(ownership_of(type(thing)), thing).distinct()


@singledispatch
def _owners(ownership: Ownership, thing) -> QuerySet[Agency]:
    return Agency.objects.none()


@_owners.register
def _(ownership: InTree, thing):
    return Agency.objects.filter(site__root_page__path__in=_steps(_reach(thing, ownership.path)))


@_owners.register
def _(ownership: InCollection, thing):
    return Agency.objects.filter(collection__path__in=_steps(_reach(thing, ownership.path)))


@_owners.register
def _(ownership: Named, thing):
    # Asked of the database: a thing in hand may name an owner that it has not been given.
    return Agency.objects.filter(pk__in=type(thing)._base_manager.filter(pk=thing.pk).values(ownership.field))


@_owners.register
def _(ownership: AnyOf, thing):
    found = Agency.objects.none()
    for one in ownership.ownerships:
        found |= Agency.objects.filter(pk__in=_owners(one, thing).values("pk"))
    return found


@_owners.register
def _(ownership: Itself, thing):
    return Agency.objects.filter(pk=thing.pk)


@_owners.register
def _(ownership: ByThing, thing):
    owner = _reach(thing, ownership.attribute)
    return Agency.objects.none() if owner is None else owners_of(owner)


def _reach(thing, attribute):
    for name in attribute.split("__"):
        thing = getattr(thing, name, None)
    return thing


def _steps(path):
    """Return a node's path and those of all above it; the root of an agency is one of them."""
    length = Page.steplen
    return [path[:end] for end in range(length, len(path or "") + 1, length)]
