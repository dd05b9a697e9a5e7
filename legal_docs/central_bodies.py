"""Bodies of the central level, from data: their names, former names, and symbols in document numbers."""

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "data" / "central_issuers.yaml"


@cache
def central_bodies() -> tuple[dict, ...]:
    """Return what the file says of each body: code, kind, name_vi, name_en, symbol; other_names, other_symbols."""
    return tuple(yaml.safe_load(_FILE.read_text(encoding="utf-8"))["bodies"])
