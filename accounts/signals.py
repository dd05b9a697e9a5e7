"""What happens to accounts, told to rooms above. Signing in, out and in vain are Django's own signals."""

from django.dispatch import Signal

# user, action (SecondFactorAction), request (None from a command), by (who did it; None: an operator's command)
second_factor_changed = Signal()
# username (as typed), request
sign_in_throttled = Signal()
# user, by, request; sent once for each session that somebody ended by hand
session_ended = Signal()
# user, request
recovery_code_used = Signal()
# user, provider, subject, by, request: an identity for single sign-on was recorded or taken away (is_recorded)
identity_changed = Signal()
