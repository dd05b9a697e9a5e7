from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.fields import CharField, TextField
from legal_docs.models import LegalDocument
from search.understanding.triggers import LONGEST, MOST, phrase_of, phrases_of
from sites.models import Agency

_TARGETS = ("page", "document", "address")
_check_url = URLValidator(schemes=["http", "https"])


class BestBetQuerySet(models.QuerySet):
    def holding(self, day: date) -> "BestBetQuerySet":
        """Return those that are shown on a day."""
        begun = models.Q(begins_on=None) | models.Q(begins_on__lte=day)
        return self.filter(begun, models.Q(ends_on=None) | models.Q(ends_on__gte=day))


class BestBet(models.Model):
    """What an agency shows before all other results when somebody searches its portal for certain words."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="best_bets", verbose_name=_("agency"))
    triggers = TextField(
        _("search words"),
        max_length=1_000,
        help_text=_("One or more words on each line, with accents or without; each line is enough by itself."),
    )
    is_whole = models.BooleanField(
        _("only when nothing else is typed"),
        default=False,
        help_text=_("Otherwise it is also shown when these words stand in a longer search."),
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    document = models.ForeignKey(
        LegalDocument, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    address = CharField(
        _("address"), max_length=500, blank=True, help_text=_("Of this portal (/lien-he/) or elsewhere (https://…).")
    )
    title = CharField(
        _("title"),
        max_length=150,
        blank=True,
        help_text=_("Empty: that of the page or document. An address needs one."),
    )
    note = CharField(_("explanation"), max_length=250, blank=True, help_text=_("One line under the title."))
    begins_on = models.DateField(_("shown from"), null=True, blank=True)
    ends_on = models.DateField(_("shown until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Of several for the same search, the smallest number stands first.")
    )

    objects = BestBetQuerySet.as_manager()

    class Meta:
        verbose_name = _("best bet")
        verbose_name_plural = _("best bets")
        ordering = ["position", "pk"]
        constraints = [
            # It leads to one place, which is known whatever form or import made it.
            models.CheckConstraint(
                condition=(
                    models.Q(page__isnull=False, document=None, address="")
                    | models.Q(page=None, document__isnull=False, address="")
                    | (models.Q(page=None, document=None) & ~models.Q(address="") & ~models.Q(title=""))
                ),
                name="best_bet_leads_to_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(begins_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("begins_on")),
                name="best_bet_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return " / ".join(self.triggers.split("\n"))

    def clean(self):
        super().clean()
        self.triggers = "\n".join(
            line for line in (" ".join(one.split()) for one in self.triggers.splitlines()) if line
        )
        self.address = self.address.strip()
        errors = {}
        if reason := _reason_against_triggers(self.triggers):
            errors["triggers"] = reason
        errors |= self._errors_of_target()
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            errors["ends_on"] = _("It would end before it begins.")
        if errors:
            raise ValidationError(errors)

    def _errors_of_target(self):
        given = [name for name in _TARGETS if getattr(self, f"{name}_id", None) or getattr(self, name)]
        if len(given) != 1:
            return {(given or _TARGETS)[-1]: _("Name one place: a page, a document or an address.")}
        if not self.address:
            return {}
        errors = {} if self.title else {"title": _("An address needs a title.")}
        return errors | ({} if _is_address(self.address) else {"address": _("Write it like /lien-he/ or https://….")})

    @property
    def phrases(self) -> list[str]:
        """Each line of the search words in the form in which searches are compared with it."""
        return phrases_of(self.triggers)


def _reason_against_triggers(triggers):
    lines = triggers.split("\n")
    if len(lines) > MOST:
        return _("%(most)d lines at most.") % {"most": MOST}
    for line in lines:
        if len(line) > LONGEST:
            return _("A line has %(most)d letters at most.") % {"most": LONGEST}
        # One letter would stand in half of all searches.
        if len(phrase_of(line)) < 2:
            return _("“%(line)s” is too short.") % {"line": line}
    return None


def _is_address(address):
    # Two slashes would lead to another host.
    if address.startswith("/"):
        return not address.startswith("//") and "\\" not in address
    try:
        _check_url(address)
    except ValidationError:
        return False
    return True
