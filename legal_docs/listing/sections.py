"""Which sections of a portal's tree are lists of documents, and to what each is limited: data/sections.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from legal_docs.document_types import document_types
from legal_docs.enums import Facet
from legal_docs.models import Issuer

_FILE = Path(__file__).parent.parent / "data" / "sections.yaml"
# Asked for where a section is limited to issuers of which there are none: a list without rows.
_NOBODY = "0"


@dataclass(frozen=True)
class Section:
    """A list as its readers know it: its heading, its address on the portal, and what limits it."""

    title: str
    introduction: str
    address: str
    base: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of_page(cls, page, agency, key: str) -> "Section":
        """Return the list of a section of an agency's page tree."""
        return cls(page.title, page.introduction, page.path_in_portal, base_of(agency, key))


def shows_documents(key: str) -> bool:
    """Say whether a section of the tree is a list of documents, on the portals of any kind of agency."""
    return any(key in sections for sections in _sections().values())


def base_of(agency, key: str) -> dict[Facet, tuple[str, ...]]:
    """Return the values to which the list of a section is limited; one query at most."""
    limits = _sections().get(agency.kind, {}).get(key, {})
    base = {}
    if "normative" in limits:
        kinds = document_types().values()
        base[Facet.TYPE] = tuple(kind.id for kind in kinds if kind.is_normative == limits["normative"])
    if limits.keys() & {"issuers", "own", "levels"}:
        base[Facet.ISSUER] = _issuers(agency, limits) or (_NOBODY,)
    return base


def _issuers(agency, limits):
    issuers = Issuer.objects.order_by("pk")
    if "issuers" in limits:
        issuers = issuers.filter(kind__in=limits["issuers"])
    if "levels" in limits:
        issuers = issuers.filter(level__in=limits["levels"])
    if limits.get("own"):
        issuers = issuers.filter(agency=agency)
    return tuple(str(key) for key in issuers.values_list("pk", flat=True))


@cache
def _sections():
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))["kinds"]
