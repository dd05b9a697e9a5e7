from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Whether a document is in force on a day, in the words of the national database of legal documents."""

    NOT_YET_IN_FORCE = "not_yet_in_force", _("not yet in force")
    IN_FORCE = "in_force", _("in force")
    PARTLY_EXPIRED = "partly_expired", _("partly expired")
    EXPIRED = "expired", _("expired")
    SUSPENDED = "suspended", _("suspended")
    PARTLY_SUSPENDED = "partly_suspended", _("partly suspended")
    NO_LONGER_SUITABLE = "no_longer_suitable", _("no longer suitable")
    UNKNOWN = "unknown", _("unknown")


class RelationKind(models.TextChoices):
    """What one document does to another: "this document … that document"."""

    BASED_ON = "based_on", _("is based on")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    PARTLY_REPEALS = "partly_repeals", _("repeals in part")
    GUIDES = "guides", _("details, guides")
    CORRECTS = "corrects", _("corrects")
    SUSPENDS = "suspends", _("suspends")
    CONSOLIDATES = "consolidates", _("consolidates")
    REFERS_TO = "refers_to", _("refers to")
    ATTACHED_TO = "attached_to", _("is attached to")

    @property
    def inverse(self) -> str:
        """The same relation told of the other document."""
        return _INVERSES[self]


_INVERSES = {
    RelationKind.BASED_ON: _("is the basis of"),
    RelationKind.AMENDS: _("is amended by"),
    RelationKind.REPLACES: _("is replaced by"),
    RelationKind.REPEALS: _("is repealed by"),
    RelationKind.PARTLY_REPEALS: _("is repealed in part by"),
    RelationKind.GUIDES: _("is detailed by"),
    RelationKind.CORRECTS: _("is corrected by"),
    RelationKind.SUSPENDS: _("is suspended by"),
    RelationKind.CONSOLIDATES: _("is consolidated in"),
    RelationKind.REFERS_TO: _("is referred to by"),
    RelationKind.ATTACHED_TO: _("has the attachment"),
}


class Level(models.TextChoices):
    """Of which level of the state an issuer is."""

    CENTRAL = "central", _("central")
    PROVINCE = "province", _("province")
    DEPARTMENT = "department", _("department")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")


class SigningCapacity(models.TextChoices):
    """In whose name somebody signs, as it stands before the signature (Decree 30/2020/NĐ-CP, Appendix I)."""

    COLLECTIVE = "TM.", _("TM. (on behalf of the body)")
    DEPUTY = "KT.", _("KT. (a deputy for the head)")
    BY_ORDER = "TL.", _("TL. (by order)")
    BY_AUTHORITY = "TUQ.", _("TUQ. (by authority)")
    ACTING = "Q.", _("Q. (acting)")


class Scope(models.TextChoices):
    """Where a document holds."""

    NATION = "nation", _("the whole country")
    PROVINCE = "province", _("the province")
    DISTRICT = "district", _("a district")
    COMMUNE = "commune", _("a commune")


class AttachmentKind(models.TextChoices):
    ORIGINAL = "original", _("signed original")
    TEXT = "text", _("text for editing")
    ANNEX = "annex", _("annex")
    FORM = "form", _("form")


class TextSource(models.TextChoices):
    """From what a full text was read."""

    DOCX = "docx", _("Word file")
    DOC = "doc", _("old Word file")
    PDF = "pdf", _("PDF with text")
    SCAN = "scan", _("scanned PDF, recognised by a machine")
    PASTED = "pasted", _("pasted text")
    DATA = "data", _("imported data")


class ReadingState(models.TextChoices):
    """How far the reading of a file has come."""

    WAITING = "waiting", _("waiting in the queue")
    RUNNING = "running", _("being read")
    DONE = "done", _("read")
    FAILED = "failed", _("not read")

    @classmethod
    def unfinished(cls) -> tuple[str, ...]:
        """The states in which something is still to be done."""
        return cls.WAITING, cls.RUNNING


class ReadingStage(models.TextChoices):
    """What the reader does with one page after another; the values are those of legal_docs.reading.progress."""

    READING = "reading", _("taking the text")
    RECOGNISING = "recognising", _("recognising letters in pictures")


class Facet(models.TextChoices):
    """By what the lists of documents are narrowed."""

    ALL = "all", _("all")
    TYPE = "type", _("type")
    ISSUER = "issuer", _("issuing body")
    FIELD = "field", _("field of work")
    YEAR = "year", _("year")
    STATUS = "status", _("status")
