"""The section tree of each kind of portal, from sites/data/sections.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "data" / "sections.yaml"


@dataclass(frozen=True)
class Section:
    """One section of the tree; key is its path of slugs ("tin-tuc/thong-bao"), by which it is found again."""

    key: str
    slug: str
    title_vi: str
    title_en: str
    page_model: str
    is_in_menu: bool
    covers: tuple[str, ...]
    children: tuple["Section", ...]


@cache
def section_tree(kind: str) -> tuple[Section, ...]:
    """Return the top sections of a kind of portal (sites.enums.AgencyKind)."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_section(entry, data["page_types"], "") for entry in data["kinds"][kind])


def _section(entry, page_types, parent_key):
    key = f"{parent_key}/{entry['slug']}".lstrip("/")
    return Section(
        key=key,
        slug=entry["slug"],
        title_vi=entry["vi"],
        title_en=entry["en"],
        page_model=page_types[entry["page"]],
        is_in_menu=entry.get("menu", True),
        covers=tuple(entry.get("covers", ())),
        children=tuple(_section(child, page_types, key) for child in entry.get("children", ())),
    )
