"""Wagtail's questions about people, groups, agencies, units and officials, answered by sites.permissions.

No group holds a permission of Django's on these models: with one, Wagtail's own screens would let its holder reset
the password of anybody and join any group.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from .enums import Role
from .models import Agency, AgencyGroup, Official, Unit
from .permissions import (
    administered_agencies,
    administers,
    administers_any,
    agencies_with_visible_people,
    can_open_portals,
    is_auditor,
    manages_all_people,
    manages_person,
    reads_everywhere,
    sees_people,
    visible_people,
)

_READING = {"view"}


class _RulePolicy(BasePermissionPolicy):
    """Reads and changes are two questions; a subclass answers them for its model."""

    changes = frozenset({"add", "change", "delete"})

    def user_reads(self, user):
        raise NotImplementedError

    def user_changes(self, user):
        raise NotImplementedError

    def readable(self, user):
        raise NotImplementedError

    def changeable(self, user):
        raise NotImplementedError

    def user_has_permission(self, user, action):
        if not user.is_active:
            return False
        if action in _READING:
            return self.user_reads(user)
        return action in self.changes and self.user_changes(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        allowed = [action for action in actions if self.user_has_permission(user, action)]
        if not allowed:
            return self.model._default_manager.none()
        return self.readable(user) if _READING.intersection(allowed) else self.changeable(user)

    def users_with_any_permission(self, actions):
        people = get_user_model().objects.filter(is_active=True)
        roles = [Role.PROVINCIAL_ADMINISTRATOR, Role.ADMINISTRATOR]
        if _READING.intersection(actions):
            roles.append(Role.AUDITOR)
        groups = AgencyGroup.objects.filter(role__in=roles, is_limited=False)
        return people.filter(Q(is_superuser=True) | Q(groups__agency_group__in=groups)).distinct()


class PersonPolicy(_RulePolicy):
    """People are added and changed, never deleted: the history of pages and papers keeps their names."""

    changes = frozenset({"add", "change"})

    def user_reads(self, user):
        return sees_people(user)

    def user_changes(self, user):
        return administers_any(user)

    def readable(self, user):
        return visible_people(user)

    def changeable(self, user):
        return visible_people(user)

    def user_has_permission_for_instance(self, user, action, instance):
        if action == "change":
            return manages_person(user, instance)
        return super().user_has_permission_for_instance(user, action, instance)


class GroupPolicy(_RulePolicy):
    """The group of a role is fixed; further groups belong to the administrators of their agency."""

    def user_reads(self, user):
        return sees_people(user)

    def user_changes(self, user):
        return administers_any(user)

    def readable(self, user):
        return Group.objects.filter(agency_group__agency__in=agencies_with_visible_people(user))

    def changeable(self, user):
        agencies = administered_agencies(user)
        return Group.objects.filter(agency_group__in=AgencyGroup.objects.named().filter(agency__in=agencies))


class AgencyPolicy(_RulePolicy):
    """Master data of agencies: kept by the province, read by auditors; an agency is deleted by operators alone."""

    def user_reads(self, user):
        return reads_everywhere(user)

    def user_changes(self, user):
        return can_open_portals(user) and not is_auditor(user)

    def readable(self, user):
        return Agency.objects.all()

    def changeable(self, user):
        return Agency.objects.all()

    def user_has_permission(self, user, action):
        if action == "delete":
            return user.is_active and user.is_superuser
        return super().user_has_permission(user, action)


class OfAgencyPolicy(_RulePolicy):
    """Units and officials: kept by the administrators of their agency, read by auditors."""

    def user_reads(self, user):
        return sees_people(user)

    def user_changes(self, user):
        return administers_any(user)

    def readable(self, user):
        return self.model._default_manager.filter(agency__in=agencies_with_visible_people(user))

    def changeable(self, user):
        # A portal need not be open for the province to record who works there.
        agencies = Agency.objects.all() if manages_all_people(user) else administered_agencies(user)
        return self.model._default_manager.filter(agency__in=agencies)

    def user_has_permission_for_instance(self, user, action, instance):
        # Without a query: a list asks it for each row and button.
        if action in self.changes:
            return administers(user, instance.agency)
        return action in _READING and (reads_everywhere(user) or administers(user, instance.agency))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


def register_people():
    """Called in place of Wagtail's own registration for users and groups."""
    register_permission_policy(get_user_model(), PersonPolicy(get_user_model()))
    register_permission_policy(Group, GroupPolicy(Group))


def register_agencies():
    register_permission_policy(Agency, AgencyPolicy(Agency))
    for model in (Unit, Official):
        register_permission_policy(model, OfAgencyPolicy(model))
