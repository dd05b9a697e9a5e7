"""Who belongs to which agency, in which role, and what follows from it.

The one rule of the house: an object belongs to an agency, and only the people of that agency see, choose or change
what of it is not public. Holders of a province-wide role look beyond: provincial administrators act in every agency,
auditors read everything and change nothing.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q

from .enums import PROVINCE_WIDE, SENSITIVE, Role
from .models import Agency, AgencyGroup

_HELD = "_agency_roles_held"


def _held(user) -> frozenset[tuple[int, Role, bool]]:
    """Return (id of the agency, role, only for some sections) for each role; asked once per user object."""
    if not hasattr(user, _HELD):
        held = frozenset()
        if user.is_active and user.pk is not None:
            held = frozenset(AgencyGroup.objects.held_by(user).values_list("agency_id", "role", "is_limited"))
        setattr(user, _HELD, held)
    return getattr(user, _HELD)


def memberships(user) -> frozenset[tuple[int, Role]]:
    """Return (id of the agency, role) for every role somebody holds for the whole of an agency.

    A role for some sections of a portal is not among them: every rule that asks for a role means the whole agency.
    """
    return frozenset((agency, role) for agency, role, is_limited in _held(user) if not is_limited)


def holds_role(user, agency: Agency | None, *roles: Role) -> bool:
    """Say whether a person holds one of the roles in an agency; who acts everywhere holds all in all."""
    return agency is not None and holds_role_at(user, agency.pk, *roles)


def holds_role_at(user, agency_id: int | None, *roles: Role) -> bool:
    """Say the same by the agency's id, for lists that would read an agency for every row."""
    if agency_id is None or not user.is_active:
        return False
    return acts_everywhere(user) or any((agency_id, role) in memberships(user) for role in roles)


def holds_role_in_section(user, agency: Agency | None, page, *roles: Role) -> bool:
    """Say whether a person holds one of the roles for a page: in the whole agency, or for a section above the page."""
    if holds_role(user, agency, *roles):
        return True
    if agency is None or agency.site is None or not any(limited for _agency, _role, limited in _held(user)):
        return False
    if not page.path.startswith(agency.site.root_page.path):
        return False
    groups = AgencyGroup.objects.held_by(user).filter(agency=agency, role__in=roles, is_limited=True)
    paths = groups.filter(sections__isnull=False).values_list("sections__path", flat=True)
    return any(page.path.startswith(path) for path in paths)


def holds_anywhere(user, *roles: Role) -> bool:
    """Say whether a person holds one of the roles in any agency, be it for some sections only."""
    return any(role in roles for _agency, role, _is_limited in _held(user))


def acts_everywhere(user) -> bool:
    """Operators and provincial administrators act in every agency."""
    return user.is_active and (user.is_superuser or holds_anywhere(user, Role.PROVINCIAL_ADMINISTRATOR))


def is_auditor(user) -> bool:
    """Say whether somebody reads everything and changes nothing; other roles held beside it do not widen that."""
    return user.is_active and not user.is_superuser and holds_anywhere(user, Role.AUDITOR)


def reads_everywhere(user) -> bool:
    """Say whether somebody sees what is not public of every agency."""
    return acts_everywhere(user) or is_auditor(user)


def agencies_of(user, *roles: Role):
    """Return the agencies in which a person holds one of the roles for the whole agency.

    If no role is named: the agencies to whose people somebody belongs, be it for some sections only.
    """
    if acts_everywhere(user):
        return Agency.objects.with_portal()
    if roles:
        held = {agency for agency, role in memberships(user) if role not in PROVINCE_WIDE and role in roles}
    else:
        held = {agency for agency, role, _is_limited in _held(user) if role not in PROVINCE_WIDE}
    return Agency.objects.filter(pk__in=held)


def visible_agencies(user):
    """Return the agencies whose unpublished things somebody may see."""
    return Agency.objects.all() if reads_everywhere(user) else agencies_of(user)


def needs_second_factor(user) -> bool:
    """Say whether a password alone is too little for this person's rights (issue of codes: accounts)."""
    return user.is_active and (user.is_superuser or holds_anywhere(user, *SENSITIVE))


