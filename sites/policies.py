"""Wagtail's permission policies for records that belong to agencies."""

from collections.abc import Mapping

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy

from .enums import Role
from .models import Agency
from .ownership import NOTHING, owned
from .permissions import acts_everywhere, holds_anywhere, memberships, reads_everywhere

# What reads only: auditors may do that with everything.
READING = frozenset({"view", "inspect", "explore"})


class AgencyPolicy(BasePermissionPolicy):
    """Which role may do what with the records of its own agency.

    `rights` names the roles for each action ("add", "change", "delete", "view", "publish" or one of the app's own).
    Operators and provincial administrators may do all everywhere, auditors may view everywhere. Whose a record is
    follows from what `sites.ownership.declare` said of its model.
    """

    def __init__(self, model, rights: Mapping[str, tuple[Role, ...]]):
        super().__init__(model)
        self.rights = rights

    def user_has_permission(self, user, action):
        return self.user_has_any_permission(user, {action})

    def user_has_any_permission(self, user, actions):
        if not user.is_active or user.is_anonymous:
            return False
        if acts_everywhere(user) or (reads_everywhere(user) and READING & set(actions)):
            return True
        return holds_anywhere(user, *self._roles(actions))

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        records = self.model._default_manager.all()
        if not user.is_active or user.is_anonymous:
            return records.none()
        if acts_everywhere(user) or (reads_everywhere(user) and READING & set(actions)):
            return records
        return owned(records, self.agencies_where(user, actions))

    def agencies_where(self, user, actions) -> list[Agency]:
        """Return the agencies in which somebody may do one of the actions."""
        roles = self._roles(actions)
        held = {agency for agency, role in memberships(user) if role in roles}
        return list(Agency.objects.filter(pk__in=held).select_related("site__root_page", "collection"))

    def users_with_any_permission(self, actions):
        return self._people(Q(groups__agency_group__role__in=self._roles(actions)))

    def users_with_any_permission_for_instance(self, actions, instance):
        agencies = [
            agency.pk
            for agency in Agency.objects.filter(groups__role__in=self._roles(actions)).distinct()
            if owned(self.model._default_manager.filter(pk=instance.pk), [agency]).exists()
        ]
        if not agencies:
            return self._people(NOTHING)
        roles = self._roles(actions)
        return self._people(Q(groups__agency_group__role__in=roles, groups__agency_group__agency__in=agencies))

    def _people(self, condition):
        everywhere = Q(is_superuser=True) | Q(groups__agency_group__role=Role.PROVINCIAL_ADMINISTRATOR)
        return get_user_model().objects.filter(condition | everywhere, is_active=True).distinct()

    def _roles(self, actions):
        return {role for action in actions for role in self.rights.get(action, ())}
