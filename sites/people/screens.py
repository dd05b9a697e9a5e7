"""What all screens of people and groups have in common: for whom they exist, and of which agency they are."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sites.models import Agency
from sites.permissions import administered_agencies, sees_people


class PeopleScreen:
    """A screen that does not exist for those who neither administer an agency nor read everywhere."""

    # Asked here, and per person or group, instead of by Wagtail's model-wide question.
    permission_required = None
    any_permission_required = None

    def dispatch(self, request, *args, **kwargs):
        if not sees_people(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class OfOnePerson:
    """A screen about one person, with the way back to the person and to all people."""

    header_icon = "user"
    breadcrumbs_items = []

    def get_page_subtitle(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailusers_users:index"), "label": _("People")},
            {"url": reverse("wagtailusers_users:edit", args=[self.person.pk]), "label": str(self.person)},
            {"url": "", "label": self.get_page_title()},
        ]


class OfOneAgency:
    """A screen of one of the agencies that the reader administers: the only one, or `?agency=ID`."""

    @cached_property
    def agencies(self):
        return administered_agencies(self.request.user).select_related("site__root_page", "collection")

    @cached_property
    def agency(self) -> Agency | None:
        """The agency; None while it has to be chosen first; 404 for one of others."""
        wanted = self.request.GET.get("agency")
        if wanted is None:
            only = list(self.agencies[:2])
            return only[0] if len(only) == 1 else None
        try:
            agency = self.agencies.filter(pk=int(wanted)).first()
        except (ValueError, OverflowError, ValidationError):
            agency = None
        if agency is None:
            raise Http404
        return agency
