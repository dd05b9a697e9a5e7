"""Whom an identity provider may sign in: identities that an administrator has recorded."""

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..models import User
from ..single_sign_on.providers import find_provider
from ..single_sign_on.telling import tell_identity

# OpenID Connect Core 1.0, 2: a `sub` has at most 255 characters.
LONGEST_SUBJECT = 255


def record_identity(user: User, *, provider: str, subject: str, by: User | None, request=None) -> SocialAccount:
    """Let a provider sign somebody in by the name it has for them (the claim `sub`)."""
    subject = subject.strip()
    if find_provider(provider) is None:
        raise ValidationError(_("There is no such provider."))
    if not subject:
        raise ValidationError(_("Name the identity that the provider has for this person."))
    if len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise ValidationError(_("This is no identity that a provider gives out."))
    try:
        with transaction.atomic():
            account = SocialAccount.objects.create(user=user, provider=provider, uid=subject)
    except IntegrityError as error:
        raise ValidationError(_("Another account already has this identity for single sign-on.")) from error
    tell_identity(account, by=by, request=request, is_recorded=True)
    return account


def identities_of(user: User) -> list[tuple[SocialAccount, str]]:
    """Return by which identities somebody is signed in, each with the name of its provider."""
    accounts = SocialAccount.objects.filter(user=user).order_by("provider", "pk")
    return [(account, name_of_provider(account)) for account in accounts]


def name_of_provider(account: SocialAccount) -> str:
    """Return what the provider of an identity is called.

    One that is no longer configured signs nobody in, but its identities are still there to be removed.
    """
    provider = find_provider(account.provider)
    return provider.name if provider else account.provider


def remove_identity(user: User, *, provider: str, by: User | None, request=None, subject: str | None = None) -> int:
    """Let a provider sign somebody in no more, be it by one of several identities; return how many there were."""
    accounts = SocialAccount.objects.filter(user=user, provider=provider)
    accounts = list(accounts if subject is None else accounts.filter(uid=subject))
    for account in accounts:
        account.delete()
        tell_identity(account, by=by, request=request, is_recorded=False)
    return len(accounts)
