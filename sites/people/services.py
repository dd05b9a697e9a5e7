"""Acts on people: adding them to an agency, changing their roles, letting them go and taking them back.

Every act asks for the right first and raises PermissionDenied without it; a rule that can be explained to a clerk
raises ValidationError. Acts on one agency's roles wait for each other, and whoever lost the right while waiting is
refused: of two administrators who take away each other's role at the same moment, one stays.
"""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.services.sessions import end_sessions
from accounts.tasks import send_notice
from sites.enums import Role
from sites.models import Agency, AgencyGroup, Departure
from sites.permissions import (
    administers,
    manages_account,
    manages_all_people,
    manages_person,
    may_grant,
)

from .two_keys import SECOND, refuse_both_keys
from .work import hand_over, heirs_of


@transaction.atomic
def add_person(*, person, agency: Agency, groups: Collection[AgencyGroup], by):
    """Store a new person, who has no password yet, with roles in one agency."""
    by = wait_for_turn(agency, by)
    require(administers(by, agency), "adds people to an agency of others")
    person.set_unusable_password()
    person.save()
    log(person, "people.add", user=by, data={"agency": agency.code})
    _set_roles(person, agency, groups, by)
    return person


@transaction.atomic
def change_account(*, person, by):
    """Store a changed name, position or mail address; the owner of the former address is told of a new one."""
    by, stored = as_stored(by), as_stored(person)
    require(manages_account(by, stored), "changes the account of a person")
    is_moved = person.email.casefold() != stored.email.casefold()
    if is_moved:
        refuse_both_keys(stored, by, handed_out=SECOND)
    person.save(update_fields=["username", "full_name", "job_title", "email"])
    log(person, "wagtail.edit", user=by)
    if is_moved:
        log(person, "people.mail", user=by)
        send_notice.enqueue(person.pk, "mail_changed", stored.email)


@transaction.atomic
def set_roles(*, person, agency: Agency, groups: Collection[AgencyGroup], by) -> None:
    """Let a person hold exactly these groups of an agency; groups that `by` may not grant stay as they are."""
    by = wait_for_turn(agency, by)
    belongs = AgencyGroup.objects.held_by(person).filter(agency=agency).exists()
    require(belongs or manages_all_people(by), "takes a person of others into an agency")
    _set_roles(person, agency, groups, by)


def _set_roles(person, agency, groups, by):
    require(person.pk != by.pk, "changes the own roles")
    require(administers(by, agency), "changes roles in an agency of others")
    held = set(AgencyGroup.objects.held_by(person).filter(agency=agency).select_related("agency"))
    wanted = set(groups) | {group for group in held if not may_grant(by, agency, group.role)}
    for group in wanted - held:
        require(group.agency_id == agency.pk and may_grant(by, agency, group.role), "grants a role of others")
    _check_roles(person, wanted)
    _check_last_administrator(person, agency, wanted)
    _replace(person, held, wanted, by)


def _check_roles(person, wanted):
    if not wanted:
        raise ValidationError(_("Choose at least one role. Who no longer works here is let go instead."))
    roles = {group.role for group in wanted}
    others = AgencyGroup.objects.held_by(person).exclude(agency__in={group.agency_id for group in wanted})
    if Role.AUDITOR in roles and (roles != {Role.AUDITOR} or others.exists()):
        # An auditor who also writes or publishes would audit the own work.
        raise ValidationError(_("An auditor reads everything and changes nothing, so holds no other role."))
    if others.filter(role=Role.AUDITOR).exists():
        raise ValidationError(_("This person is an auditor and can hold no other role."))


def _check_last_administrator(person, agency, wanted):
    keeps = any(group.role == Role.ADMINISTRATOR and not group.is_limited for group in wanted)
    if not keeps and is_last_administrator(person, agency):
        raise ValidationError(_("This is the last administrator of the agency. Name another one first."))


def is_last_administrator(person, agency: Agency) -> bool:
    """Say whether an agency has nobody to administer it but this person."""
    groups = AgencyGroup.objects.filter(agency=agency, role=Role.ADMINISTRATOR, is_limited=False)
    people = get_user_model().objects.filter(is_active=True, groups__agency_group__in=groups)
    return set(people.values_list("pk", flat=True)) == {person.pk}


