"""Who joins and who leaves a group, and what a group or task is linked to."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed
from wagtail.models import CollectionViewRestriction, GroupApprovalTask, PageViewRestriction

from audit.services import describe, record, record_many
from sites.owning import owners_of

_ADDED, _REMOVED = "post_add", "post_remove"


def connect():
    person = get_user_model()
    m2m_changed.connect(membership_changed, sender=person.groups.through, dispatch_uid="audit: membership")
    for through in (person.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(permission_changed, sender=through, dispatch_uid="audit: permission")
    for model in (PageViewRestriction, CollectionViewRestriction, GroupApprovalTask):
        m2m_changed.connect(groups_changed, sender=model.groups.through, dispatch_uid="audit: groups")


def membership_changed(instance, action, reverse, pk_set, **kwargs):
    joins = _joins(action)
    if joins is None:
        return
    ids = pk_set if pk_set is not None else _linked_ids(instance, reverse)
    if reverse:
        pairs = [(person, instance) for person in get_user_model()._base_manager.filter(pk__in=ids).order_by("pk")]
    else:
        pairs = [(instance, group) for group in Group.objects.filter(pk__in=ids).order_by("pk")]
    entries = [_membership(joins, person, group) for person, group in pairs]
    if entries:
        record_many(entries)


def _membership(joins, person, group):
    action = "rights.join" if joins else "rights.leave"
    details = {"group": group.name, "group_id": group.pk}
    # The role is the agency's that has the group, wherever else the person works.
    owner = owners_of(group).values_list("code", flat=True).first()
    return describe(action, person, agency=owner, details=details)


def permission_changed(instance, action, reverse, pk_set, **kwargs):
    joins = _joins(action)
    if joins is None or reverse:
        return
    ids = pk_set if pk_set is not None else _linked_ids(instance, reverse, "permissions")
    named = Permission.objects.filter(pk__in=ids).order_by("pk").values_list("content_type__app_label", "codename")
    rights = [f"{app}.{codename}" for app, codename in named]
    if rights:
        record("rights.grant" if joins else "rights.revoke", instance, details={"rights": rights})


def groups_changed(instance, action, reverse, pk_set, **kwargs):
    joins = _joins(action)
    if joins is None or reverse:
        return
    ids = pk_set if pk_set is not None else _linked_ids(instance, reverse)
    names = list(Group.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))
    if names:
        record("object.change", instance, details={"added groups" if joins else "removed groups": names})


def _joins(action):
    """True for what comes, False for what goes; a clearing is heard before, as nothing is left to name after it."""
    return {_ADDED: True, _REMOVED: False, "pre_clear": False}.get(action)


def _linked_ids(instance, reverse, name="groups"):
    if reverse:
        return list(instance.user_set.values_list("pk", flat=True))
    manager = getattr(instance, name, None) or instance.user_permissions
    return list(manager.values_list("pk", flat=True))
