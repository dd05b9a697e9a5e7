"""To which agency an object belongs: declared once for each model, asked by every rule.

An object belongs to an agency by the page tree it stands in, by the collection it lies in, by a field that names
its owner, by the thing it hangs on, or because it is the agency. A model that nobody has declared belongs to no
agency, and only those who act or read everywhere see its objects.

An app declares its models when it starts (`AppConfig.ready`):

    declare(Consultation, InTree("page__path"))
    declare(Procedure, Named("owner"))
"""

from abc import ABC, abstractmethod
from collections.abc import Collection as Several
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet

from .models import Agency

NOTHING = Q(pk__in=[])


class Ownership(ABC):
    """How the objects of a model belong to agencies."""

    # Whether people of every agency may see and choose such objects, whoever changes them.
    is_for_all = False
    # The condition under which everybody can read such an object, so that people of every agency may choose it.
    public: Q | None = None

    @abstractmethod
    def owned_by(self, agencies: Several[Agency]) -> Q:
        """Return the condition that an object of the model belongs to one of the agencies."""

    def belongs(self, thing: Model, agencies: Several[Agency]) -> bool:
        """Say whether one object belongs to one of the agencies, as it was read from the database."""
        return type(thing)._default_manager.filter(self.owned_by(agencies), pk=thing.pk).exists()


@dataclass(frozen=True)
class InTree(Ownership):
    """Pages, and what hangs on a page: they belong to the agency under whose root page they stand."""

    path: str = "path"

    def owned_by(self, agencies):
        return _below(self.path, _root_pages(agencies))

    def belongs(self, thing, agencies):
        place = _place(thing, self.path)
        return super().belongs(thing, agencies) if place is None else place.startswith(tuple(_root_pages(agencies)))


@dataclass(frozen=True)
class InCollection(Ownership):
    """Pictures, files and collections: they belong to the agency in whose collection they lie."""

    path: str = "collection__path"

    def owned_by(self, agencies):
        return _below(self.path, _collections(agencies))

    def belongs(self, thing, agencies):
        place = _place(thing, self.path)
        return super().belongs(thing, agencies) if place is None else place.startswith(tuple(_collections(agencies)))


def _root_pages(agencies):
    return [agency.site.root_page.path for agency in agencies if agency.site_id]


def _collections(agencies):
    return [agency.collection.path for agency in agencies if agency.collection_id]


def _below(path, roots):
    return reduce(or_, (Q(**{f"{path}__startswith": root}) for root in roots), NOTHING)


def _place(thing, path):
    """Return the place in the tree that an object just read knows without a query; None if it has to be asked for."""
    for name in path.split("__"):
        thing = getattr(thing, name, None)
    return thing if isinstance(thing, str) else None


@dataclass(frozen=True)
class Named(Ownership):
    """Records that name their agency in a field, or in a field of what they hang on ("site__agency")."""

    field: str = "agency"
    public: Q | None = None

    def owned_by(self, agencies):
        return Q(**{f"{self.field}__in": [agency.pk for agency in agencies]})


@dataclass(frozen=True)
class Coded(Ownership):
    """Records that keep only the code of their agency, because they outlive it."""

    field: str = "agency"

    def owned_by(self, agencies):
        return Q(**{f"{self.field}__in": [agency.code for agency in agencies]})


class AnyOf(Ownership):
    """Things of several agencies, such as an offer from one to another; each of them sees them."""

    def __init__(self, *ownerships: Ownership):
        self.ownerships = ownerships

    def owned_by(self, agencies):
        return reduce(or_, (ownership.owned_by(agencies) for ownership in self.ownerships), NOTHING)


class Itself(Ownership):
    """An agency is its own owner."""

    def owned_by(self, agencies):
        return Q(pk__in=[agency.pk for agency in agencies])


class Nobody(Ownership):
    """Things of the whole install that are not an agency's business: for those who act or read everywhere."""

    def owned_by(self, agencies):
        return NOTHING


class Common(Nobody):
    """Words and lists of the whole install that every agency may see and choose, and the province alone changes."""

    is_for_all = True


@dataclass(frozen=True)
class ByThing(Ownership):
    """What hangs on an object of any model (a step of approval, a log entry): it belongs to that object's owner."""

    attribute: str

    def owned_by(self, agencies):
        # There is no join to "any model"; lists of such things are made from their objects.
        return NOTHING

    def belongs(self, thing, agencies):
        for name in self.attribute.split("__"):
            thing = getattr(thing, name, None)
        return thing is not None and ownership_of(type(thing)).belongs(thing, agencies)


_declared: dict[type[Model], Ownership] = {}


def declare(model: type[Model], ownership: Ownership) -> None:
    """Say how objects of a model, and of the models derived from it, belong to agencies."""
    _declared[model] = ownership


def is_declared(model: type[Model]) -> bool:
    """Say whether somebody has said to whom objects of the model belong."""
    return any(ancestor in _declared for ancestor in model.__mro__)


def ownership_of(model: type[Model]) -> Ownership:
    """Return how objects of a model belong to agencies: as declared for it or its nearest ancestor, else to nobody."""
    return next((_declared[ancestor] for ancestor in model.__mro__ if ancestor in _declared), Nobody())


def owned(queryset: QuerySet, agencies: Several[Agency]) -> QuerySet:
    """Return those objects of a queryset that belong to one of the agencies."""
    return queryset.filter(ownership_of(queryset.model).owned_by(agencies))
