"""What is done with the draft of a document besides filling in its form: reading and taking a full text."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log

from legal_docs import reading
from legal_docs.enums import TextSource
from legal_docs.models import Attachment, LegalDocument, Text
from legal_docs.reading import Limits

from . import texts
from .proposing import Proposal

# Whoever asks waits for it before a screen; the web server gives up after 120 seconds.
_PATIENCE = Limits(seconds=100, processor_seconds=90)


def read_file(draft: LegalDocument, attachment: Attachment) -> Text:
    """Read the full text from a file of a draft; it waits to be taken. Raise UnreadableFile where there is none."""
    stored = attachment.stored_file
    found = reading.read(stored.file.path, name=attachment.name, limits=_PATIENCE)
    return _keep(draft, found, stored)


def read_pasted(draft: LegalDocument, text: str) -> Text:
    """Read the full text from what somebody pasted; it waits to be taken."""
    return _keep(draft, reading.read_pasted(text), None)


def _keep(draft, found, stored):
    given = texts.read_for(draft, found.blocks)
    source = TextSource(found.source)
    before = draft.text
    text = texts.give_text(draft, given, source=source, stored_file=stored, remarks=found.remarks)
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
