"""What somebody may see and choose of what is not public: the rule of permissions.py applied to objects."""

from django.db.models import F, Q, QuerySet
from wagtail.models import GroupCollectionPermission, Page, PageViewRestriction

from .models import Agency
from .ownership import ownership_of
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
    seen = ownership.owned_by(agencies_in_sight(user))
    if _lies_in_collections(queryset.model):
        seen |= _shared_with(user)
    return queryset.filter(seen)


def may_see(user, thing) -> bool:
    """Say whether somebody may see an object as it is stored."""
    ownership = ownership_of(type(thing))
    if reads_everywhere(user) or ownership.is_for_all or ownership.belongs(thing, agencies_in_sight(user)):
        return True
    if _lies_in_collections(type(thing)):
        return type(thing)._default_manager.filter(_shared_with(user), pk=thing.pk).exists()
    return False


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
    return seen_by(user, queryset)


def colleagues_of(user, people: QuerySet) -> QuerySet:
    """Return those people whose names somebody may read in filters and lists: of the own agencies, and oneself."""
    if reads_everywhere(user):
        return people
    agencies = [agency.pk for agency in agencies_in_sight(user)]
    return people.filter(Q(pk=user.pk) | Q(groups__agency_group__agency__in=agencies)).distinct()


def _lies_in_collections(model):
    return any(field.name == "collection" for field in model._meta.fields) and model is not Agency


def _shared_with(user):
    shared = GroupCollectionPermission.objects.filter(
        group__user=user, permission__codename__startswith="choose_"
    ).values_list("collection__path", flat=True)
    condition = Q(pk__in=[])
    for path in set(shared):
        condition |= Q(collection__path__startswith=path)
    return condition
