"""A legal document for search engines: schema.org Legislation (https://schema.org/Legislation) as JSON-LD."""

from legal_docs.structure.tree import Element, Kind

from .facts import DocumentFacts

_GROUPED = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)


def json_ld(facts: DocumentFacts, tree: Element | None = None) -> dict:
    """Return the JSON-LD object of a document; with its tree, the articles are named as its parts."""
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": facts.url,
        "url": facts.url,
        "name": facts.full_name,
        "headline": facts.title,
        "legislationIdentifier": facts.number,
        "legislationType": facts.type_name,
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": facts.issuer},
        "legislationJurisdiction": {"@type": "Country", "name": "Việt Nam", "identifier": "VN"},
        "legislationDate": str(facts.issued_on),
        "inLanguage": "vi",
        "isAccessibleForFree": True,
    }
    data |= _dates(facts)
    if facts.force:
        data["legislationLegalForce"] = f"https://schema.org/{facts.force}"
    if facts.signer:
        data["legislationResponsible"] = {"@type": "Person", "name": facts.signer}
    data |= _relations(facts)
    if facts.files:
        data["encoding"] = [_file(file) for file in facts.files]
    if tree is not None and (parts := list(_parts(tree, facts.url))):
        data["hasPart"] = parts
    return data


def _dates(facts):
    dates = {
        "datePublished": facts.published_on,
        "legislationDateOfApplicability": facts.effective_on,
        "legislationDateVersion": facts.text_as_of,
        "expires": facts.expired_on,
    }
    return {name: str(day) for name, day in dates.items() if day}


def _relations(facts):
    found = {}
    for relation in facts.relations:
        other = {"@type": "Legislation", "legislationIdentifier": relation.number}
        if relation.title:
            other["name"] = relation.title
        if relation.url:
            other |= {"@id": relation.url, "url": relation.url}
        found.setdefault(str(relation.kind), []).append(other)
    return found


def _file(file):
    data = {"@type": "LegislationObject", "contentUrl": file.url, "encodingFormat": file.media_type}
    return data | ({"sha256": file.sha256} if file.sha256 else {})


def _parts(tree, url):
    for element in tree.children:
        if element.kind is Kind.ARTICLE:
            label = element.label.rstrip(".: ")
            name = f"{label}. {element.heading}".rstrip(". ")
            address = f"{url}#{element.eid}"
            yield {"@type": "Legislation", "url": address, "name": name, "legislationIdentifier": label}
        elif element.kind in _GROUPED:
            yield from _parts(element, url)
