"""Articles of news as they are found."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.utils import timezone

from core.visibility import restricted_paths
from home.models import NewsPage, NewsPlacement
from search.engine import Thing
from search.enums import Facet, Kind

from .files import OF_ARTICLE, files_of_articles, passages_of_files, texts_of
from .pages import lines_of
from .passages import passages_of

KIND = Kind.NEWS
BATCH = 200


def ids() -> Iterator[int]:
    """Yield the keys of all articles that a portal shows."""
    shown = NewsPlacement.objects.shown().order_by("article").values_list("article", flat=True).distinct()
    yield from shown.iterator()


def read(keys: Collection[int]) -> dict[int, Thing]:
    """Return the articles among these that a portal shows now, in six queries."""
    placements = defaultdict(list)
    shown = NewsPlacement.objects.shown(restricted_paths()).filter(article__in=keys).for_lines()
    for placement in shown.order_by("-is_original", "agency"):
        placements[placement.article_id].append(placement)
    articles = NewsPage.objects.filter(pk__in=list(placements), live=True)
    files = files_of_articles(list(placements))
    texts = texts_of(files)
    return {article.pk: _thing(article, placements[article.pk], files[article.pk], texts) for article in articles}


def _thing(article, placements, files, texts):
    day = timezone.localdate(placements[0].published_at)
    return Thing(
        key=f"{KIND}:{article.pk}",
        title=article.title,
        owner=placements[0].agency_id,
        places={placement.agency_id: placement.path_in_portal for placement in placements},
        summary=article.summary,
        day=day,
        facets={Facet.YEAR: (str(day.year),)},
        passages=(
            *passages_of([*lines_of(article.body), *(file.title for file in files)]),
            *passages_of_files(files, texts, OF_ARTICLE),
        ),
    )
