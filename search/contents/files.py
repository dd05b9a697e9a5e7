"""Files that public pages hand out, with what stands in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from core.visibility import restricted_collections, restricted_paths
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


@dataclass(frozen=True)
class NamedFile:
    """A file by its SHA-256, and its name on a page."""

    sha256: str
    title: str


def files_of_documents(keys: Collection[int]) -> dict[int, list[NamedFile]]:
    """Return the files of public documents that say what their full texts do not, in one query."""
    files = defaultdict(list)
    shown = Attachment.objects.filter(document__in=keys, document__live=True).select_related("stored_file", "document")
    for attachment in shown.order_by("document", "sort_order", "pk").defer("document__folded_words"):
        if attachment.document.text_id is None or attachment.kind not in _SAME_WORDS:
            files[attachment.document_id].append(NamedFile(attachment.stored_file.sha256, str(attachment)))
    return files


def files_of_articles(keys: Collection[int]) -> dict[int, list[NamedFile]]:
    """Return the files of public articles that everybody may have, in two queries."""
    closed = tuple(restricted_collections())
    files = defaultdict(list)
    attachments = NewsAttachment.objects.filter(article__in=keys).select_related("file__collection")
    for attachment in attachments.order_by("article", "sort_order", "pk"):
        if not (closed and attachment.file.collection.path.startswith(closed)):
            files[attachment.article_id].append(NamedFile(attachment.file.sha256, str(attachment)))
    return files


def texts_of(files: Mapping[int, list[NamedFile]]) -> dict[str, str]:
    """Return the texts of those files that have been read, by their SHA-256, in one query."""
    digests = {file.sha256 for own in files.values() for file in own}
    read = FileText.objects.filter(sha256__in=digests, state=FileState.READ) if digests else FileText.objects.none()
    return dict(read.values_list("sha256", "text"))


def passages_of_files(files: Iterable[NamedFile], texts: Mapping[str, str], anchor: str) -> list[Passage]:
    """Return what stands in files, each under its name."""
    return [
        passage
        for file in files
        if file.sha256 in texts
        for passage in passages_of(texts[file.sha256].split("\n"), anchor=anchor, heading=f"Tệp: {file.title}")
    ]


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
