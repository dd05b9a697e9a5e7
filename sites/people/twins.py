"""Recognising that a posted form has been carried out already, so that a second click is no error."""

from wagtail.log_actions import registry

from core.text import fold, normalise
from sites.models import Agency, AgencyGroup
from sites.permissions import visible_people

from .refusals import ROLES_PREFIX


def find_twin(form, agency: Agency, by):
    """Return the person whom this form describes, added by the same sender and not changed or used since; else None."""
    sent = form.data
    name = fold("".join(sent.get("username", "").split()))
    person = visible_people(by).filter(username=name, last_login=None).first()
    if person is None or person.has_usable_password() or not _was_added_by(person, by):
        return None
    same_account = all(
        getattr(person, field) == normalise(sent.get(field, "").strip()) for field in ("full_name", "email")
    )
    held = AgencyGroup.objects.held_by(person).values_list("pk", flat=True)
    same_roles = {str(pk) for pk in held} == set(sent.getlist(f"{ROLES_PREFIX}{agency.pk}"))
    return person if same_account and same_roles else None


def _was_added_by(person, by):
    entries = registry.get_logs_for_instance(person)
    return entries.filter(action="people.add", user=by).exists()
