"""Finds citations in Vietnamese legal text and says which document and which element of it each names."""

from .elements import Place
from .reader import Reader, find_citations
from .references import THIS_DOCUMENT, Citation, CitingDocument, DocumentReference
from .resolving import Candidate, Registry, of_form, resolve

__all__ = [
    "THIS_DOCUMENT", "Candidate", "Citation", "CitingDocument", "DocumentReference", "Place", "Reader", "Registry",
    "find_citations", "of_form", "resolve",
]  # fmt: skip
