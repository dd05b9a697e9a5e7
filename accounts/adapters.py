"""Where our rules differ from allauth's: who comes in, what is counted, what is said, what is encrypted."""

import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from core.network import client_address

from .counting import counting
from .devices import known_device, remember_device
from .encryption import decrypt, encrypt
from .permissions import may_sign_in, must_use_second_factor
from .services.attempts import (
    Throttled,
    count_attempt,
    forget_old_attempts,
    forgive_attempt,
    password_counters,
    reset_counters,
)
from .services.sessions import owes_second_factor
from .tasks import send_notice, send_reset_link

NEXT = "accounts_next"
# What allauth calls its mails about changes, and what ours are called.
_NOTICES = {
    "account/email/password_changed": "password_changed",
    "account/email/password_set": "password_changed",
    "account/email/password_reset": "password_changed",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with name and password, and what follows it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # The same words for an unknown name, a wrong password, a closed account and a citizen's.
        "username_password_mismatch": _("The user name or the password is not right."),
        "incorrect_password": _("This is not your present password."),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("Too many attempts. Please wait a little."),
    }

    def get_client_ip(self, request):
        # A proxy of this machine that names no visitor: the list of sessions cannot hold an empty address.
        return client_address(request) or "0.0.0.0"  # noqa: S104 - written down, not bound

    def get_http_user_agent(self, request):
        return super().get_http_user_agent(request).replace("\x00", "")

    def is_open_for_signup(self, request):
        # Administrators make accounts.
        return False

    def is_safe_url(self, url):
        # A path on this portal and nothing else: ALLOWED_HOSTS names no hosts here.
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request, **credentials):
        """Count before looking, instead of allauth: its limit for an account would lock the owner out."""
        username = credentials.get("username", "")
        request.password_counters = password_counters(
            username, client_address(request), known_device(request, username)
        )
        with counting(request, username):
            count_attempt(request.password_counters, timezone.now())

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user is None or not may_sign_in(user):
            if user is not None and user.is_active:
                user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)
            return None
        forgive_attempt(request.password_counters)
        return user

    def authentication_failed(self, request, **credentials):
        forget_old_attempts(timezone.now())

    def get_login_stages(self):
        return ["accounts.stages.SecondFactorStage"]

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if owes_second_factor(request.session, user):
            request.session[NEXT] = response.url
            response = redirect("mfa_activate_totp")
        remember_device(request, response, user.username)
        return response

    def get_login_redirect_url(self, request):
        return resolve_url("/" if request.user.is_citizen else settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request):
        return resolve_url("account_security")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask again before the account's protection is changed, unless the sign-in itself has just been."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        # A password alone must not be enough to put another device in the place of the owner's.
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] == "mfa_reauthenticate"] or methods

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        # allauth's own sentences are not ours; our views say what there is to say.
        if message_template is None:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_password_reset_mail(self, user, email, context):
        try:
            count_attempt(reset_counters(user.username), timezone.now())
        except Throttled:
            # The links sent before still open, so nobody is kept out by others who ask.
            return
        send_reset_link.enqueue(user.pk, context["password_reset_url"])

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if template_prefix in _NOTICES:
            send_notice.enqueue(user.pk, _NOTICES[template_prefix])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes of a device: what the app shows as their name, and how secrets are kept."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Check the clock of your phone and type the newest one."),
        "cannot_delete_authenticator": _("Your rights reach too far to sign in without a second factor."),
    }

    def get_totp_label(self, user):
        return user.username

    def get_totp_issuer(self):
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text):
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return authenticator.type != Authenticator.Type.TOTP or not must_use_second_factor(authenticator.user)
