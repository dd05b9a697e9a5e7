from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from core.fields import CharField


class User(AbstractUser):
    """Somebody who signs in: an editor, an approver, an operator."""

    full_name = CharField(_("full name"), max_length=150, blank=True, help_text=_("As written: family name first."))
    job_title = CharField(_("position"), max_length=150, blank=True)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"

    def __str__(self):
        return self.get_full_name() or self.username

    def get_full_name(self):
        # Vietnamese names are written family name first; the two halves of Django's names are not.
        return self.full_name or f"{self.last_name} {self.first_name}".strip()

    def get_short_name(self):
        return self.get_full_name().rsplit(" ", 1)[-1] or self.username
