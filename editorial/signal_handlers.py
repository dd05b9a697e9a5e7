"""What editorial work does when a portal opens and when something is published."""

from wagtail.signals import published

from sites.services import portal_opened

from .services.approvals import ensure_workflow
from .services.withdrawals import end_withdrawal


def connect():
    portal_opened.connect(give_workflow, dispatch_uid="editorial: workflow of a portal")
    published.connect(end_notice, dispatch_uid="editorial: notice of a withdrawal")


def give_workflow(agency, **kwargs):
    ensure_workflow(agency)


def end_notice(instance, **kwargs):
    # Wagtail sends the signal also when something is only scheduled.
    if instance.live:
        end_withdrawal(instance)
