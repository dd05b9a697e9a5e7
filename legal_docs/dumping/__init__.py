"""The whole registry as files that anybody can read, and the registry from such files: see docs/dump-documents.md."""
