from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from core.fields import CharField
from legal_docs.enums import RelationKind
from legal_docs.namesakes import parse_named
from legal_docs.numbers import NoNumber


class Relation(Orderable):
    """What a document does to another, which is in the registry or is known by its number alone."""

    source = ParentalKey("legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("this document"), max_length=16, choices=RelationKind)
    target = models.ForeignKey(
        "legal_docs.LegalDocument",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inverse_relations",
        verbose_name=_("document"),
    )
    target_number = CharField(
        _("or its number"), max_length=100, blank=True, help_text=_("Of a document that is not in the registry yet.")
    )
    target_key = models.CharField(max_length=100, blank=True, editable=False, db_index=True)
    # eIds of what is touched, separated by spaces; empty for the whole document.
    elements = models.CharField(
        _("parts"), max_length=1000, blank=True, help_text=_("Such as art_5 art_7__para_2; empty: the whole document.")
    )
    on = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: from the day on which this document takes effect.")
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("For a suspension that ends."))

    class Meta(Orderable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")

    def __str__(self):
        return f"{self.get_kind_display()} {self.target or self.target_number}"

    def clean(self):
        if self.target is None and not self.target_number:
            raise ValidationError({"target": _("Choose a document, or write its number.")})
        if self.target_id and self.target_id == self.source_id:
            raise ValidationError({"target": _("A document has no relation to itself.")})
        if self.until and self.on and self.until <= self.on:
            raise ValidationError({"until": _("It would end before it begins.")})
        if self.target_number:
            try:
                self.target_number = str(parse_named(self.target_number))
            except NoNumber as refusal:
                raise ValidationError({"target_number": str(refusal)}) from refusal

    def save(self, *args, **kwargs):
        self.target_key = self.target.number_key if self.target else parse_named(self.target_number).key
        super().save(*args, **kwargs)

    @property
    def element_ids(self) -> tuple[str, ...]:
        return tuple(self.elements.split())
