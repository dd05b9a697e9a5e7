"""The metadata of Akoma Ntoso: work, expression and manifestation by FRBR, the dates of its life, the references."""

import re
from datetime import date
from xml.etree import ElementTree as ET

from core.text import slugify

from .facts import DocumentFacts

# XML 1.0 has no place for these characters, and scanned text has them now and then.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PORTAL = "#portal"
_ISSUER = "#issuer"


def clean(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return _NOT_IN_XML.sub("", text)


def meta(facts: DocumentFacts, component: str) -> ET.Element:
    """Return the meta element of the document ("!main") or of one of its attachments ("!att_1")."""
    element = ET.Element("meta")
    identification = ET.SubElement(element, "identification", {"source": _PORTAL})
    expression = f"{facts.iri}/vie@{facts.version_on}"
    _work(facts, component, ET.SubElement(identification, "FRBRWork"))
    _level(identification, "FRBRExpression", expression, f"{expression}/{component}", facts.version_on, _PORTAL)
    ET.SubElement(identification[-1], "FRBRlanguage", {"language": "vie"})
    manifestation = f"{expression}.akn"
    _level(
        identification, "FRBRManifestation", manifestation, f"{expression}/{component}.akn", facts.version_on, _PORTAL
    )
    ET.SubElement(identification[-1], "FRBRformat", {"value": "application/akn+xml"})
    if component == "!main":
        _publication(facts, element)
        _lifecycle(facts, element)
        # Ids are unique in the whole file: attachments refer to what the document itself lists.
        _references(facts, element)
    return element


def _work(facts, component, work):
    _identify(work, facts.iri, f"{facts.iri}/{component}", facts.issued_on, _ISSUER, "issued")
    alias = ET.Element("FRBRalias", {"value": clean(facts.url), "name": "url"})
    work.insert(2, alias)
    _value(work, "FRBRcountry", "vn")
    _value(work, "FRBRsubtype", slugify(facts.type_name) or "van-ban")
    _value(work, "FRBRnumber", facts.number)
    _value(work, "FRBRname", facts.title)
    _value(work, "FRBRprescriptive", "true" if facts.is_normative else "false")
    _value(work, "FRBRauthoritative", "false")


def _level(parent, name, uri, this, day, author):
    level = ET.SubElement(parent, name)
    _identify(level, uri, this, day, author, "version")


def _identify(level, uri, this, day: date, author, kind_of_date):
    _value(level, "FRBRthis", this)
    _value(level, "FRBRuri", uri)
    ET.SubElement(level, "FRBRdate", {"date": str(day), "name": kind_of_date})
    ET.SubElement(level, "FRBRauthor", {"href": author})


def _value(parent, name, value):
    if value:
        ET.SubElement(parent, name, {"value": clean(value)})


def _publication(facts, parent):
    if facts.published_on:
        attributes = {"date": str(facts.published_on), "name": "portal", "showAs": "Cổng thông tin điện tử"}
        ET.SubElement(parent, "publication", attributes)


def _lifecycle(facts, parent):
    events = (
        ("generation", facts.issued_on, "issued"),
        ("generation", facts.effective_on, "effective"),
        ("amendment", facts.text_as_of, "text-as-of"),
        ("repeal", facts.expired_on, "expired"),
    )
    lifecycle = ET.SubElement(parent, "lifecycle", {"source": _PORTAL})
    for kind, day, name in events:
        if day:
            attributes = {"eId": f"event_{name}", "date": str(day), "type": kind, "source": "#self"}
            ET.SubElement(lifecycle, "eventRef", attributes)


def _references(facts, parent):
    references = ET.SubElement(parent, "references", {"source": _PORTAL})
    ET.SubElement(references, "original", {"eId": "self", "href": facts.iri, "showAs": clean(facts.number)})
    for eid, name in (("portal", "Công Khai"), ("issuer", facts.issuer)):
        attributes = {
            "eId": eid,
            "href": f"/akn/ontology/organization/vn/{slugify(name) or eid}",
            "showAs": clean(name),
        }
        ET.SubElement(references, "TLCOrganization", attributes)
    for relation in facts.relations:
        if relation.url:
            attributes = {"href": clean(relation.url), "showAs": clean(f"{relation.kind}: {relation.number}")}
            ET.SubElement(references, "activeRef", attributes)
