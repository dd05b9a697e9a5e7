"""What stands between the first proof and the session."""

from allauth.mfa.stages import AuthenticateStage

from .services.sessions import note_second_factor
from .single_sign_on.tokens import states_second_factor


class SecondFactorStage(AuthenticateStage):
    """Asks for a code of who has set a device up; not when the identity provider has asked for two proofs already."""

    def _should_handle(self, request):
        social_login = (self.login.signal_kwargs or {}).get("sociallogin")
        if social_login is not None and states_second_factor(social_login.account.extra_data):
            note_second_factor(request.session, self.login.user, "provider")
            return False
        return super()._should_handle(request)
