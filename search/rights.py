"""Who may do what with the words of the search."""

from django.db.models import QuerySet
from wagtail.permissions import register_permission_policy

from editorial.permissions import GUARDIANS
from sites.enums import Role
from sites.models import Agency
from sites.permissions import acts_everywhere, agencies_of, is_auditor
from sites.policies import AgencyPolicy

from .models import BestBet, QueryCount, SynonymGroup

_READERS = (Role.EDITOR, *GUARDIANS)


def agencies_with_bets(user, action: str) -> QuerySet[Agency]:
    """Return the agencies for whose best bets, and counts of searches, somebody may do this ("view", "change")."""
    if acts_everywhere(user) or (action == "view" and is_auditor(user)):
        return Agency.objects.with_portal()
    return agencies_of(user, *(_READERS if action == "view" else GUARDIANS))


def register() -> None:
    """Register the policies; called when the app is ready, before any screen asks."""
    # No role of an agency is named: all portals are searched with the same words, and the province keeps them.
    register_permission_policy(SynonymGroup, AgencyPolicy(SynonymGroup, {}))
    # It is public at once, so that who answers for what is public sets it; who writes sees what is set and asked.
    rights = dict.fromkeys(("add", "change", "delete"), GUARDIANS) | {"view": _READERS}
    register_permission_policy(BestBet, AgencyPolicy(BestBet, rights))
    register_permission_policy(QueryCount, AgencyPolicy(QueryCount, {"view": _READERS}))