def can_open_portals(user) -> bool:
    """Opening a portal changes the whole install: operators and provincial administrators."""
    return acts_everywhere(user)


def manages_all_people(user) -> bool:
    """Say whether somebody manages the people of every agency; who audits manages nobody."""
    return acts_everywhere(user) and not is_auditor(user)


def administered_agencies(user):
    """Return the agencies whose people, groups, units and officials somebody manages."""
    return Agency.objects.none() if is_auditor(user) else agencies_of(user, Role.ADMINISTRATOR)


def works_anywhere_as(user, *roles: Role) -> bool:
    """Say whether somebody holds one of the roles for the whole of some agency; menus ask it, so it needs no query."""
    return acts_everywhere(user) or any(role in roles for _agency, role in memberships(user))


def administers_any(user) -> bool:
    """Say whether somebody manages people, groups, units and officials of some agency."""
    return not is_auditor(user) and works_anywhere_as(user, Role.ADMINISTRATOR)


def administers(user, agency: Agency | None) -> bool:
    """Say whether somebody manages the people, groups, units and officials of an agency."""
    return holds_role(user, agency, Role.ADMINISTRATOR) and not is_auditor(user)


def sees_people(user) -> bool:
    """Say whether the screens of people and groups are somebody's business at all."""
    return reads_everywhere(user) or administers_any(user)


def agencies_with_visible_people(user):
    """Return the agencies whose people and groups somebody sees."""
    return Agency.objects.all() if reads_everywhere(user) else administered_agencies(user)


def visible_people(user):
    """Return the people somebody sees: those who hold a role in an agency one administers, and those who left it."""
    people = get_user_model().objects.all()
    if reads_everywhere(user):
        return people
    agencies = administered_agencies(user)
    groups = AgencyGroup.objects.filter(agency__in=agencies)
    return people.filter(
        Q(pk__in=people.filter(groups__agency_group__in=groups).values("pk"))
        | Q(pk__in=people.filter(departures__agency__in=agencies).values("pk"))
    )


def may_grant(user, agency: Agency, role: Role) -> bool:
    """Say whether somebody hands out or takes back a role; what reaches beyond one agency is the province's."""
    if role not in Role.of(agency.kind):
        return False
    return manages_all_people(user) if role in PROVINCE_WIDE else administers(user, agency)


def manages_person(user, person) -> bool:
    """Say whether somebody may change a role of a person in some agency; nobody changes their own."""
    if user.pk == person.pk:
        return False
    return manages_all_people(user) or (not is_auditor(user) and visible_people(user).filter(pk=person.pk).exists())


def manages_account(user, person) -> bool:
    """Say whether somebody may change a person's name and mail, send a password link, or close the account.

    Whoever may redirect the mail of an account owns it. So all agencies of the person must be one's own; operators
    and people with rights from outside the agencies' groups are left to operators, province-wide roles to the province.
    """
    if person.is_superuser or person.is_staff or _has_rights_of_another_kind(person):
        return user.is_active and user.is_superuser
    if manages_all_people(user):
        return True
    held = AgencyGroup.objects.held_by(person)
    if held.filter(role__in=PROVINCE_WIDE).exists():
        return False
    agencies = set(held.values_list("agency", flat=True)) or set(person.departures.values_list("agency", flat=True))
    return bool(agencies) and agencies <= set(administered_agencies(user).values_list("pk", flat=True))


def manages_sign_in(user, person) -> bool:
    """Say whether somebody may end a person's sessions, reset the second factor and record identities.

    Those of an account that one manages, which has no further rights; everybody's own are on the page of the account.
    """
    return user.pk != person.pk and not is_auditor(user) and manages_account(user, person)


def sees_sign_in(user, person) -> bool:
    """Say whether somebody sees by what and where a person is signed in."""
    return manages_sign_in(user, person) or (is_auditor(user) and user.pk != person.pk)


def _has_rights_of_another_kind(person):
    return person.groups.filter(agency_group__isnull=True).exists() or person.user_permissions.exists()
