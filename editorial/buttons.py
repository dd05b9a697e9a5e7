"""Links to the acts in the lists and headers of pages and records."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from .permissions import may_invite, may_withdraw
from .services.withdrawals import may_be_withdrawn
from .things import act_address


def withdraw_label(thing):
    """Return what taking down is called: Vietnamese has a word for articles that no other thing is called by."""
    return _("Withdraw…") if isinstance(thing, Page) else _("Take down…")


def withdraw_button(thing, user):
    """Give the link that takes something public down, to whoever may."""
    if may_be_withdrawn(thing) and may_withdraw(user, thing):
        yield Button(withdraw_label(thing), act_address("withdraw", thing), icon_name="download", priority=50)


def act_buttons(thing, user):
    """Give the links of the header of one page or record."""
    yield from withdraw_button(thing, user)
    if thing.pk and may_invite(user, thing):
        yield Button(_("Outside reviewers"), act_address("reviewers", thing), icon_name="comment", priority=55)
