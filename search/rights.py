"""Who may do what with the words of the search."""

from wagtail.permissions import register_permission_policy

from sites.policies import AgencyPolicy

from .models import SynonymGroup


def register() -> None:
    """Register the policies; called when the app is ready, before any screen asks."""
    # No role of an agency is named: all portals are searched with the same words, and the province keeps them.
    register_permission_policy(SynonymGroup, AgencyPolicy(SynonymGroup, {}))
