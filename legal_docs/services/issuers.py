"""Bodies that issue documents: made from data and from the agencies of the province, found by any spelling."""

import re

from django.db import transaction

from legal_docs.central_bodies import central_bodies
from legal_docs.enums import Level
from legal_docs.models import Issuer
from legal_docs.models.issuers import plain_name
from legal_docs.numbers import DocumentNumber
from sites.enums import AgencyKind
from sites.models import Agency

# What an agency of each kind issues as: kind of issuer, level, beginning of the name, symbol.
_BODIES = {
    AgencyKind.PROVINCE: (
        ("hdnd_tinh", Level.PROVINCE, "Hội đồng nhân dân", "HĐND"),
        ("ubnd_tinh", Level.PROVINCE, "Ủy ban nhân dân", "UBND"),
        ("chu_tich_ubnd_tinh", Level.PROVINCE, "Chủ tịch Ủy ban nhân dân", "UBND"),
    ),
    AgencyKind.DISTRICT: (
        ("hdnd_huyen", Level.DISTRICT, "Hội đồng nhân dân", "HĐND"),
        ("ubnd_huyen", Level.DISTRICT, "Ủy ban nhân dân", "UBND"),
    ),
}
_BETWEEN_NAMES = re.compile(r"\s*(?:,|;|\bvà\b)\s*")


@transaction.atomic
def ensure_central_issuers() -> int:
    """Make the bodies of the central level that are missing; return how many. What is there stays as it was edited."""
    there = set(Issuer.objects.values_list("code", flat=True))
    missing = [body for body in central_bodies() if body["code"] not in there]
    for body in missing:
        names = body.get("other_names", [])
        Issuer.objects.create(
            code=body["code"], kind=body["kind"], level=Level.CENTRAL, name_vi=body["name_vi"],
            name_en=body["name_en"], symbol=body["symbol"], other_names=names,
        )  # fmt: skip
    return len(missing)


@transaction.atomic
def ensure_issuers_of(agency: Agency) -> list[Issuer]:
    """Make the bodies as which an agency issues documents: a department itself, a district its Council, Committee."""
    place = agency.name_vi
    bodies = [
        (kind, level, f"{beginning} {place[:1].lower()}{place[1:]}", symbol)
        for kind, level, beginning, symbol in _BODIES.get(agency.kind, ())
    ]
    if not bodies:
        bodies = [("so", Level.DEPARTMENT, agency.body_vi or agency.name_vi, agency.symbol)]
    return [
        Issuer.objects.get_or_create(
            code=f"{agency.code}-{kind}".replace("_", "-"),
            defaults={"kind": kind, "level": level, "name_vi": name, "symbol": symbol, "agency": agency},
        )[0]
        for kind, level, name, symbol in bodies
    ]


class IssuerFinder:
    """Finds issuers by names in any spelling and by the symbols in numbers, without asking the database each time."""

    def __init__(self):
        self._by_name, self._by_symbol = {}, {}
        for issuer in Issuer.objects.order_by("pk"):
            for name in issuer.folded_names:
                self._by_name.setdefault(name, issuer)
            if issuer.level == Level.CENTRAL and issuer.symbol:
                self._by_symbol.setdefault(issuer.symbol.upper(), issuer)
        by_code = {issuer.code: issuer for issuer in self._by_name.values()}
        for body in central_bodies():
            for symbol in body.get("other_symbols", ()):
                self._by_symbol.setdefault(symbol.upper(), by_code.get(body["code"]))

    def named(self, names: str) -> list[Issuer]:
        """Return the issuers that a list names, as "Bộ Tài chính và Bộ Tư pháp"; none if one of them is unknown."""
        words = _BETWEEN_NAMES.split(names.strip())
        found, start = [], 0
        while start < len(words):
            # The longest name first: "Bộ Giáo dục và Đào tạo" is one body.
            for end in range(len(words), start, -1):
                issuer = self._by_name.get(plain_name(" ".join(words[start:end])))
                if issuer is not None:
                    break
            else:
                return []
            found.append(issuer)
            start = end
        return found

    def of_number(self, number: DocumentNumber) -> list[Issuer]:
        """Return the central issuers that the symbol of a number names, as "BTC" in TT-BTC; none if it tells none."""
        parts = [re.sub(r"\d+$", "", part).upper() for part in number.parts]
        return [self._by_symbol[part] for part in parts if self._by_symbol.get(part)]
