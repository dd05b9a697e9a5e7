"""What an export says about a document besides its text: a small record that any model can fill."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.text import slugify


class Force(StrEnum):
    """Whether a document is in force; the values are those of schema.org's LegalForceStatus."""

    IN_FORCE = "InForce"
    PARTIALLY_IN_FORCE = "PartiallyInForce"
    NOT_IN_FORCE = "NotInForce"


class RelationKind(StrEnum):
    """What a document does to another one, by the properties that schema.org has for it."""

    BASED_ON = "isBasedOn"
    CHANGES = "legislationChanges"
    REPEALS = "legislationRepeals"
    AMENDS = "legislationAmends"
    CORRECTS = "legislationCorrects"
    CONSOLIDATES = "legislationConsolidates"
    APPLIES = "legislationApplies"
    CITES = "citation"


@dataclass(frozen=True)
class Relation:
    """A relation to another document, by its number and, where it is in the registry, its address."""

    kind: RelationKind
    number: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class OriginalFile:
    """A file as it was signed and uploaded."""

    url: str
    media_type: str
    sha256: str = ""


@dataclass(frozen=True)
class DocumentFacts:
    """What is known about a document; `type_name` and `issuer` are as printed ("Nghị định", "Chính phủ")."""

    number: str
    title: str
    type_name: str
    issuer: str
    url: str
    issued_on: date
    effective_on: date | None = None
    expired_on: date | None = None
    published_on: date | None = None
    text_as_of: date | None = None
    force: Force | None = None
    signer: str = ""
    is_normative: bool = True
    relations: tuple[Relation, ...] = ()
    files: tuple[OriginalFile, ...] = ()

    @property
    def full_name(self) -> str:
        """Type, number and title, as a citation begins."""
        return f"{self.type_name} {self.number} {self.title}".strip()

    @property
    def iri(self) -> str:
        """The address by the Akoma Ntoso Naming Convention 1.0 (§ 4.4): country, type, subtype, date, number."""
        return (
            f"/akn/vn/act/{slugify(self.type_name) or 'van-ban'}/{self.issued_on}/{slugify(self.number) or 'khong-so'}"
        )

    @property
    def version_on(self) -> date:
        """The day whose wording the text has."""
        return self.text_as_of or self.issued_on
