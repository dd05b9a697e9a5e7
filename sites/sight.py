"""What somebody may see and choose of what is not public: the rule of permissions.py applied to objects."""

from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet
from wagtail.models import Collection, CollectionMember, GroupCollectionPermission, Page, PageViewRestriction

from .models import Agency
from .ownership import NOTHING, ownership_of
from .permissions import acts_everywhere, reads_everywhere, visible_agencies

_SEEN = "_agencies_in_sight"


def agencies_in_sight(user) -> list[Agency]:
    """Return the agencies whose unpublished things somebody may see, with root page and collection, once a request."""
    if not hasattr(user, _SEEN):
        agencies = visible_agencies(user).select_related("site__root_page", "collection")
        setattr(user, _SEEN, list(agencies))
    return getattr(user, _SEEN)


def seen_by(user, queryset: QuerySet) -> QuerySet:
    """Return what of a queryset somebody may see: own things, and pictures and files that an owner shares with all."""
    ownership = ownership_of(queryset.model)
    if reads_everywhere(user) or ownership.is_for_all:
        return queryset
    return queryset.filter(ownership.owned_by(agencies_in_sight(user)) | _shared_with(user, queryset.model))


def may_see(user, thing) -> bool:
    """Say whether somebody may see an object as it is stored."""
    ownership = ownership_of(type(thing))
    if reads_everywhere(user) or ownership.is_for_all or ownership.belongs(thing, agencies_in_sight(user)):
        return True
    shared = _shared_with(user, type(thing))
    return shared != NOTHING and type(thing)._default_manager.filter(shared, pk=thing.pk).exists()


def choosable_pages(user, pages: QuerySet | None = None) -> QuerySet:
    """Return the pages somebody may link to: all of the own portal, and of others what everybody can read.

    A public page of another agency is left out while a changed draft of it waits: the chooser would show the
    draft's title.
    """
    pages = Page.objects.all() if pages is None else pages
    if reads_everywhere(user):
        return pages
    public = Q(live=True, has_unpublished_changes=False, draft_title=F("title"), depth__gt=1)
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    for path in restricted:
        public &= ~Q(path__startswith=path)
    # The root of the tree is where a chooser begins; it is no page of anybody.
    return pages.filter(ownership_of(Page).owned_by(agencies_in_sight(user)) | public | Q(depth=1))


def choosable(user, queryset: QuerySet) -> QuerySet:
    """Return what of a queryset somebody may put into an own page or record."""
    if acts_everywhere(user):
        return queryset
    if issubclass(queryset.model, Page):
        ids = choosable_pages(user).filter(depth__gt=1).values("pk")
        return queryset.filter(pk__in=ids)
    ownership = ownership_of(queryset.model)
    if ownership.public is None or reads_everywhere(user):
        return seen_by(user, queryset)
    return queryset.filter(ownership.owned_by(agencies_in_sight(user)) | ownership.public)


def colleagues_of(user, people: QuerySet) -> QuerySet:
    """Return those people whose names somebody may read in filters and lists: of the own agencies, and oneself."""
    if reads_everywhere(user):
        return people
    agencies = [agency.pk for agency in agencies_in_sight(user)]
    return people.filter(Q(pk=user.pk) | Q(groups__agency_group__agency__in=agencies)).distinct()


def _shared_with(user, model):
    """The condition that a picture or file, or a collection, is one of those from which somebody may choose."""
    if not issubclass(model, CollectionMember | Collection):
        return NOTHING
    shared = GroupCollectionPermission.objects.filter(
        group__user=user, permission__codename__startswith="choose_"
    ).values_list("collection__path", flat=True)
    path = "path" if issubclass(model, Collection) else "collection__path"
    return reduce(or_, (Q(**{f"{path}__startswith": root}) for root in set(shared)), NOTHING)
