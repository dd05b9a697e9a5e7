"""What is told when an identity begins or ceases to open an account: to the rooms above, and to the account's owner."""

from allauth.socialaccount.models import SocialAccount

from ..models import User
from ..signals import identity_changed
from ..tasks import send_notice


def tell_identity(account: SocialAccount, *, by: User | None, request, is_recorded: bool) -> None:
    """Tell that an identity was recorded or taken away, its owner too: it may be a stranger's."""
    words = {"provider": account.provider, "subject": account.uid, "is_recorded": is_recorded}
    identity_changed.send(sender=SocialAccount, user=account.user, by=by, request=request, **words)
    send_notice.enqueue(account.user_id, "identity_recorded" if is_recorded else "identity_removed")
