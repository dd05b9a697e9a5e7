"""How a posted form that grants more than its sender may grant is answered: 400, recorded, nothing changed."""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, SuspiciousOperation

from sites.signals import access_refused

# Fields of an account that no form of ours offers; a browser sends them only if somebody made it.
_NEVER_OFFERED = {"password1", "password2", "is_superuser", "is_staff", "user_permissions", "groups", "permissions"}
ROLES_PREFIX = "roles-"


class ForgedForm(SuspiciousOperation):
    """A form that was not sent as our page shows it."""


def refuse(request, reason: str):
    """Record and refuse."""
    access_refused.send(sender=ForgedForm, request=request, user=request.user, reason=reason)
    raise ForgedForm(reason)


@contextmanager
def refusing(request):
    """Answer an act's lack of a right with 400: the page never offered that act to this person."""
    try:
        yield
    except PermissionDenied as error:
        refuse(request, str(error))


def refuse_forged_fields(request, form) -> None:
    """Refuse a form that names fields of an account, or roles of an agency, which it did not offer."""
    of_an_account = _NEVER_OFFERED | {field.name for field in get_user_model()._meta.get_fields()}
    for name in request.POST:
        is_ours = name in of_an_account or name.startswith((ROLES_PREFIX, "page_permissions"))
        if is_ours and name not in form.fields:
            refuse(request, f"posts {name}")


def refuse_foreign_choices(request, form, name, existing) -> None:
    """Refuse choices that exist but were not offered; what exists nowhere is a stale form, and the form says so."""
    posted = {int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 19}
    offered = set(form.fields[name].queryset.values_list("pk", flat=True))
    if existing.filter(pk__in=posted - offered).exists():
        refuse(request, f"chooses what was not offered in {name}")
