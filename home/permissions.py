"""Who may offer an article to other portals, and who may answer an offer."""

from sites.enums import Role
from sites.permissions import holds_role, holds_role_at


def can_offer(user, article) -> bool:
    """Approvers and administrators of the article's agency offer it and recall it."""
    return holds_role_at(user, article.origin_id, Role.APPROVER, Role.ADMINISTRATOR)


def can_answer_offers(user, agency) -> bool:
    """Approvers and administrators of the receiving agency accept or decline."""
    return holds_role(user, agency, Role.APPROVER, Role.ADMINISTRATOR)
