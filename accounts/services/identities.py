"""Whom an identity provider may sign in: identities that an administrator has recorded."""

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..models import User
from ..signals import tell_identity
from ..single_sign_on.providers import find_provider


def record_identity(user: User, *, provider: str, subject: str, by: User | None, request=None) -> SocialAccount:
    """Let a provider sign somebody in by the name it has for them (the claim `sub`)."""
    subject = subject.strip()
    if find_provider(provider) is None:
        raise ValidationError(_("There is no such provider."))
    if not subject:
        raise ValidationError(_("Name the identity that the provider has for this person."))
    try:
        with transaction.atomic():
            account = SocialAccount.objects.create(user=user, provider=provider, uid=subject)
    except IntegrityError as error:
        raise ValidationError(_("Another account already has this identity for single sign-on.")) from error
    tell_identity(account, by=by, request=request, is_recorded=True)
    return account


def remove_identity(user: User, *, provider: str, by: User | None, request=None) -> int:
    """Let a provider sign somebody in no more; return how many identities there were."""
    accounts = list(SocialAccount.objects.filter(user=user, provider=provider))
    for account in accounts:
        account.delete()
        tell_identity(account, by=by, request=request, is_recorded=False)
    return len(accounts)