def _replace(person, held, wanted, by):
    person.groups.remove(*(group.group_id for group in held - wanted))
    person.groups.add(*(group.group_id for group in wanted - held))
    if held != wanted:
        data = {"removed": sorted(map(_named, held - wanted)), "added": sorted(map(_named, wanted - held))}
        log(person, "people.roles", user=by, data=data)


def _named(group):
    return f"{group.agency.code}: {group.name or group.role}"


@transaction.atomic
def let_go(*, person, agency: Agency, by, heir=None) -> Departure:
    """Take all roles of an agency from a person, who stays in the history; the last agency's closes the account.

    Closing signs the person out everywhere and makes the password and any open link to set one useless. What the
    person had in hand goes to `heir`; without one, locked pages are unlocked.
    """
    by = wait_for_turn(agency, by)
    require(person.pk != by.pk, "lets oneself go")
    require(administers(by, agency) and manages_person(by, person), "lets a person of others go")
    held = set(AgencyGroup.objects.held_by(person).filter(agency=agency).select_related("agency"))
    require(all(may_grant(by, agency, group.role) for group in held), "takes away a role that reaches further")
    if not held:
        raise ValidationError(_("This person holds no role here any more."))
    require(heir is None or heirs_of(person, agency).filter(pk=heir.pk).exists(), "hands work to a person of others")
    if not manages_all_people(by):
        # The province is told on the page that asks, and may leave an agency without one.
        _check_last_administrator(person, agency, set())
    closes = manages_account(by, person) and not _holds_elsewhere(person, agency)
    departure, _created = Departure.objects.update_or_create(
        person=person, agency=agency, defaults={"by": by, "handed_to": heir}
    )
    departure.groups.set(held)
    _replace(person, held, set(), by)
    if closes:
        _close(person, by)
    hand_over(person, agency, heir=heir, by=by)
    log(person, "people.leave", user=by, data={"agency": agency.code, "closed": closes})
    return departure


def _holds_elsewhere(person, agency):
    return AgencyGroup.objects.held_by(person).exclude(agency=agency).exists()


def _close(person, by):
    # Before the password changes, with which every session is void by itself and in no list.
    end_sessions(person, by=by)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])


@transaction.atomic
def take_back(*, person, agency: Agency, groups: Collection[AgencyGroup], by) -> None:
    """Open the account of a person again who has left, with roles that are chosen anew."""
    by = wait_for_turn(agency, by)
    departure = Departure.objects.filter(person=person, agency=agency).first()
    if departure is None:
        raise ValidationError(_("This person has not left."))
    require(manages_account(by, person), "takes a person back who works for others")
    if not person.is_active:
        # A link for a new password follows.
        refuse_both_keys(person, by, handed_out=SECOND)
        person.is_active = True
        person.save(update_fields=["is_active"])
    departure.delete()
    _set_roles(person, agency, groups, by)
    log(person, "people.return", user=by, data={"agency": agency.code})


def note_password_link(*, person, by) -> None:
    """Check that somebody may have a password link made for a person, and record that it was."""
    require(person.pk != by.pk and manages_account(by, person), "asks for the password link of a person of others")
    if not person.is_active:
        raise ValidationError(_("The account is closed."))
    refuse_both_keys(person, by, handed_out=SECOND)
    log(person, "people.link", user=by)


def wait_for_turn(agency: Agency, by):
    """Wait until no other act on the roles of an agency is under way, and return the actor as stored then."""
    # A row that nothing else locks is the queue; SQLite needs none, as every transaction begins IMMEDIATE there.
    list(AgencyGroup.objects.select_for_update().filter(agency=agency, role=Role.ADMINISTRATOR, name=""))
    return as_stored(by)


def as_stored(person):
    """Return somebody as stored now: the roles of the object at hand were read before."""
    stored = get_user_model().objects.filter(pk=person.pk).first()
    require(stored is not None, "acts with an account that is gone")
    return stored


def require(is_allowed: bool, what: str) -> None:
    """Refuse who was not offered what is being tried."""
    if not is_allowed:
        raise PermissionDenied(what)
