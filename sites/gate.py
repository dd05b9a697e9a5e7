"""The gate before the admin: nobody comes near an object of an agency that is not theirs.

Wagtail's views ask for rights each in its own way, and some do not ask; the gate asks once for all of them, before any
view runs, by the verdicts in doors.py. What a view asks beyond that still holds.
"""

from contextlib import nullcontext

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.home import default as no_address
from wagtail.models import Page

from core.addresses import reading_hostnames_once

from .doors import NAMES, PARAMETERS, Audience, Door, verdict
from .permissions import acts_everywhere, is_auditor, reads_everywhere
from .sight import choosable, choosable_pages, may_see
from .signals import access_refused
from .usage import viewer

HARMLESS_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# How many objects one request may name; more than any list shows.
MOST_OBJECTS = 500
# Wagtail's last pattern, which takes whatever is no address; it has no name but its function's.
_NO_ADDRESS = f"{no_address.__module__}.{no_address.__name__}"
# What stands for "all in this list": the view takes them from what the person may see.
ALL = "all"
# What stands for "of no agency" in a filter by an agency's code, for those who see what is of none.
NO_AGENCY = "-"


class AdminGate:
    """Middleware: answers 404 for an object out of sight, 403 for a door that is not for this person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _is_inside(request):
            return self.get_response(request)
        token = viewer.set(request.user)
        # What a form changes, a portal's host among it, is read anew.
        hostnames = reading_hostnames_once() if request.method in HARMLESS_METHODS else nullcontext()
        try:
            with hostnames:
                return self.get_response(request)
        finally:
            viewer.reset(token)

    def process_view(self, request, view, args, kwargs):
        if not _is_inside(request):
            return None
        match = request.resolver_match
        if match.view_name == _NO_ADDRESS:
            return None  # Wagtail answers 404 to whoever may come into the admin at all.
        model = (getattr(view, "view_initkwargs", None) or {}).get("model")
        door = verdict(match.view_name, model)
        try:
            self._check_audience(request, door)
            self._check_objects(request, door, kwargs)
        except _Refused as refusal:
            return self._refuse(request, str(refusal))
        except Http404 as absence:
            access_refused.send(sender=type(self), request=request, user=request.user, reason=str(absence))
            return _not_found(request, absence)
        return None

    def process_exception(self, request, exception):
        if _is_inside(request) and isinstance(exception, ProtectedError | RestrictedError):
            # Deleting what something else needs. Wagtail asks before on some screens only, and what needs it may be
            # a draft of another agency, of which nothing is told.
            return self._refuse(request, _("This is still in use and cannot be deleted."))
        return None

    def _check_audience(self, request, door):
        if door is not None and door.audience is Audience.ANYBODY:
            return
        user = request.user
        if door is not None and door.audience is Audience.NOBODY:
            raise Http404("closed to all")
        if is_auditor(user):
            if request.method not in HARMLESS_METHODS and not (door and door.is_harmless):
                raise _Refused(_("Auditors read everything and change nothing."))
            return
        if (door is None or door.audience is Audience.OPERATORS) and not acts_everywhere(user):
            raise _Refused(_("Only the operators of the province's portals may come in here."))

    def _check_objects(self, request, door, kwargs):
        if door is None:
            return
        sees_all = reads_everywhere(request.user)
        for label, value in _objects_named(request, door, kwargs):
            if sees_all and value == NO_AGENCY and ":" in label:
                continue
            model, column = _meant(label, value)
            if sees_all:
                continue
            thing = model._base_manager.filter(**column).first()
            if thing is None:
                raise Http404(f"there is no {label} {value}")
            if not may_see(request.user, thing) and not _is_offered(request.user, door, thing):
                raise Http404(f"{label} {value} is out of sight")

    def _refuse(self, request, reason):
        access_refused.send(sender=type(self), request=request, user=request.user, reason=reason)
        if request.headers.get("x-requested-with") != "XMLHttpRequest":
            messages.error(request, reason)
        return permission_denied(request)


def _not_found(request, absence):
    return page_not_found(request, absence, template_name="wagtailadmin/404.html")


def _is_inside(request):
    return request.path.startswith("/admin/") and request.user.is_authenticated


class _Refused(Exception):
    """Somebody stands at a door that is not for them; the text says why."""


def _objects_named(request, door: Door, kwargs):
    """Give (label of the model, key) for every object that the address and what is sent with it name."""
    place = {name: value for name, value in kwargs.items() if isinstance(value, str)}
    for word, label in (NAMES | dict(door.names)).items():
        if kwargs.get(word) is not None:
            yield label.format(**place), kwargs[word]
    sent = 0
    for word, label in (PARAMETERS | dict(door.parameters)).items():
        for values in (request.GET, request.POST):
            for value in values.getlist(word):
                sent += 1
                if sent > MOST_OBJECTS:
                    raise Http404("too many objects")
                if value not in ("", ALL):
                    yield label.format(**place), value


def _meant(label, value):
    """Return the model and {column: key}; what can be no key is nothing to anybody, and some of Wagtail's views fail.

    A label is "core.Picture", or "agency_sites.Agency:code" where another column than the key is sent.
    """
    label, _colon, name = label.partition(":")
    try:
        model = apps.get_model(label)
        field = model._meta.get_field(name) if name else model._meta.pk
        column = field.name
        while field.remote_field:
            field = field.target_field
        key = field.to_python(value)
        # Among its validators are the bounds that the database has for such a number.
        field.run_validators(key)
    except (LookupError, ValueError, TypeError, ValidationError, OverflowError) as error:
        raise Http404(f"{label} {value} is no object") from error
    return model, {column: key}


def _is_offered(user, door, thing):
    if not door.offers_public:
        return False
    things = choosable_pages(user) if isinstance(thing, Page) else choosable(user, type(thing)._base_manager.all())
    return things.filter(pk=thing.pk).exists()
