"""What stands between the first proof and the session."""

from allauth.mfa.stages import AuthenticateStage
from django.utils.crypto import constant_time_compare

from .permissions import may_sign_in
from .services.second_factor import has_second_factor
from .services.sessions import note_second_factor
from .single_sign_on.tokens import states_second_factor

_PROVED = "proved"


class SecondFactorStage(AuthenticateStage):
    """Asks for a code of who has set a device up; not when the identity provider has asked for two proofs already."""

    def handle(self):
        response, is_going_on = super().handle()
        if response:
            self.state[_PROVED] = self.login.user.get_session_auth_hash()
        return response, is_going_on

    @property
    def is_good(self) -> bool:
        """Say whether the first proof still holds: the account is open, and its password is the one that was typed."""
        user = self.login.user
        if user is None or not may_sign_in(user):
            return False
        return constant_time_compare(self.state.get(_PROVED, ""), user.get_session_auth_hash())

    def _should_handle(self, request):
        social_login = (self.login.signal_kwargs or {}).get("sociallogin")
        if social_login is not None and self._is_vouched_for(social_login.account):
            note_second_factor(request.session, self.login.user, "provider")
            return False
        return super()._should_handle(request)

    def _is_vouched_for(self, account):
        if not states_second_factor(account.extra_data):
            return False
        # Whoever recorded an identity for somebody else could come in by it, past the owner's device: so the device
        # is asked the first time.
        user = self.login.user
        is_first_time = user.last_login is None or account.date_joined > user.last_login
        return not (is_first_time and has_second_factor(user))
