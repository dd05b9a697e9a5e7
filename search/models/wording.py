from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField, TextField
from search.understanding.synonyms import Group


class SynonymGroup(models.Model):
    """Words that mean the same to the search: "UBND = Ủy ban nhân dân". The province keeps them for all portals."""

    words = TextField(
        _("words"),
        max_length=500,
        help_text=_(
            "UBND = Ủy ban nhân dân: both ways, and as many as there are. NĐ => nghị định: whoever types the first also"
            " finds the second, and not the other way round."
        ),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    note = CharField(_("note"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")
        ordering = ["words"]
        constraints = [
            # The same line twice would only be edited once.
            models.UniqueConstraint(fields=["words"], name="synonyms_stand_once"),
        ]

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        self.words = " ".join(self.words.split())
        if Group.of_line(self.words) is None:
            raise ValidationError({"words": _("Two words at least, with = or => between them.")})

    @property
    def group(self) -> Group | None:
        return Group.of_line(self.words)
