"""What a citation is, as data: it stays true when the document that it names is imported, renamed or missing."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class DocumentReference:
    """A document as a text names it: by number, by name, or as the text's own document.

    `number` is in its normalised form and as complete as the text and what stands before it allow: "43/2011/NĐ-CP",
    or only "43/2011" or "43". `name` is as written ("Luật Đất đai"). `year` and `issued_on` are what the text says.
    """

    form: str = ""
    number: str = ""
    name: str = ""
    year: int | None = None
    issued_on: date | None = None
    is_self: bool = False

    @property
    def says_only_form(self) -> bool:
        """Whether the text says no more than "Pháp lệnh"."""
        return bool(self.name) and self.name == self.form and self.form != "Hiến pháp"

    @property
    def is_nothing(self) -> bool:
        """Whether it is "Luật này" in a document that is no law: the law named last, if there is one."""
        return not (self.is_self or self.number or self.name)

    @property
    def is_complete(self) -> bool:
        """Whether the number alone identifies the document, as "43/2011/NĐ-CP" does and "43/2011" does not."""
        return any(part[:1].isalpha() for part in self.number.replace("-", "/").split("/")[1:])


THIS_DOCUMENT = DocumentReference(is_self=True)


@dataclass(frozen=True)
class Citation:
    """One link: the words from `start` to `end` name `elements` (eIds; none for the whole document) of `document`."""

    start: int
    end: int
    text: str
    document: DocumentReference
    elements: tuple[str, ...] = ()
    at: str = ""
    is_quoted: bool = field(default=False, compare=False)
    """Whether it stands in quoted new wording of another document, to which "this" then refers."""


@dataclass(frozen=True)
class CitingDocument:
    """What the finder must know of the document whose text it reads."""

    form: str = ""
    number: str = ""
    title: str = ""


UNKNOWN = CitingDocument()
