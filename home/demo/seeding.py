"""Fills open portals: the order in which the parts of the demo come in. Each step finds what it made before."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Page

from core.models import File
from core.text import fold
from home.enums import OfferState
from home.models import NewsOffer, NewsPage
from home.services import accept_offer, offer_article
from sites.enums import AgencyKind
from sites.models import Agency, PortalSection

from .bulk import Draft, Supplies, day_of, district_names, insert_articles
from .files import pdf, table_csv
from .people import approver_name
from .pictures import add_pictures, draw_all, scenes_of
from .profiles import arrange_home, fill_officials, fill_settings
from .sections import fill_sections
from .texts import write_article
from .vocabulary import Speaker, speaker_of, stories

KEY = "demo:"


@dataclass(frozen=True)
class Size:
    """How much a portal gets."""

    articles: int
    provincial_articles: int
    pictures: int


SIZES = {
    "small": Size(articles=24, provincial_articles=36, pictures=5),
    "large": Size(articles=350, provincial_articles=350, pictures=4),
}


def draw_pictures(agencies: list[Agency], *, size: Size, seed: int) -> Iterator[Agency]:
    """Draw what the portals are to show, ahead of the rest, because it takes longest."""
    districts = district_names()
    wanted = [(agency, scenes_of(speaker_of(agency, districts), size.pictures)) for agency in agencies]
    return draw_all(wanted, seed)


def seed_portal(agency: Agency, *, size: Size, seed: int, day: date) -> int:
    """Fill one open portal as of a day; return how many articles were added (0 when all were there)."""
    speaker = speaker_of(agency, district_names())
    fill_settings(agency)
    fill_officials(agency)
    pictures = add_pictures(agency, scenes_of(speaker, size.pictures), seed)
    supplies = Supplies(pictures, _add_files(agency, speaker, seed))
    fill_sections(agency, speaker, supplies)
    arrange_home(agency, speaker, supplies)
    return _add_news(agency, speaker, supplies, size, seed, day)


def _add_news(agency, speaker: Speaker, supplies, size, seed, day):
    wanted = size.provincial_articles if agency.kind == AgencyKind.PROVINCE else size.articles
    known = NewsPage.objects.filter(origin=agency, import_key__startswith=KEY)
    done = set(known.values_list("import_key", flat=True))
    numbers = [number for number in range(wanted) if _key(number) not in done]
    if not numbers:
        return 0
    used = set(known.values_list("title", flat=True))
    pages = dict(PortalSection.objects.filter(agency=agency).values_list("key", "page_id"))
    order = stories()["order"]["department" if agency.kind == AgencyKind.DEPARTMENT else "place"]
    keys = list(islice(cycle(key for key in order if key in pages), wanted))
    drafts = []
    for number in numbers:
        rng = random.Random(f"{seed}/{agency.code}/{number}")
        # Every agency begins at another point, so that not all publish on the same days.
        article = write_article(speaker, keys[number], day_of(number + agency.position * 7, day), rng, used)
        used.add(article.title)
        drafts.append(Draft(article, pages[keys[number]], _key(number), is_lead=number % 40 == 0))
    return len(insert_articles(agency, drafts, supplies))


def _key(number):
    return f"{KEY}{number:05d}"


def _add_files(agency, speaker, seed):
    """A form as PDF and figures as CSV in the agency's collection."""
    topic = speaker.topics[0]
    rng = random.Random(f"{seed}/{agency.code}/files")
    names = [f"Số {result.noun} đã {result.verb}" for result in topic.results]
    plain = fold(agency.body_name).upper()
    form = [
        plain,
        "",
        "PHIEU DE NGHI (mau dung thu)",
        "",
        "Ho va ten: ........................................",
        "Dia chi: ..........................................",
        "Noi dung de nghi: .................................",
    ]
    contents = {
        "Phiếu đề nghị (bản dùng thử)": (f"phieu-de-nghi-{agency.code}.pdf", pdf(form)),
        f"Số liệu lĩnh vực {topic.name}"[:200]: (f"so-lieu-{agency.code}.csv", table_csv("Chỉ tiêu", names, rng)),
    }
    return [_file(agency, title, name, content) for title, (name, content) in contents.items()]


def _file(agency, title, name, content):
    existing = File.objects.filter(collection=agency.collection, title=title).first()
    if existing:
        return existing
    file = File(title=title, collection=agency.collection)
    file.file.save(name, ContentFile(content), save=False)
    file._set_document_file_metadata()
    file.save()
    return file


def share_news(agencies: list[Agency], people: Callable[[str], object]) -> int:
    """Let every third agency share its newest article with the province and a neighbour; return the offers made.

    `people` finds a person by user name. The neighbour's approver accepts; every fourth offer is left waiting, so
    that there is something to decide.
    """
    made = 0
    receivers = sorted(agencies, key=lambda agency: (agency.kind != AgencyKind.PROVINCE, agency.position))
    senders = [agency for agency in receivers if agency.kind != AgencyKind.PROVINCE][::3]
    for index, agency in enumerate(senders):
        article = (
            NewsPage.objects.filter(origin=agency, import_key__startswith=KEY, live=True)
            .order_by("-published_at")
            .first()
        )
        if article is None or NewsOffer.objects.filter(article__origin=agency).exists():
            continue
        others = [receiver for receiver in receivers if receiver.pk != agency.pk]
        targets = list(dict.fromkeys([*others[:1], *others[1 + 3 * index : 2 + 3 * index]]))
        if not targets:
            continue
        with transaction.atomic():
            offers = offer_article(
                article=article, agencies=targets, user=people(approver_name(agency)), message="Kính đề nghị đăng tải."
            )
            for offer in offers[: 1 if index % 4 == 3 else None]:
                _accept(offer, people)
            made += len(offers)
    return made


def _accept(offer: NewsOffer, people):
    if offer.state != OfferState.OFFERED:
        return
    keys = ["tin-tuc/chuyen-nganh", "tin-tuc/kinh-te", "tin-tuc"]
    sections = dict(PortalSection.objects.filter(agency=offer.agency, key__in=keys).values_list("key", "page_id"))
    page_id = next((sections[key] for key in keys if key in sections), None)
    if page_id:
        accept_offer(offer=offer, section=Page.objects.get(pk=page_id), user=people(approver_name(offer.agency)))
