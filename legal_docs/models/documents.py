from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from core.fields import CharField, TextField
from core.text import fold_words, slugify
from editorial.models import ApprovedByAgency
from legal_docs.citations.names import name_key
from legal_docs.dates import violations
from legal_docs.document_types import DocumentType, document_types
from legal_docs.enums import Scope, SigningCapacity, Status
from legal_docs.namesakes import NamedNumber, form_beside
from legal_docs.numbers import DocumentNumber, NoNumber, parse_number
from legal_docs.querysets import LegalDocumentQuerySet

# The longest of 9,068 real ones has 748 letters.
LONGEST_ABSTRACT = 2_000
# Cited by their names: "Luật Đất đai", "Hiến pháp".
TYPES_WITH_NAMES = {"hien_phap", "bo_luat", "luat", "phap_lenh"}


def type_choices():
    """Return the kinds of documents for a form; kept out of migrations, since a new kind is a change of data."""
    return [(kind.id, str(kind)) for kind in document_types().values()]


class LegalDocument(
    ApprovedByAgency,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """A legal or administrative document: one record of the whole install, shown on many portals and never copied."""

    owner = models.ForeignKey(
        "agency_sites.Agency", on_delete=models.PROTECT, related_name="legal_documents", verbose_name=_("agency")
    )
    slug = models.SlugField(max_length=200, unique=True, editable=False)

    number = CharField(_("number and symbol"), max_length=100, help_text=_("Such as 12/2017/QĐ-UBND or 2723/QĐ-UBND."))
    number_key = models.CharField(max_length=100, editable=False, db_index=True)
    year = models.PositiveSmallIntegerField(editable=False)
    # "luat", "nghi-quyet" where the symbol names the body alone and so cannot tell: namesakes.form_beside.
    number_form = models.CharField(max_length=40, blank=True, editable=False)
    # Of codes, laws and ordinances, which texts cite by name: citations.names.name_key of the abstract.
    name_key = models.CharField(max_length=300, blank=True, editable=False, db_index=True)
    # Number and abstract as the admin looks for them (core.text.fold_words). A column and no entry of Wagtail's index:
    # an import of 100,000 writes it with the row, and it is never behind.
    folded_words = models.TextField(editable=False)
    type = models.CharField(_("type"), max_length=40, choices=type_choices)
    issuer = models.ForeignKey(
        "legal_docs.Issuer", on_delete=models.PROTECT, related_name="documents", verbose_name=_("issuing body")
    )
    co_issuers = ParentalManyToManyField(
        "legal_docs.Issuer", blank=True, related_name="joint_documents", verbose_name=_("issued together with")
    )
    abstract = TextField(_("abstract"), max_length=LONGEST_ABSTRACT)
    issued_on = models.DateField(_("date of issue"))
    effective_on = models.DateField(_("effective date"), null=True, blank=True)
    is_shortened = models.BooleanField(
        _("made in a shortened procedure"), default=False, help_text=_("It may then take effect on signing.")
    )
    expires_on = models.DateField(
        _("expiry date"), null=True, blank=True, help_text=_("The first day on which it is in force no more.")
    )
    # The first day without force by its own words and by what others do to it: kept by services.validity.
    ended_on = models.DateField(null=True, editable=False)
    expiry_reason = CharField(_("reason of expiry"), max_length=300, blank=True)
    stated_status = models.CharField(
        _("status as stated"),
        max_length=20,
        choices=Status,
        default=Status.UNKNOWN,
        help_text=_("As its source says; what follows from dates and relations is shown, and a contradiction told."),
    )

    signer = CharField(_("signer"), max_length=150, blank=True)
    signer_position = CharField(_("position of the signer"), max_length=150, blank=True)
    signing_capacity = models.CharField(_("signing capacity"), max_length=4, choices=SigningCapacity, blank=True)
    issued_at_place = CharField(_("place of issue"), max_length=100, blank=True)
    gazette_number = CharField(_("number of the gazette"), max_length=60, blank=True)
    gazette_on = models.DateField(_("date of the gazette"), null=True, blank=True)

    fields_of_work = ParentalManyToManyField(
        "agency_sites.FieldOfWork", blank=True, related_name="legal_documents", verbose_name=_("fields of work")
    )
    bound_agencies = ParentalManyToManyField(
        "agency_sites.Agency", blank=True, related_name="binding_documents", verbose_name=_("agencies it binds")
    )
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, blank=True)
    sector = CharField(_("sector"), max_length=150, blank=True)
    source = CharField(_("source of the text"), max_length=300, blank=True)
    text = models.ForeignKey(
        "legal_docs.Text", null=True, blank=True, on_delete=models.RESTRICT, related_name="+", editable=False
    )

    # A draft may break rules of law while it is written; it is not handed in before it keeps them.
    is_rough = False

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="legal_document")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="legal_document",
        for_concrete_model=False,
    )

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="document_newest")]
        constraints = [
            # 1707/QĐ-UBND is another decision each year; of one body and year there is one, of whatever type.
            # 18/2008/QH12 is a law and a resolution, which its symbol does not say.
            models.UniqueConstraint(
                fields=["issuer", "number_key", "year", "number_form"], name="number_and_form_are_of_one_document"
            ),
        ]

    def __str__(self):
        return f"{self.kind.form if self.kind else ''} {self.number}".strip()

    def clean(self):
        super().clean()
        if not self.number:
            # The field itself says that it is wanted.
            return
        self._take_number()
        if not self.issued_on:
            return
        self.year = self.issued_on.year
        errors = {}
        if self.issued_on > timezone.localdate():
            errors["issued_on"] = _("This day is still to come.")
        if self._number.year and self._number.year != self.issued_on.year:
            errors["number"] = _("The year in the number is not that of the date of issue.")
        if self.kind and self.issuer_id and not self.is_rough:
            for broken in self.violations():
                errors.setdefault(broken.field, f"{broken.message} ({broken.rule})")
        if errors:
            raise ValidationError(errors)

    def _take_number(self):
        try:
            self._number = parse_number(self.number)
        except NoNumber as refusal:
            raise ValidationError({"number": str(refusal)}) from refusal
        self._set_number(self._number)

    def validate_constraints(self, exclude=None):
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as error:
            if NON_FIELD_ERRORS not in error.message_dict:
                raise
            # Said at the field, since the key and the year are nowhere on the form.
            raise ValidationError({"number": self._taken()}) from error

    def _taken(self):
        if self.number_form:
            words = _("This body has a document of this form (%(form)s), number and year already.")
            return words % {"form": self.kind.form}
        return _("This body has a document of this number and year already.")

    def save(self, *args, **kwargs):
        self.take_number(parse_number(self.number))
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def take_number(self, number: DocumentNumber) -> None:
        """Set everything that follows from the number, the type, the date of issue and the abstract."""
        self._set_number(number)
        self.year = self.issued_on.year
        self.name_key = name_key(self.abstract)[:300] if self.type in TYPES_WITH_NAMES else ""
        self.folded_words = fold_words(f"{self.number} {self.abstract}")

    def _set_number(self, number):
        self.number, self.number_key = str(number), number.key
        self.number_form = form_beside(number, self.kind.form) if self.kind else ""

    def _free_slug(self):
        choices = self.address_choices()
        taken = set(type(self).objects.filter(slug__in=choices).exclude(pk=self.pk).values_list("slug", flat=True))
        return next((words for words in choices if words not in taken), choices[-1])

    def address_choices(self) -> list[str]:
        """Return the words that its address may have, the best first: the number, with its form where it needs one to
        be known, with its issuer where another body has the same number.
        """
        words = parse_number(self.number).address_words(self.year)
        # After the number: whatever begins with no digit is a section of the portal.
        with_form = f"{words}-{self.number_form}" if self.number_form else words
        return [words, with_form, f"{with_form}-{slugify(self.issuer.name_vi, 80)}"]

    def with_content_json(self, content):
        document = super().with_content_json(content)
        # Whose it is, its address, and what is derived from others are no part of a version.
        document.owner_id, document.slug, document.ended_on = self.owner_id, self.slug, self.ended_on
        return document

    @property
    def kind(self) -> DocumentType | None:
        """What it is; None for a type that the data file no longer names."""
        return document_types().get(self.type)

    @property
    def named_number(self) -> NamedNumber:
        """Its number, with its form where that is needed to know it."""
        return NamedNumber.of(parse_number(self.number), self.kind.form if self.kind else "")

    @property
    def identity(self) -> tuple[int, str, int, str]:
        """By what it is known again: its issuer, its number in the form of comparison, the year, the form if needed."""
        return self.issuer_id, self.number_key, self.year, self.number_form

    @property
    def posted_at(self):
        """When it was first shown; Decree 43/2011/NĐ-CP, Article 17 counts from the date of issue to this moment."""
        return self.first_published_at

    @property
    def preview_modes(self):
        return [("", _("Reader's page"))]

    def get_absolute_url(self):
        return reverse("legal_document", args=[self.slug])

    def get_preview_template(self, request, mode_name):
        return "legal_docs/document.html"

    def violations(self):
        """Return the rules of law that its type, issuer and dates break; none where it is in order."""
        return violations(
            kind=self.kind,
            level=self.issuer.level,
            issued_on=self.issued_on,
            effective_on=self.effective_on,
            expires_on=self.expires_on,
            is_shortened=self.is_shortened,
        )
