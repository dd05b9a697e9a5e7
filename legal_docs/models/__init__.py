from .addresses import FormerAddress
from .citations import Citation
from .documents import LegalDocument
from .files import Attachment, StoredFile
from .issuers import Issuer
from .placements import ListCount, Placement
from .reading_jobs import ReadingJob
from .relations import Relation
from .texts import Element, Text
from .validity import ValiditySpan

__all__ = [
    "Attachment",
    "Citation",
    "Element",
    "FormerAddress",
    "Issuer",
    "LegalDocument",
    "ListCount",
    "Placement",
    "ReadingJob",
    "Relation",
    "StoredFile",
    "Text",
    "ValiditySpan",
]
