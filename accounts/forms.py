"""What people type on the way in and around their account: allauth's forms in our words, counted by our rules."""

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .adapters import SecondFactorAdapter
from .counting import counting
from .devices import known_device
from .encryption import UnreadableSecret, decrypt, encrypt
from .links import AnyPasswordTokens
from .permissions import may_sign_in
from .services.attempts import code_counters, count_attempt, forgive_attempt
from .services.second_factor import matching_step, use_code

# Longer than any we accept, and short enough that hashing it costs nobody else's time.
_LONGEST_PASSWORD = 1_000
_LONGEST_UID = 11
_CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class _OurWordsMixin:
    """Labels of ours; no placeholder, which says the label once more and fades when it is needed."""

    labels = {}
    helps = {}
    first = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(MaxLengthValidator(_LONGEST_PASSWORD))
        if self.first:
            self.fields[self.first].widget.attrs["autofocus"] = True


class SignInForm(_OurWordsMixin, account_forms.LoginForm):
    labels = {"login": _("User name"), "password": _("Password")}
    first = "login"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocapitalize"] = "none"

    def add_prefix(self, field_name):
        # The name by which browsers and programs that keep passwords know it.
        return super().add_prefix("username" if field_name == "login" else field_name)


class ForgottenPasswordForm(_OurWordsMixin, account_forms.ResetPasswordForm):
    labels = {"email": _("Mail address")}
    first = "email"


_NEW = {"password1": _("New password"), "password2": _("New password, once more")}
_NEW_HELP = {"password1": _("At least 12 characters. Several words are easy to remember.")}


class NewPasswordForm(_OurWordsMixin, account_forms.ResetPasswordKeyForm):
    """A new password, typed twice, by who opened a link from a mail."""

    labels, helps, first = _NEW, _NEW_HELP, "password1"


class ChangePasswordForm(_OurWordsMixin, account_forms.ChangePasswordForm):
    labels = _NEW | {"oldpassword": _("Present password")}
    helps, first = _NEW_HELP, "oldpassword"


class AskPasswordForm(_OurWordsMixin, account_forms.ReauthenticateForm):
    labels, first = {"password": _("Your password")}, "password"


class _CodeMixin(_OurWordsMixin):
    labels, first = {"code": _("Code")}, "code"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].max_length = 40
        self.fields["code"].widget.attrs.update(_CODE)

    def clean_code(self):
        """Count, look, use up; allauth's own would take a code twice and count for owner and stranger alike."""
        request, typed = context.request, self.cleaned_data["code"]
        counters = code_counters(self.user.username, known_device(request, self.user.username))
        now = timezone.now()
        with counting(request, self.user.username):
            count_attempt(counters, now)
        self.authenticator = use_code(self.user, typed, now=now, request=request)
        if self.authenticator is None:
            user_login_failed.send(sender=__name__, credentials={"username": self.user.username}, request=request)
            raise SecondFactorAdapter().validation_error("incorrect_code")
        forgive_attempt(counters)
        return typed


class CodeForm(_CodeMixin, mfa_forms.AuthenticateForm):
    """Six digits from the device, or a recovery code, at the door."""


class AskCodeForm(_CodeMixin, mfa_forms.ReauthenticateForm):
    """The same once more, before the account's protection is changed."""


class EnrolForm(_OurWordsMixin, forms.Form):
    """The first code of a new device; the secret stays the same while its owner tries."""

    code = forms.CharField(label=_("Code that the app shows"), max_length=40, widget=forms.TextInput(attrs=_CODE))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.secret = _secret_of_session(context.request.session)

    def clean_code(self):
        self.step = matching_step(self.secret, self.cleaned_data["code"], timezone.now())
        if self.step is None:
            raise SecondFactorAdapter().validation_error("incorrect_code")
        return self.cleaned_data["code"]


class LinkForm(account_forms.UserTokenForm):
    """Whose password a link from a mail may replace: nobody's whose account is closed."""

    token_generator = AnyPasswordTokens()

    def _get_user(self, uidb36):
        # Longer than any of our numbers in base 36: databases refuse such a number each in its own way.
        if len(uidb36) > _LONGEST_UID:
            return None
        user = super()._get_user(uidb36)
        return user if user is not None and may_sign_in(user) else None


def _secret_of_session(session):
    try:
        return decrypt(session[SECRET_SESSION_KEY])
    except (KeyError, UnreadableSecret):
        secret = generate_totp_secret()
        # Encrypted there, too: sessions lie in the same database.
        session[SECRET_SESSION_KEY] = encrypt(secret)
        return secret
