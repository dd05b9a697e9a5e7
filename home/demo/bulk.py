"""Puts many articles into the page tree at once, as whole as if each had been saved by itself.

A saved article costs some forty queries; 10,000 of them take an hour. Here a few hundred rows go into each table with
one statement, and what Wagtail's signals would have done (lists of news, search index, reference index) is done for
all of them together. Benchmarks fill a portal by calling `add_articles` for one of its sections.
"""

import json
import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.db.models.sql import InsertQuery
from wagtail.models import Page, PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backends

from core.addresses import portal_code
from core.models import File, Picture
from core.text import fold, normalise, slugify
from core.tree_lock import tree_lock
from home.models import NewsAttachment, NewsPage, NewsPlacement
from home.querysets import TOP_SECTION_DEPTH
from sites.enums import AgencyKind
from sites.models import Agency, PortalSection

from .bodies import FILE, PICTURE, items
from .texts import Article, write_article
from .vocabulary import speaker_of

CHUNK = 500
LOG_ACTION = "home.seed"
REFERENCE_DAY = date(2017, 10, 5)
SPREAD = timedelta(days=3 * 365)


@dataclass
class Supplies:
    """What an agency's articles can show: pictures by what they draw, and files to attach."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    files: Sequence[File] = ()


@dataclass
class Draft:
    """An article on its way into a section; its key keeps it from coming in twice."""

    article: Article
    section_id: int
    import_key: str
    is_lead: bool = False


def add_articles(
    section: Page,
    count: int,
    *,
    seed: int = 1,
    day: date = REFERENCE_DAY,
    supplies: Supplies | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Add articles to a section of a portal until it has `count` from this function; return how many were added.

    They are spread over the three years before `day`, and are the same for the same portal, section and seed. 100,000
    articles took 14 minutes on two busy cores (benchmarks/publishing.py). `progress` is told how many are done.
    """
    agency = Agency.objects.get(code=portal_code(section.url_path))
    speaker = speaker_of(agency, district_names())
    known = PortalSection.objects.filter(page_id=section.pk).values_list("key", flat=True).first()
    prefix = f"bulk:{section.pk}:"
    first = NewsPage.objects.filter(origin=agency, import_key__startswith=prefix).count()
    used: set[str] = set()
    for start in range(first, count, CHUNK):
        drafts = []
        for number in range(start, min(start + CHUNK, count)):
            rng = random.Random(f"{seed}/{agency.code}/{known}/{number}")
            article = write_article(speaker, known or "other", day_of(number, day), rng, used)
            used.add(article.title)
            drafts.append(Draft(article, section.pk, f"{prefix}{number}"))
        insert_articles(agency, drafts, supplies or Supplies())
        if progress:
            progress(start + len(drafts))
    return max(0, count - first)


def day_of(number: int, day: date) -> date:
    """Return the working day of the number-th article: any first n of them are spread over the years, denser lately."""
    # The golden section leaves no gaps and needs no knowledge of how many will follow.
    position = (number * 0.6180339887498949) % 1
    found = day - timedelta(days=int(SPREAD.days * position**1.6))
    return found - timedelta(days=max(0, found.weekday() - 4))


def district_names() -> list[str]:
    return list(Agency.objects.filter(kind=AgencyKind.DISTRICT).order_by("position").values_list("name_vi", flat=True))


def insert_articles(agency: Agency, drafts: Iterable[Draft], supplies: Supplies) -> list[NewsPage]:
    """Insert live articles of one agency into its sections and into everything that follows articles."""
    drafts = sorted(drafts, key=lambda draft: draft.article.published_at)
    inserted = []
    for start in range(0, len(drafts), CHUNK):
        inserted += _insert_chunk(agency, drafts[start : start + CHUNK], supplies)
    return inserted


def _insert_chunk(agency, drafts, supplies):
    # The whole chunk or nothing of it, with its references: a picture is public only by them.
    with tree_lock():
        articles = _insert_pages(agency, drafts, supplies)
        _insert_placements(agency, articles, drafts)
        _insert_attachments(articles, drafts, supplies)
        _say_who_published(articles)
        for article in articles:
            ReferenceIndex.create_or_update_for_object(article)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(NewsPage, articles)
    return articles


