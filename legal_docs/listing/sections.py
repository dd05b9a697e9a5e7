"""Which sections of a portal's tree are lists of documents, and to what each is limited: data/sections.yaml."""

from functools import cache
from pathlib import Path

import yaml

from legal_docs.document_types import document_types
from legal_docs.enums import Facet
from legal_docs.models import Issuer

_FILE = Path(__file__).parent.parent / "data" / "sections.yaml"
# Asked for where a section is limited to issuers of which there are none: a list without rows.
_NOBODY = "0"


def shows_documents(kind: str, key: str) -> bool:
    """Say whether a section of the tree of a kind of agency is a list of documents."""
    return key in _sections().get(kind, {})


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
