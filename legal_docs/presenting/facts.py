"""What a document's page tells programs: Dublin Core metadata, and schema.org Legislation as JSON-LD."""

import json

from django.utils.safestring import SafeString, mark_safe

from core.models import Metadata
from core.text import shorten
from legal_docs.exporting.json_ld import json_ld
from legal_docs.models import LegalDocument
from legal_docs.services.facts import address_of, facts_from

from .pages import ReadersPage

# What would end the script in which it stands.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def metadata_of(document: LegalDocument) -> Metadata:
    """Return the six elements that every public page states; creator is the issuing body."""
    return Metadata(
        title=f"{document}: {shorten(document.abstract, 160)}",
        creator=document.issuer.name_vi,
        date=document.last_published_at,
        description=document.abstract,
        publisher=document.owner.body_name,
        identifier=address_of(document),
    )


def json_ld_of(page: ReadersPage) -> SafeString:
    """Return the JSON-LD of a document for its page, safe inside a script element."""
    attachments = [file.attachment for file in page.files]
    facts = facts_from(page.document, status=page.standing.status, relations=page.relations, attachments=attachments)
    text = json.dumps(json_ld(facts), ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))
