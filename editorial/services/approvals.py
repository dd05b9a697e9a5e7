"""Handing in, approving, sending back, publishing without approval, and the workflow that a portal has for it."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import Workflow, WorkflowPage, WorkflowState, WorkflowTask

from core.own_words import in_own_words
from core.tree_lock import tree_lock
from editorial import mails
from editorial.completeness import check_complete
from editorial.models import ApprovalState, ApprovalTask, ForcedPublication
from editorial.ownership import agency_of, read_again, stamp
from editorial.permissions import is_own_work, may_approve, may_edit, may_force, reason_not_to_approve
from sites.enums import Role
from sites.models import Agency

from .versions import public_version

SHORTEST_REASON = 10


class DraftChanged(ValidationError):
    """Somebody changed the draft between reading and deciding."""

    def __init__(self):
        super().__init__(_("The draft was changed after you opened it. Read it again, then decide."))


def ensure_workflow(agency: Agency) -> Workflow:
    """Give a portal its one workflow: approval by its approvers. What is there stays."""
    root_page = agency.site.root_page
    existing = WorkflowPage.objects.filter(page=root_page).select_related("workflow").first()
    if existing:
        return existing.workflow
    name = _("Approval: %(agency)s") % {"agency": agency.display_name}
    workflow = Workflow.objects.create(name=name)
    task = ApprovalTask.objects.create(name=name)
    task.groups.set([group.group for group in agency.groups.filter(role=Role.APPROVER).select_related("group")])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=root_page)
    return workflow


def waiting_state(thing) -> ApprovalState | None:
    """Return what waits for approval of a page or record now; None if nothing does."""
    state = thing.current_workflow_task_state
    return state if isinstance(state, ApprovalState) else None


def submit(*, thing, user, remark: str = "", due_on: date | None = None, on: date | None = None) -> ApprovalState:
    """Hand a draft in, with a remark to the approver and the day by which it is wanted."""
    if due_on is not None and due_on < (on or timezone.localdate()):
        raise ValidationError({"due_on": _("This day is over. Choose today or a later day.")})
    with tree_lock():
        thing = read_again(thing)
        draft = thing.get_latest_revision_as_object()
        _check_editable(thing, user)
        if thing.workflow_in_progress:
            raise ValidationError(_("This draft has been handed in already."))
        workflow = thing.get_workflow()
        if workflow is None:
            raise ValidationError(_("This portal has no approvers yet; its administrator can name them."))
        if thing.live and not thing.has_unpublished_changes:
            raise ValidationError(_("Nothing has changed since this was published."))
        check_complete(draft)
        if thing.get_latest_revision() is None:
            draft.save_revision(user=user)
            thing = read_again(thing)
        state = _start(thing, workflow, user)
        state.remark, state.due_on = remark, due_on
        state.save(update_fields=["remark", "due_on"])
        log(
            instance=draft,
            action="editorial.submit",
            user=user,
            revision=state.revision,
            data={"remark": remark, "due_on": due_on.isoformat() if due_on else ""},
        )
        transaction.on_commit(lambda: mails.tell_approvers(state, user))
    return state


def _check_editable(thing, user):
    if not may_edit(user, thing):
        raise PermissionDenied
    _check_unlocked(thing, user)


def _check_unlocked(thing, user):
    lock = thing.get_lock()
    if isinstance(lock, BasicLock) and lock.for_user(user):
        raise ValidationError(_("Somebody else has locked this."))


def _start(thing, workflow, user):
    current = thing.current_workflow_state
    with in_own_words("wagtail.workflow.start", "wagtail.workflow.resume"):
        if current is not None and current.status == WorkflowState.STATUS_NEEDS_CHANGES:
            # Handed in again by somebody else, it is her work too.
            current.requested_by = user
            current.resume(user)
        else:
            workflow.start(thing, user)
    state = waiting_state(read_again(thing))
    if state is None:
        raise ValidationError(_("This portal has no approvers yet; its administrator can name them."))
    return state


def approve(
    *, thing, user, seen: str, remark: str = "", publish_at: datetime | None = None, at: datetime | None = None
) -> ApprovalState:
    """Approve the draft that the approver has read, and publish it now or at the time she chose."""
    at = at or timezone.now()
    if publish_at is not None and publish_at <= at:
        raise ValidationError({"publish_at": _("This moment is over. Choose a later one, or publish now.")})
    with tree_lock():
        thing = read_again(thing)
        state = _state_to_decide(thing, user)
        reason = reason_not_to_approve(user, thing, state)
        if reason:
            raise ValidationError(reason)
        _check_unlocked(thing, user)
        public = public_version(thing)
        revision = _as_seen(thing, seen)
        # A draft remembers what was public when it was written; Wagtail believes it.
        revision.content["live_revision"] = public.pk if public else None
        # The time that an author left in the draft is a wish; the approver decides.
        _set_time(revision, publish_at, at)
        check_complete(revision.as_object())
        state.revision = revision
        state.approve(user=user, comment=remark)
    return state


def send_back(*, thing, user, reason: str) -> ApprovalState:
    """Return a draft to its author with a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is to be changed.")})
    with tree_lock():
        state = _state_to_decide(read_again(thing), user)
        state.reject(user=user, comment=reason)
    return state


def _state_to_decide(thing, user):
    if not may_approve(user, thing):
        raise PermissionDenied
    state = waiting_state(thing)
    if state is None:
        raise ValidationError(_("This is not waiting for approval any more: somebody has decided or taken it back."))
    return state


def _as_seen(thing, seen):
    revision = thing.get_latest_revision()
    if revision is None or stamp(revision) != seen:
        raise DraftChanged
    return revision


def _set_time(revision, publish_at, at):
    revision.content["go_live_at"] = publish_at.isoformat() if publish_at else None
    revision.save(update_fields=["content"])
    expire_at = revision.as_object().expire_at
    if expire_at and expire_at <= (publish_at or at):
        raise ValidationError(_("The draft expires before it would be published; its expiry has to be changed first."))


def check_reason(reason: str) -> str:
    """Return a reason that others will read, without spaces around; ValidationError if it says nothing."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Give a reason of at least %(count)d characters.") % {"count": SHORTEST_REASON}}
        )
    return reason


def force_publish(*, thing, user, seen: str, reason: str) -> ForcedPublication:
    """Publish without a second person: with a reason that is recorded, reported, and told to the administrators."""
    if not may_force(user, thing):
        raise PermissionDenied
    reason = check_reason(reason)
    with tree_lock():
        thing = read_again(thing)
        _check_unlocked(thing, user)
        if thing.live and not thing.has_unpublished_changes:
            raise ValidationError(_("Nothing has changed since this was published."))
        revision = _as_seen(thing, seen)
        _set_time(revision, None, timezone.now())
        draft = revision.as_object()
        check_complete(draft)
        forced = ForcedPublication.objects.create(
            **ForcedPublication.reference(thing),
            title=str(draft)[:255],
            agency=agency_of(thing),
            published_by=user,
            published_at=timezone.now(),
            reason=reason,
            is_own_work=is_own_work(user, thing, waiting_state(thing)),
        )
        with in_own_words("wagtail.publish"):
            revision.publish(user=user, skip_permission_checks=True)
        log(
            instance=draft,
            action="editorial.force_publish",
            user=user,
            revision=revision,
            data={"reason": forced.reason},
            content_changed=True,
        )
        transaction.on_commit(lambda: mails.tell_administrators(forced))
    return forced
