"""Brings lists of documents with their texts and files into the registry: see docs/import-documents.md."""
