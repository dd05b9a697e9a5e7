"""What the API answers with; each field is described for the OpenAPI document."""

from datetime import date, datetime
from typing import Generic, TypeVar

from ninja import Field, Schema

Row = TypeVar("Row")


class CodedName(Schema):
    """A value of a list: its code in queries and its Vietnamese name."""

    code: str
    name: str


class DocumentRow(Schema):
    """A document as lists show it."""

    slug: str = Field(description="Words of its address; never changes but by a redirect.")
    url: str = Field(description="Its one public address.")
    number: str = Field(description="Number and symbol, such as 43/2011/NĐ-CP.")
    type: CodedName
    issuer: CodedName
    abstract: str
    issued_on: date
    effective_on: date | None
    ended_on: date | None = Field(description="The first day without force, by its own words or by what others do.")
    status: str = Field(description="Whether it is in force on the day asked for; today where none is.")
    updated_at: datetime | None = Field(description="When it was last published.")


class File(Schema):
    """A file as it was given, byte for byte."""

    url: str
    name: str
    kind: str
    media_type: str
    size: int = Field(description="Bytes.")
    sha256: str


class Document(DocumentRow):
    """A document with all its attributes."""

    co_issuers: list[CodedName]
    fields_of_work: list[CodedName]
    owner: CodedName = Field(description="The agency that keeps it.")
    bound_agencies: list[CodedName]
    signer: str
    signer_position: str
    signing_capacity: str
    issued_at_place: str
    gazette_number: str
    gazette_on: date | None
    expires_on: date | None
    expiry_reason: str
    stated_status: str
    is_shortened: bool = Field(description="Made in a shortened procedure.")
    scope: str
    sector: str
    source: str
    posted_at: datetime | None = Field(description="When it was first shown (Decree 43/2011/NĐ-CP, Article 17).")
    has_text: bool
    text_source: str = Field(description="From what its text was read; “scan” was recognised by a machine.")
    files: list[File]


class Element(Schema):
    """A part of a text, under its Akoma Ntoso id."""

    eid: str = Field(description="Such as art_10__para_2__point_dd.")
    kind: str
    number: str
    heading: str
    content: str = Field(description="Its own words, without those of the parts below it.")
    position: int


class Other(Schema):
    """A document at the other end of a relation or citation; without an address if it is not in the registry."""

    number: str
    title: str = ""
    slug: str = ""
    url: str = ""


class Relation(Schema):
    """What one document does to another."""

    kind: str
    direction: str = Field(description="“out”: this document does it; “in”: it is done to this one.")
    document: Other
    elements: list[str] = Field(description="Ids of the parts that are touched; empty: the whole document.")
    on: date | None
    until: date | None


class Citation(Schema):
    """A place in a text that names another place."""

    citing: Other
    eid: str = Field(description="The part in which it stands.")
    words: str
    is_legal_basis: bool
    cited: Other
    cited_eid: str
    is_found: bool = Field(description="Whether the document and the part are in the registry.")


class Span(Schema):
    """A status and the days on which it holds."""

    status: str
    since: date | None = Field(description="None: from the beginning.")
    until: date | None = Field(description="The first day on which it holds no more; none as far as is known.")
    causes: list[Other]


class Page(Schema, Generic[Row]):
    """A stretch of a list; `next` is asked for with ?cursor=…, none at the end."""

    items: list[Row]
    next: str | None


class Refusal(Schema):
    """Why a question has no answer."""

    detail: str
