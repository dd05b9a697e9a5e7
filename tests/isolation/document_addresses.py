"""The public addresses at which something could be told of a legal document."""

from django.urls import reverse

from legal_docs.enums import RelationKind

_BELOW = ("legal_document", "legal_document_print", "legal_document_versions", "legal_document_akn",
          "legal_document_json_ld", "legal_document_text")  # fmt: skip
_LISTS = ("legal_documents", "legal_documents_rss", "legal_documents_atom", "legal_documents_csv",
          "legal_documents_xlsx")  # fmt: skip
_API = ("read_document", "read_validity", "list_elements", "list_relations", "list_citations")
FILTERS = ("", "?loai=nghi_dinh", "?nam=2020", "?loai=nghi_dinh&nam=2020", "?trang=1")


def addresses(slugs, words=(), texts=(), files=()) -> dict[str, list[str]]:
    """Return, for each public pattern of documents, its addresses: `texts` are keys of texts, `files` (pk, name)."""
    api = "legal_docs_api:"
    found = {name: [reverse(name, args=[slug]) for slug in slugs] for name in _BELOW}
    found["legal_document_versions"] += [
        f"{reverse('legal_document_versions', args=[s])}?ban={t}" for s in slugs for t in texts
    ]
    found["legal_document"] += [
        f"{reverse('legal_document', args=[slug])}?tim={word}" for slug in slugs for word in words
    ]
    found |= {name: [reverse(name) + query for query in FILTERS] for name in _LISTS}
    found["legal_documents"] += [f"{reverse('legal_documents')}?q={word}" for word in words]
    citing = [reverse("legal_document_citing", args=[slug]) for slug in slugs]
    found["legal_document_citing"] = [*citing, *(f"{address}?dieu=art_1" for address in citing)]
    found["legal_document_relations"] = [
        f"{reverse('legal_document_relations', args=[slug])}?loai={kind}&chieu={direction}"
        for slug in slugs
        for kind in RelationKind.values
        for direction in ("di", "den")
    ]
    found["legal_document_comparison"] = [
        reverse("legal_document_comparison", args=[one, other]) for one in slugs for other in slugs
    ]
    found["legal_document_file"] = [
        reverse("legal_document_file", args=[s, pk, name]) for s in slugs for pk, name in files
    ]
    found["legal_document_file_in_review"] = [
        reverse("legal_document_file_in_review", args=["khong-co", sha256]) for sha256 in ("ab" * 32, "cd" * 32)
    ]
    found |= {name: [reverse(api + name, args=[slug]) for slug in slugs] for name in _API}
    found["read_element"] = [reverse(f"{api}read_element", args=[slug, "art_1"]) for slug in slugs]
    found |= {name: [reverse(api + name)] for name in ("list_documents", "list_types", "list_issuers", "list_fields")}
    return found | {"openapi-json": [reverse(f"{api}openapi-json")], "api-root": [reverse(f"{api}api-root")]}
