"""What keeps this app's records and addresses to one agency: whose they are, and who may come in."""

from sites.doors import NOBODY, Door, open_door
from sites.ownership import Named, declare

from .models import ForcedPublication, ReviewInvitation, ReviewRemark, Withdrawal


def declare_owners() -> None:
    """Say that what concerns a page or record belongs to the agency whose it was."""
    for model in (ForcedPublication, ReviewInvitation, Withdrawal):
        declare(model, Named("agency"))
    declare(ReviewRemark, Named("invitation__agency"))


def open_doors() -> None:
    """Open the screens to whoever works for an agency; each asks for the right to its own act."""
    acts = ("submit", "decide", "force", "withdraw", "take_back", "reviewers")
    record = Door(names={"object_id": "{app_label}.{model_name}"})
    for name in acts:
        open_door(f"editorial:{name}", record)
    filters = {"agency": "agency_sites.Agency", "published_by": "accounts.User"}
    for name in ("forced_report", "forced_report_results"):
        open_door(f"editorial:{name}", Door(parameters=filters))
    open_door("editorial:revoke", Door(names={"pk": "editorial.ReviewInvitation"}))


def close_acts_of_wagtail(namespace: str) -> None:
    """Close Wagtail's own ways of approval for the records of a viewset; the rest of its addresses need no door."""
    for name in ("workflow_action", "collect_workflow_action_data", "workflow_preview"):
        open_door(f"{namespace}:{name}", NOBODY)
