"""Files that public pages hand out, with what stands in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, override

from core.visibility import is_in_restricted, restricted_collections, restricted_paths
from home.models import NewsAttachment, NewsPlacement
from legal_docs.enums import AttachmentKind
from legal_docs.models import Attachment, LegalDocument
from search.engine import Passage
from search.enums import FileState
from search.models import FileText

from .passages import passages_of

# The frames of files on the pages of a document and of an article.
OF_DOCUMENT, OF_ARTICLE = "tep", "tep-dinh-kem"
# What these are is told by the full text, where there is one.
_SAME_WORDS = (AttachmentKind.ORIGINAL, AttachmentKind.TEXT)
# Of all files of one thing together: an engine takes some thousand passages of it.
MOST_LETTERS = 1_000_000


@dataclass(frozen=True)
class NamedFile:
    """A file by its SHA-256, and its name on a page."""

    sha256: str
    title: str


def files_of_documents(keys: Collection[int]) -> dict[int, list[NamedFile]]:
    """Return the files of public documents that say what their full texts do not, in one query."""
    by_document = defaultdict(list)
    shown = Attachment.objects.filter(document__in=keys, document__live=True)
    shown = shown.select_related("stored_file", "document__text").defer(
        "document__folded_words", "document__text__tree"
    )
    for attachment in shown.defer("document__text__html").order_by("document", "sort_order", "pk"):
        by_document[attachment.document_id].append(attachment)
    files = defaultdict(list)
    for document, attachments in by_document.items():
        same = _same_as_text(attachments)
        files[document] = [NamedFile(one.stored_file.sha256, str(one)) for one in attachments if one not in same]
    return files


def _same_as_text(attachments: list[Attachment]) -> list[Attachment]:
    """Return those that say what the full text says: what it was read from, the signed original, the Word file.

    A second one of a kind is something else, such as an annex that nobody has called so.
    """
    text = attachments[0].document.text
    if text is None:
        return []
    same = [one for one in attachments if one.stored_file_id == text.stored_file_id]
    for kind in _SAME_WORDS:
        of_kind = [one for one in attachments if one.kind == kind]
        if of_kind and not any(one in same for one in of_kind):
            same.append(of_kind[0])
    return same


def files_of_articles(keys: Collection[int]) -> dict[int, list[NamedFile]]:
    """Return the files of public articles that everybody may have, in two queries."""
    closed = restricted_collections()
    files = defaultdict(list)
    attachments = NewsAttachment.objects.filter(article__in=keys).select_related("file__collection")
    for attachment in attachments.order_by("article", "sort_order", "pk"):
        if not is_in_restricted(attachment.file.collection, closed):
            files[attachment.article_id].append(NamedFile(attachment.file.sha256, str(attachment)))
    return files


def texts_of(files: Mapping[int, list[NamedFile]]) -> dict[str, str]:
    """Return the texts of those files that have been read, by their SHA-256, in one query."""
    digests = {file.sha256 for own in files.values() for file in own}
    read = FileText.objects.filter(sha256__in=digests, state=FileState.READ) if digests else FileText.objects.none()
    return dict(read.values_list("sha256", "text"))


def passages_of_files(files: Iterable[NamedFile], texts: Mapping[str, str], anchor: str) -> list[Passage]:
    """Return what stands in the files of one thing, each under its name, and once where it hangs there twice."""
    titles: dict[str, str] = {}
    for file in files:
        titles.setdefault(file.sha256, file.title)
    found: list[Passage] = []
    left = MOST_LETTERS
    for sha256, title in titles.items():
        text = texts.get(sha256, "")[:left]
        left -= len(text)
        found += passages_of(text.split("\n"), anchor=anchor, heading=_heading(title))
    return found


def _heading(title):
    # The index speaks one language, whoever's act brings it up to date.
    with override(settings.LANGUAGE_CODE):
        return gettext("File: %(title)s") % {"title": title}


def documents_with(sha256: str) -> list[int]:
    """Return the public documents that have a file."""
    shown = LegalDocument.objects.filter(live=True, attachments__stored_file__sha256=sha256)
    return list(shown.order_by("pk").values_list("pk", flat=True).distinct())


def articles_with(sha256: str) -> list[int]:
    """Return the public articles that have a file."""
    return public_articles(NewsAttachment.objects.filter(file__sha256=sha256).values_list("article", flat=True))


def public_articles(keys: Iterable[int]) -> list[int]:
    """Return those of these articles that a portal shows to everybody."""
    shown = NewsPlacement.objects.shown(restricted_paths()).filter(article__in=list(keys), article__live=True)
    return list(shown.order_by("article").values_list("article", flat=True).distinct())