def _say_who_published(articles):
    """Write into each article's history that the system published it, and nobody approved it."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type_id=article.content_type_id,
            label=article.title[:255],
            action=LOG_ACTION,
            timestamp=article.first_published_at,
            page_id=article.pk,
        )
        for article in articles
    )


def _insert_pages(agency, drafts, supplies):
    by_section = defaultdict(list)
    for draft in drafts:
        by_section[draft.section_id].append(draft)
    content_type = ContentType.objects.get_for_model(NewsPage)
    articles = {}
    for section in Page.objects.filter(pk__in=by_section):
        places = _free_places(section)
        taken = _taken_slugs(section)
        for draft in by_section[section.pk]:
            article = _news_page(agency, draft, supplies)
            article.content_type = content_type
            article.path, article.depth, article.locale_id = next(places), section.depth + 1, section.locale_id
            article.slug = _free_slug(draft.article.title, taken)
            article.url_path = f"{section.url_path}{article.slug}/"
            articles[draft.import_key] = article
        Page.objects.filter(pk=section.pk).update(numchild=F("numchild") + len(by_section[section.pk]))
    ordered = [articles[draft.import_key] for draft in drafts]
    _insert_rows(ordered)
    return ordered


def _free_places(section):
    """Yield the tree paths after the last child of a section."""
    children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
    last = children.order_by("path").values_list("path", flat=True).last()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(section.path, section.depth + 1, step)


def _taken_slugs(section):
    children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
    shared = NewsPlacement.objects.filter(section_id=section.pk, is_original=False)
    return {*children.values_list("slug", flat=True), *shared.values_list("slug", flat=True)}


def _free_slug(title, taken):
    words = slugify(title)
    slug, number = words, 1
    while slug in taken:
        number += 1
        slug = f"{words}-{number}"
    taken.add(slug)
    return slug


def _news_page(agency, draft, supplies):
    article = draft.article
    title, summary = normalise(article.title), normalise(article.summary)
    picture = supplies.pictures.get(article.scene)
    return NewsPage(
        title=title,
        draft_title=title,
        live=True,
        has_unpublished_changes=False,
        first_published_at=article.published_at,
        last_published_at=article.published_at,
        # Made from the key, so that the same seed gives the same feed identities.
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, f"congkhai:{agency.code}:{draft.import_key}"),
        numchild=0,
        summary=summary,
        search_text=fold(f"{title} {summary}"),
        lead_picture=picture,
        lead_caption="Tranh minh họa" if picture else "",
        body=json.dumps(_fill(article.body, supplies, draft), ensure_ascii=False),
        author_initials=article.initials,
        published_at=article.published_at,
        is_lead=draft.is_lead,
        origin=agency,
        import_key=draft.import_key,
    )


def _fill(body, supplies, draft):
    """Put pictures and files where the text wants some; a block that finds none is left out."""
    rng = random.Random(draft.import_key)
    blocks = []
    for block in body:
        kind, value = block["type"], block["value"]
        if kind == "picture" and value["picture"] == PICTURE:
            others = [picture for scene, picture in supplies.pictures.items() if scene != draft.article.scene]
            if not others:
                continue
            value = {**value, "picture": rng.choice(others).pk}
        if kind == "files" and FILE in value["files"]:
            if not supplies.files:
                continue
            value = {**value, "files": items([rng.choice(supplies.files).pk])}
        blocks.append({"type": kind, "value": value, "id": str(uuid.UUID(int=rng.getrandbits(128), version=4))})
    return blocks


def _insert_rows(articles):
    """Insert both halves of a page: Django's bulk_create refuses models with a parent."""
    parents = [
        Page(
            **{
                column.attname: getattr(article, column.attname)
                for column in Page._meta.concrete_fields
                if column.attname != "id"
            }
        )
        for article in articles
    ]
    Page.objects.bulk_create(parents, batch_size=CHUNK)
    for article, parent in zip(articles, parents, strict=True):
        article.pk = article.id = article.page_ptr_id = parent.pk
        article._state.adding = False
    columns = NewsPage._meta.local_concrete_fields
    size = connection.ops.bulk_batch_size(columns, articles)
    for start in range(0, len(articles), size):
        query = InsertQuery(NewsPage)
        query.insert_values(columns, articles[start : start + size])
        query.get_compiler(connection=connection).execute_sql()


def _insert_placements(agency, articles, drafts):
    top_sections = _top_sections(articles)
    NewsPlacement.objects.bulk_create(
        NewsPlacement(
            article=article,
            agency=agency,
            section_id=draft.section_id,
            top_section_id=top_sections[_top_path(article)],
            slug=article.slug,
            published_at=article.published_at,
            is_live=True,
            is_original=True,
            is_lead=article.is_lead,
        )
        for article, draft in zip(articles, drafts, strict=True)
    )


def _top_sections(articles):
    paths = {_top_path(article) for article in articles}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))


def _top_path(article):
    return article.path[: TOP_SECTION_DEPTH * Page.steplen]


def _insert_attachments(articles, drafts, supplies):
    if not supplies.files:
        return
    NewsAttachment.objects.bulk_create(
        NewsAttachment(article=article, file=supplies.files[article.pk % len(supplies.files)], sort_order=0)
        for article, draft in zip(articles, drafts, strict=True)
        if draft.article.is_in_need_of_file
    )
