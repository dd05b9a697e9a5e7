"""Best bets in the admin: each agency sets its own."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.permissions import policy_registry

from search.database import store
from search.engine import Hit
from search.models import BestBet
from search.services.bets import key_of_target

from .own import BegunWithWords, own_agencies


class BetFilterSet(WagtailFilterSet):
    agency = django_filters.ModelChoiceFilter(label=_("Agency"), queryset=own_agencies)

    class Meta:
        model = BestBet
        fields = ["agency"]


class BetIndexView(IndexView):
    """The best bets of the agencies for which somebody works, each with what visitors see of it now."""

    def get_base_queryset(self):
        policy = policy_registry.get_by_type(BestBet)
        own = policy.instances_user_has_any_permission_for(self.request.user, {"view", "change"})
        return own.select_related("agency", "page", "document")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        bets = list(context["object_list"])
        keys = {bet.pk: key_of_target(bet) for bet in bets}
        there = {one.thing.key for one in store.shown([Hit(key) for key in keys.values() if key])}
        for bet in bets:
            bet.state = _state(bet, keys[bet.pk], there)
        return context


def _state(bet, key, there):
    today = timezone.localdate()
    if bet.ends_on and bet.ends_on < today:
        return _("over")
    if bet.begins_on and bet.begins_on > today:
        return _("not yet")
    return _("shown to visitors") if bet.address or key in there else _("hidden: visitors cannot open it")


def target_of(bet: BestBet) -> str:
    """Return the name of the place to which a best bet leads."""
    return bet.title or (bet.page.title if bet.page else str(bet.document or bet.address))


class BetCreateView(BegunWithWords, CreateView):
    words_field = "triggers"
