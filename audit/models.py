import json
from datetime import UTC

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .chain import VERSION, Record
from .enums import CheckState
from .querysets import AuditCheckQuerySet, AuditEntryQuerySet, ReadOnlyTrail

# The columns of an entry in the order of chain.Record.
COLUMNS = Record._fields


class AuditEntry(models.Model):
    """Who did what to which thing from where; nothing refers to the thing itself, so that it may be gone."""

    version = models.PositiveSmallIntegerField(default=VERSION, editable=False)
    at = models.DateTimeField(_("moment"))
    actor_id = models.BigIntegerField(_("person's id"), null=True)
    actor_name = models.CharField(_("person"), max_length=200, blank=True)
    # As they were then: "administrator@stttt, editor@syt"; rights come and go, an entry stays.
    roles = models.CharField(_("roles at that time"), max_length=255, blank=True)
    action = models.CharField(_("action"), max_length=100)
    object_type = models.CharField(_("kind of object"), max_length=100, blank=True)
    object_id = models.CharField(_("object's id"), max_length=100, blank=True)
    object_label = models.CharField(_("object"), max_length=255, blank=True)
    agency = models.CharField(_("agency"), max_length=32, blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    agent = models.CharField(_("browser or account"), max_length=200, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    # JSON as text: a database that stores JSON in a form of its own would change what the digest is made of.
    details = models.TextField(_("details"), default="{}", blank=True)
    number = models.BigIntegerField(_("number in the chain"), null=True, unique=True, editable=False)
    previous = models.CharField(_("digest of the entry before"), max_length=64, blank=True, editable=False)
    # Until the entry has its place: the program's seal of origin (services.py), which nobody else can make.
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)

    objects = AuditEntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        default_permissions = ()
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["agency", "at", "id"], name="audit_by_agency"),
            models.Index(fields=["action", "at", "id"], name="audit_by_action"),
            models.Index(fields=["object_type", "at", "id"], name="audit_by_kind"),
        ]
        constraints = [
            # An entry is either waiting for its place or has all of it.
            models.CheckConstraint(
                condition=Q(number__isnull=True, previous="") | (Q(number__gte=1) & ~Q(previous="") & ~Q(digest="")),
                name="audit_entry_is_sealed_whole",
            )
        ]

    def __str__(self):
        return f"{self.action} {self.object_label}".strip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ReadOnlyTrail
        super().save(*args, **kwargs)

    @property
    def record(self) -> Record:
        """The entry as the chain sees it."""
        return as_record([getattr(self, column) for column in COLUMNS])

    @cached_property
    def facts(self) -> dict:
        """The details as they were given; what was damaged in the database is shown as it stands."""
        try:
            facts = json.loads(self.details)
        except (ValueError, RecursionError):
            facts = None
        return facts if isinstance(facts, dict) else {"details": self.details}

    def delete(self, *args, **kwargs):
        raise ReadOnlyTrail


def as_record(values) -> Record:
    """Make a chain's record of the values of an entry's COLUMNS."""
    values = list(values)
    at = values[5]
    # SQLite stores whatever a forger writes; what is no moment counts as changed.
    values[5] = f"{at.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z" if at else ""
    return Record._make(values)


class AuditHead(models.Model):
    """The end of the chain, signed with a key that is not in the database: a cut or rewritten chain does not fit it."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("head of the audit trail")
        verbose_name_plural = _("heads of the audit trail")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_audit_head")]

    def __str__(self):
        return f"{self.number}:{self.digest}"


class AuditCheck(models.Model):
    """One verification of the whole chain: how far it has come and what it found."""

    state = models.CharField(_("state"), max_length=16, choices=CheckState, default=CheckState.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("asked by")
    )
    began_at = models.DateTimeField(_("began"))
    touched_at = models.DateTimeField(_("last seen"))
    verified = models.BigIntegerField(_("verified entries"), default=0)
    total = models.BigIntegerField(_("entries"), default=0)
    head = models.CharField(_("head"), max_length=100, blank=True)
    broken_number = models.BigIntegerField(_("first broken entry"), null=True)
    fault = models.CharField(_("fault"), max_length=32, blank=True)
    waiting = models.PositiveIntegerField(_("entries not sealed in time"), default=0)
    # Where it began, if not at the first entry: after a break that was looked into.
    since = models.BigIntegerField(_("verified from number"), default=1)
    is_guarded = models.BooleanField(_("the database refuses changes"), default=True)

    objects = AuditCheckQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verification of the audit trail")
        verbose_name_plural = _("verifications of the audit trail")
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self):
        return f"{self.began_at:%Y-%m-%d %H:%M}: {self.get_state_display()}"
