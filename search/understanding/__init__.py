"""Reads what somebody typed: words, numbers of documents, places in them, other words for the same."""

from .reading import want
from .synonyms import Synonyms, default_synonyms

__all__ = ["Synonyms", "default_synonyms", "want"]
