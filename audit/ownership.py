"""Whose thing something is: the agency whose administrators see what was done to it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionMember, Page

from sites.models import Agency, PortalLink
from sites.permissions import acts_everywhere

# Pages and collections of an agency lie below one node of the second level.
ROOT_STEPS = 2
# Where a thing has none of these itself, it belongs to whom its page, group, site or collection belongs.
_LEADING_ON = ("page", "group", "site", "collection")


def agency_code_of(thing) -> str:
    """Return the code of the agency that a thing belongs to; "" for what is the whole install's."""
    if isinstance(thing, Agency):
        return thing.code
    return next(iter(_agencies_of(thing).order_by("pk").values_list("code", flat=True)[:1]), "")


def agency_code_of_person(user) -> str:
    """Return the code of the only agency somebody works for; "" for people of several agencies or of none."""
    codes = Agency.objects.filter(groups__group__user=user.pk).order_by("code").values_list("code", flat=True)
    found = list(codes.distinct()[:2])
    return found[0] if len(found) == 1 else ""


def agency_code_for(thing, actor) -> str:
    """Return whose entry it is; what belongs to nobody and was done by a person of one agency is that agency's."""
    if isinstance(thing, get_user_model()):
        code = agency_code_of_person(thing)
    else:
        code = agency_code_of(thing) if thing is not None else ""
    if code or actor is None or actor.pk is None or acts_everywhere(actor):
        return code
    return agency_code_of_person(actor)


def _agencies_of(thing):
    agencies = Agency.objects.all()
    if isinstance(thing, Page):
        return agencies.filter(site__root_page__path=_root_path(thing))
    if isinstance(thing, Collection):
        return agencies.filter(collection__path=_root_path(thing))
    if isinstance(thing, CollectionMember):
        return _agencies_of(thing.collection)
    if isinstance(thing, Group):
        return agencies.filter(groups__group=thing.pk)
    if isinstance(thing, PortalLink):
        return agencies.filter(site__portal_settings=thing.settings_id)
    if getattr(thing, "agency_id", None):
        return agencies.filter(pk=thing.agency_id)
    if thing._meta.label == "wagtailcore.Site":
        return agencies.filter(site=thing.pk)
    for name in _LEADING_ON:
        if getattr(thing, f"{name}_id", None):
            leading = getattr(thing, name)
            return _agencies_of(leading) if leading is not None else agencies.none()
    return agencies.none()


def _root_path(node):
    return node.path[: node.steplen * ROOT_STEPS]
