"""Acts on the further groups of an agency; the group of each role is made with the portal and stays."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from sites.enums import Role
from sites.models import AgencyGroup
from sites.permissions import administers, may_grant
from sites.services import give_rights

from .services import set_roles, wait_for_turn

LONGEST_GROUP_NAME = 150


def save_group(*, group: AgencyGroup, sections: Collection[Page], members: Collection, by) -> AgencyGroup:
    """Store a named group, give it the rights of its role in its sections (or the whole portal), set its members."""
    try:
        with transaction.atomic():
            by = wait_for_turn(group.agency, by)
            _check(group, sections, by)
            _save_rows(group, sections)
            _give_rights(group, sections)
            _set_members(group, members, by)
            log(group.group, "people.group", user=by, data=_data(group))
    except IntegrityError as error:
        raise ValidationError(_("A group of this name exists already.")) from error
    return group


def _check(group, sections, by):
    if group.is_fixed or not may_grant(by, group.agency, group.role):
        raise PermissionDenied("makes a group of others")
    if sections and group.role == Role.ADMINISTRATOR:
        raise ValidationError(
            _("People and settings belong to the whole agency: this role can't be limited to sections.")
        )
    root = group.agency.site.root_page.path
    if any(not page.path.startswith(root) for page in sections):
        raise PermissionDenied("limits a group to sections of others")


def _save_rows(group, sections):
    name = f"{group.agency.code}: {group.name}"[:LONGEST_GROUP_NAME]
    if group.group_id:
        Group.objects.filter(pk=group.group_id).update(name=name)
    else:
        group.group = Group.objects.create(name=name)
    group.is_limited = bool(sections)
    group.save()
    group.sections.set(sections)


def _give_rights(group, sections):
    group.group.permissions.clear()
    GroupPagePermission.objects.filter(group=group.group).delete()
    GroupCollectionPermission.objects.filter(group=group.group).delete()
    pages = sections or [group.agency.site.root_page]
    give_rights(agency=group.agency, role=group.role, group=group.group, pages=pages)


def _set_members(group, members, by):
    before, after = set(group.group.user_set.all()), set(members)
    for person in before ^ after:
        held = set(AgencyGroup.objects.held_by(person).filter(agency=group.agency))
        wanted = held | {group} if person in after else held - {group}
        try:
            set_roles(person=person, agency=group.agency, groups=wanted, by=by)
        except ValidationError as error:
            raise ValidationError(f"{person}: {' '.join(error.messages)}") from error


@transaction.atomic
def delete_group(*, group: AgencyGroup, by) -> None:
    """Delete a named group; refused while it is the only role of somebody, who would belong nowhere."""
    by = wait_for_turn(group.agency, by)
    if group.is_fixed or not administers(by, group.agency):
        raise PermissionDenied("deletes a group of others")
    _set_members(group, [], by)
    log(group.group, "wagtail.delete", user=by, data=_data(group), deleted=True)
    group.group.delete()


def _data(group):
    return {"agency": group.agency.code, "name": group.name, "role": group.role}
