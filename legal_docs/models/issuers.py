from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import CharField
from core.text import fold
from legal_docs.enums import Level


class Issuer(models.Model):
    """A body that issues documents: the Government, a ministry, a People's Committee, a department."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name_vi = CharField(_("Vietnamese name"), max_length=200)
    name_en = CharField(_("English name"), max_length=200, blank=True)
    symbol = CharField(_("symbol in document numbers"), max_length=40, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    # Which entry of `issuers` in data/document_types.yaml it is one of.
    kind = models.CharField(max_length=30, editable=False)
    agency = models.ForeignKey(
        "agency_sites.Agency",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issuers",
        verbose_name=_("agency"),
        help_text=_("Whose portal keeps its documents; none for bodies outside the province."),
    )
    other_names = models.JSONField(
        _("other spellings"), default=list, blank=True, help_text=_("As lists of other portals write it.")
    )
    # What the names are compared by.
    folded_names = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
        ordering = ["name_vi"]

    def __str__(self):
        return self.name_vi

    def save(self, *args, **kwargs):
        self.folded_names = sorted({plain_name(name) for name in (self.name_vi, *self.other_names)})
        super().save(*args, **kwargs)


def plain_name(name: str) -> str:
    """Return a name in the form in which spellings are compared: "Uỷ ban" and "Ủy ban", "hóa" and "hoá" are alike."""
    words = "".join(c if c.isalnum() else " " for c in fold(name)).split()
    # Lists write "A, B và C" and "A - B và C" for the same body.
    return " ".join(word for word in words if word != "va")
