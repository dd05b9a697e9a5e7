from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField

from ..enums import UserKind
from ..querysets import People


class User(AbstractUser):
    """Somebody who signs in: an editor, an approver, an operator; or, one day, a citizen with a dossier."""

    full_name = CharField(_("full name"), max_length=150, blank=True, help_text=_("As written: family name first."))
    job_title = CharField(_("position"), max_length=150, blank=True)
    kind = models.CharField(_("kind of account"), max_length=10, choices=UserKind.choices, default=UserKind.STAFF)

    objects = People()

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        constraints = [
            # A citizen's account opens own dossiers; it must never become a way into the editor.
            models.CheckConstraint(
                condition=~models.Q(kind=UserKind.CITIZEN) | models.Q(is_staff=False, is_superuser=False),
                name="citizen_is_never_staff",
                violation_error_message=_("A citizen's account has no staff rights."),
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    def clean(self):
        super().clean()
        if self.is_citizen and self._has_rights():
            raise ValidationError({"kind": _("A citizen's account has no staff rights. Remove its groups first.")})

    def save(self, *args, update_fields=None, **kwargs):
        is_kind_written = update_fields is None or "kind" in update_fields
        if is_kind_written and self.is_citizen and self._has_rights():
            raise ValidationError(_("A citizen's account has no staff rights. Remove its groups first."))
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_citizen(self):
        return self.kind == UserKind.CITIZEN

    # Whatever was written past forms and signals: a citizen has no right that staff have.
    def has_perm(self, perm, obj=None):
        return not self.is_citizen and super().has_perm(perm, obj)

    def has_perms(self, perm_list, obj=None):
        return not self.is_citizen and super().has_perms(perm_list, obj)

    def has_module_perms(self, app_label):
        return not self.is_citizen and super().has_module_perms(app_label)

    def get_full_name(self):
        # Vietnamese names are written family name first; the two halves of Django's names are not.
        return self.full_name or f"{self.last_name} {self.first_name}".strip()

    def get_short_name(self):
        return self.get_full_name().rsplit(" ", 1)[-1] or self.username

    def _has_rights(self):
        return self.pk is not None and (self.groups.exists() or self.user_permissions.exists())
