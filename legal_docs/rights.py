"""Who may do what with documents and with the list of the bodies that issue them."""

from wagtail.permissions import register_permission_policy

from editorial.rights import EditorialPolicy
from sites.permissions import acts_everywhere
from sites.policies import AgencyPolicy

from .models import Issuer, LegalDocument


def may_change_owner(user) -> bool:
    """Say whether somebody gives documents of one agency to another: the province does, no agency takes or gives."""
    return acts_everywhere(user)


def register() -> None:
    """Register the policies; called when the app is ready, before any screen asks."""
    register_permission_policy(LegalDocument, EditorialPolicy(LegalDocument))
    # No role of an agency is named: the list is the province's.
    register_permission_policy(Issuer, AgencyPolicy(Issuer, {}))
