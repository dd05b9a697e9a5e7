"""The registry for other programs: JSON over HTTP, read-only, described by OpenAPI at /api/v1/openapi.json."""

from .routes import api

__all__ = ["api"]
