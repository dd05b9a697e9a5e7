"""Writes one prepared article: its page, its revision, its pictures."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from core.models import Picture
from core.text import shorten, slugify
from home.models import NewsPage, NewsPlacement
from sites.models import Agency

from .old_addresses import WORDS_BELOW_A_PAGE, keep_old_address
from .preparing import MAX_CAPTION, Prepared
from .records import Row

_MAX_TITLE = 255
_MAX_ALT = 250


class ArticleWriter:
    """Writes articles of one agency; the caller holds the transaction and calls forget_files() when it fails."""

    def __init__(self, agency: Agency, *, publish: bool, with_files: bool):
        self.agency = agency
        self.publish = publish
        self.with_files = with_files
        self.files: list[Picture] = []

    def create(self, row: Row, key: str, section: Page, prepared: Prepared) -> NewsPage:
        """Add the article below a section, as a draft or published at the moment it was published first."""
        page = NewsPage(slug=_free_slug(row, section), live=False, has_unpublished_changes=True, import_key=key)
        page.origin = self.agency
        page.first_published_at = row.time if self.publish else None
        self._fill(page, row, prepared)
        section.add_child(instance=page)
        self._keep_revision(page, publish=self.publish)
        return page

    def update(self, page_id: int, row: Row, prepared: Prepared, move_to: Page | None = None) -> NewsPage:
        """Write the row over an article as a new revision; whether the public sees it stays as it was."""
        page = NewsPage.objects.get(pk=page_id)
        self._fill(page, row, prepared)
        if move_to and page.path[: -Page.steplen] != move_to.path:
            self._move(page, row, move_to)
            page.refresh_from_db(fields=["path", "depth", "url_path", "slug"])
        self._keep_revision(page, publish=page.live)
        return page

    def keep_old_address(self, page: NewsPage, row: Row) -> str:
        """Lead the old address to the page; return a note when that cannot be."""
        return keep_old_address(page, self.agency, row.url)

    def forget_files(self) -> None:
        """Remove the files whose rows were rolled back."""
        for picture in self.files:
            picture.file.delete(save=False)
        self.files.clear()

    def _fill(self, page, row, prepared):
        page.title = page.draft_title = row.title
        page.summary = prepared.summary
        page.author_initials = row.author
        page.source_name, page.source_url = row.source_name, row.source_url
        page.published_at = row.time
        page.lead_picture, page.lead_caption = self._lead(row, prepared)
        page.body = self._blocks(row, prepared)

    def _lead(self, row, prepared):
        if prepared.lead is None:
            return None, ""
        picture = self._picture(prepared.lead, row, prepared)
        return picture, shorten(prepared.lead.caption, MAX_CAPTION) if picture else ""

    def _blocks(self, row, prepared):
        blocks = []
        for kind, value in prepared.pieces:
            if kind == "picture":
                picture = self._picture(value, row, prepared)
                if picture is None:
                    continue
                value = {"picture": picture.pk, "caption": shorten(value.caption, MAX_CAPTION)}
            blocks.append({"type": kind, "value": value})
        # Through JSON values, as an editor's form would give them.
        field = NewsPage._meta.get_field("body")
        return field.stream_block.to_python(blocks)

    def _picture(self, source, row, prepared):
        found = prepared.found.get(source.src)
        if found is None or not self.with_files:
            return None
        digest = hashlib.sha1(found.content, usedforsecurity=False).hexdigest()
        known = Picture.objects.filter(collection=self.agency.collection, file_hash=digest).first()
        if known:
            return known
        words = source.alt or source.caption or row.title
        picture = Picture(
            title=shorten(source.caption or words, _MAX_TITLE),
            alt_text=shorten(words, _MAX_ALT),
            collection=self.agency.collection,
            file=ContentFile(found.content, name=found.name),
            file_size=len(found.content),
            file_hash=digest,
        )
        self.files.append(picture)
        picture.save()
        return picture

    def _move(self, page, row, section):
        if not _is_free(page.slug, section, page.pk):
            page.slug = _free_slug(row, section)
            page.save()
        page.move(section, pos="last-child")

    def _keep_revision(self, page, publish):
        # Wagtail's log says nothing of it: the entry of the import names the revision.
        revision = page.save_revision(clean=False)
        if publish:
            revision.publish()
            # Wagtail publishes an instance of its own.
            page.live = True


def _free_slug(row, section):
    """The title as address words; with the day, then with a number, where that is taken."""
    words = slugify(row.title) or "tin"
    day = timezone.localtime(row.time, timezone.get_default_timezone()).strftime("%Y-%m-%d")
    dated = f"{words}-{day}"
    for slug in (words, dated):
        if _is_free(slug, section):
            return slug
    number = 2
    while not _is_free(f"{dated}-{number}", section):
        number += 1
    return f"{dated}-{number}"


def _is_free(slug, section, page_id=None):
    if slug in WORDS_BELOW_A_PAGE:
        return False
    siblings = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1, slug=slug).exclude(
        pk=page_id
    )
    placements = NewsPlacement.objects.filter(section=section, slug=slug).exclude(article_id=page_id)
    return not siblings.exists() and not placements.exists()
