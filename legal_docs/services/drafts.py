"""What is done with the draft of a document besides filling in its form: reading and taking a full text."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log

from legal_docs import reading
from legal_docs.enums import TextSource
from legal_docs.models import LegalDocument, StoredFile, Text
from legal_docs.reading import Reading

from . import texts
from .proposing import Proposal


def read_pasted(draft: LegalDocument, text: str) -> Text:
    """Read the full text from what somebody pasted; it waits to be taken."""
    found = reading.read_pasted(text)
    return keep(draft, texts.read_for(draft, found.blocks), found)


def read_for_newest(document: LegalDocument, found: Reading) -> texts.ReadText:
    """Return what follows from a reading for the newest draft of a document, without keeping it."""
    return texts.read_for(document.get_latest_revision_as_object(), found.blocks)


def keep(draft: LegalDocument, given: texts.ReadText, found: Reading, stored: StoredFile | None = None) -> Text:
    """Keep what was read as a text that waits to be taken."""
    before = draft.text
    text = texts.give_text(draft, given, source=TextSource(found.source), stored_file=stored, remarks=found.remarks)
    # Whoever reads it decides first whether it is good.
    draft.text = before
    return text


@transaction.atomic
def take(draft: LegalDocument, text: Text, proposals: Iterable[Proposal], *, user) -> None:
    """Let a draft have a text and the relations that were chosen from what it proposes: one new version of it."""
    draft.text = text
    for proposal in proposals:
        draft.relations.add(proposal.as_relation())
    if not draft.live:
        draft.save()
    revision = draft.save_revision(user=user, changed=True, clean=False)
    log(instance=draft, action="legal_docs.take_text", user=user, revision=revision, content_changed=True)


def drop(text: Text) -> bool:
    """Throw a reading away; False where it was public, or some version of the document has it to be gone back to."""
    if text.first_public_at or text.document.revisions.filter(content__text=text.pk).exists():
        return False
    text.delete()
    return True
