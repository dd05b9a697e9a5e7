from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from core.encryption import Box, all_keys
from core.fields import TextField
from search.enums import Rhythm

_addresses = Box("congkhai search: addresses of followers")
_signer = Signer(salt="search.following")


def address_keys(email: str) -> list[str]:
    """Return by what an address is found again without being read: one digest for each secret key, the present first.

    The part before the @ may tell apart capitals (RFC 5321, 2.4), and no provider of mail does.
    """
    folded = email.strip().casefold()
    return [salted_hmac("search.followers", folded, secret=key, algorithm="sha256").hexdigest() for key in all_keys()]


def _new_nonce():
    return get_random_string(20)


class Follower(models.Model):
    """Somebody who gets new matches by mail. The address lies encrypted; nothing else is known of the person."""

    address = models.TextField(editable=False)
    address_key = models.CharField(max_length=64, unique=True, editable=False)
    # A new one makes all links of former letters void.
    nonce = models.CharField(max_length=20, default=_new_nonce, editable=False)
    refusals = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follower of searches")
        verbose_name_plural = _("followers of searches")

    def __str__(self):
        return f"#{self.pk}"

    @property
    def email(self) -> str:
        """The address; raises core.encryption.UnreadableSecret when its key is gone."""
        return _addresses.decrypt(self.address)

    @email.setter
    def email(self, email: str):
        self.address, self.address_key = _addresses.encrypt(email), address_keys(email)[0]

    @property
    def token(self) -> str:
        """What opens the page of this follower's searches; it stands in each letter and can't be guessed."""
        return _signer.sign(f"{self.pk}.{self.nonce}").replace(":", "~")

    @classmethod
    def by_token(cls, token: str) -> "Follower | None":
        try:
            key, _dot, nonce = _signer.unsign(token.replace("~", ":")).partition(".")
        except BadSignature:
            return None
        return cls.objects.filter(pk=key, nonce=nonce).first()


class SavedSearch(models.Model):
    """A search whose new matches a follower gets; until it is confirmed by mail, nothing but that one mail is sent."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="searches")
    # The portal on which it was saved: links lead there.
    agency = models.ForeignKey("agency_sites.Agency", on_delete=models.CASCADE, related_name="+")
    # The state of the search as its address has it, in the canonical form and without sort and page.
    query = TextField(max_length=2_000)
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm, default=Rhythm.DAILY)
    confirmed_at = models.DateTimeField(null=True)
    # Of the link that confirms: a digest, so that the database alone confirms nothing.
    token_digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    # From where it was asked, as a digest: against those who fill other people's mailboxes.
    asked_from = models.CharField(max_length=64, blank=True)
    # The last arrival that was looked at, and when it is looked again.
    seen = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            # The second click on "save" saves nothing twice.
            models.UniqueConstraint(fields=["follower", "agency", "query"], name="search_saved_once_by_follower"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="saved_search_due"),
            models.Index(fields=["token_digest"], name="saved_search_token"),
            models.Index(fields=["asked_from", "asked_at"], name="saved_search_asked"),
        ]

    def __str__(self):
        return self.query

    @property
    def stop_token(self) -> str:
        """What stops this one search with one click."""
        return _signer.sign(f"{self.pk}.{self.follower.nonce}.stop").replace(":", "~")

    @classmethod
    def by_stop_token(cls, token: str) -> "SavedSearch | None":
        try:
            key, _dot, rest = _signer.unsign(token.replace("~", ":")).partition(".")
        except BadSignature:
            return None
        nonce, _dot, purpose = rest.partition(".")
        found = cls.objects.filter(pk=key, follower__nonce=nonce).select_related("follower", "agency__site")
        return found.first() if purpose == "stop" else None


class Arrival(models.Model):
    """A thing that became findable for the first time. Saved searches look at those that came after their last look.

    Written by the one process that holds the lock of the index, so that they appear in the order of their keys.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=60, unique=True)
    arrived_at = models.DateTimeField()

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")

    def __str__(self):
        return self.key


class Letter(models.Model):
    """A mail with new matches that is still to be sent: written in the transaction that marks them as looked at."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("letter to be sent")
        verbose_name_plural = _("letters to be sent")

    def __str__(self):
        return self.subject
