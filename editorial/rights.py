"""What Wagtail's own doors may do with a page or record: write and hand in, but never publish or take down."""

from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from core.models import BasePage
from core.publicity import has_live_below, was_public_below
from sites.enums import Role
from sites.ownership import owned
from sites.permissions import acts_everywhere, agencies_of
from sites.policies import AgencyPolicy

from .permissions import GUARDIANS, guards


class EditorialTester(PagePermissionTester):
    """Nobody publishes through Wagtail's buttons, bulk actions or API, operators included: see editorial.services."""

    def can_publish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_unpublish(self):
        return False

    def can_set_view_restrictions(self):
        return not self.page_is_root and guards(self.user, self.page)

    def can_unschedule(self):
        return not self.page_is_root and guards(self.user, self.page)

    def can_reorder_children(self):
        return guards(self.user, self.page)

    def can_delete(self, ignore_bulk=False):
        if has_live_below(self.page):
            # Withdraw it first, so that its address says why it is gone.
            return False
        if not self._may_delete_drafts(ignore_bulk):
            return False
        # What was public once is a record of the agency; an editor does not make it vanish.
        return guards(self.user, self.page) or not was_public_below(self.page)

    def _may_delete_drafts(self, ignore_bulk):
        if self.user.is_superuser or not self.user.is_active or "change" not in self.permissions:
            return super().can_delete(ignore_bulk)
        # As Wagtail decides, without the search for public pages that it makes for every row of a list.
        is_alone = self.page.is_leaf() or ignore_bulk or "bulk_delete" in self.permissions
        return is_alone and not self.page_is_root

    def can_move(self):
        if not self.user.is_active or self.page_is_root:
            return False
        if self.user.is_superuser:
            return True
        if guards(self.user, self.page):
            return "change" in self.permissions
        return not self._is_public_or_due() and self.can_delete(ignore_bulk=True)

    def can_move_to(self, destination):
        if self.page == destination or destination.is_descendant_of(self.page) or not self.can_move():
            return False
        if not self.page.is_child_of(destination) and not self.page.specific.can_move_to(destination):
            return False
        if self.user.is_superuser:
            return True
        if "add" not in destination.permissions_for_user(self.user).permissions:
            return False
        return guards(self.user, destination) or not self._is_public_or_due()

    def _is_public_or_due(self):
        return has_live_below(self.page) or self.page.approved_schedule


class EditorialPagePolicy(PagePermissionPolicy):
    """Wagtail's rights to pages, asked through our tester (see BasePage.permissions_for_user)."""

    tester_class = EditorialTester


WRITERS = (Role.EDITOR, *GUARDIANS)
# No person publishes through Wagtail's doors; the acts of editorial.services ask by themselves.
_OURS = {"publish"}


class EditorialPolicy(AgencyPolicy):
    """Rights to records that go through approval: who writes for an agency writes them, and nobody publishes alone."""

    def __init__(self, model):
        rights = dict.fromkeys(("add", "change", "delete", "view"), WRITERS)
        super().__init__(model, rights | dict.fromkeys(("lock", "unlock"), GUARDIANS))

    def user_has_any_permission(self, user, actions):
        actions = set(actions) - _OURS
        return bool(actions) and super().user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user, actions):
        actions = set(actions) - _OURS
        records = super().instances_user_has_any_permission_for(user, actions)
        if not actions:
            return records.none()
        return self._deletable(user, records) if actions == {"delete"} else records

    def _deletable(self, user, records):
        """What is public is withdrawn first; what was public once is a record of the agency, not the editor's."""
        records = records.filter(live=False)
        if acts_everywhere(user):
            return records
        never = records.filter(first_published_at__isnull=True)
        return never | owned(records, agencies_of(user, *GUARDIANS))


def register():
    """Put the policy in place of Wagtail's for all pages of portals."""
    register_permission_policy(BasePage, EditorialPagePolicy())
