"""Fills the sections of a portal that are still empty: introductions, and bodies with every kind of block."""

import json
import uuid
from functools import cache
from pathlib import Path

import yaml
from django.db import transaction
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends

from home.models import NewsIndexPage, SectionPage
from sites.enums import AgencyKind
from sites.models import Agency, PortalSection, PortalSettings

from .bodies import items, table
from .bulk import Supplies
from .vocabulary import Speaker

_FILE = Path(__file__).parent / "data" / "section_texts.yaml"
HOURS = "7 giờ 30 - 11 giờ 30 và 13 giờ 30 - 17 giờ, thứ Hai đến thứ Sáu"


@transaction.atomic
def fill_sections(agency: Agency, speaker: Speaker, supplies: Supplies) -> int:
    """Write into the portal's empty sections; what an editor has written stays. Return how many were filled."""
    texts = _texts()
    keys = dict(PortalSection.objects.filter(agency=agency, key__in=texts).values_list("page_id", "key"))
    words = _words(agency, speaker)
    sections = list(SectionPage.objects.filter(pk__in=keys, introduction=""))
    for section in sections:
        entry = texts[keys[section.pk]]
        section.introduction = entry["intro"].format(**words)
        if not section.body:
            section.body = json.dumps(_blocks(entry.get("body", ()), agency, words, supplies), ensure_ascii=False)
    SectionPage.objects.bulk_update(sections, ["introduction", "body"])
    indexes = list(NewsIndexPage.objects.filter(pk__in=keys, introduction=""))
    for page in indexes:
        page.introduction = texts[keys[page.pk]]["intro"].format(**words)
    NewsIndexPage.objects.bulk_update(indexes, ["introduction"])
    for section in sections:
        if section.body:
            ReferenceIndex.create_or_update_for_object(section)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(SectionPage, sections)
    return len(sections) + len(indexes)


@cache
def _texts():
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def _words(agency, speaker):
    return {"agency": speaker.name, "body": agency.body_name, "area": speaker.area, "place": agency.name_vi}


def _blocks(entries, agency, words, supplies):
    blocks = []
    for number, entry in enumerate(entries):
        ((kind, content),) = entry.items()
        value = _BUILDERS[kind](content, agency, words, supplies)
        if value is not None:
            key = uuid.uuid5(uuid.NAMESPACE_URL, f"{agency.code}/{kind}/{number}/{content}")
            blocks.append({"type": kind, "value": value, "id": str(key)})
    return blocks


def _text(html, agency, words, supplies):
    return html.format(**words)


def _quote(content, agency, words, supplies):
    quote, attribution = content
    return {"quote": quote, "attribution": attribution.format(**words)}


def _accordion(entries, agency, words, supplies):
    return {"entries": items([{"title": title, "text": text.format(**words)} for title, text in entries])}


def _picture(scene, agency, words, supplies):
    picture = supplies.pictures.get(scene)
    return {"picture": picture.pk, "caption": "Tranh minh họa"} if picture else None


def _files(heading, agency, words, supplies):
    return {"heading": heading, "files": items([file.pk for file in supplies.files])} if supplies.files else None


def _contact(content, agency, words, supplies):
    settings = PortalSettings.objects.get(site_id=agency.site_id)
    return {
        "name": content["name"].format(**words),
        "job_title": "",
        "address": settings.address,
        "phone": settings.phone,
        "email": settings.email,
        "hours": HOURS,
    }


def _table(content, agency, words, supplies):
    rows = _TABLES[content](agency)
    return table(rows, _CAPTIONS[content]) if len(rows) > 1 else None


def _units(agency):
    rows = [["Phòng, đơn vị", "Điện thoại"]]
    return rows + [[unit.name_vi, f"0274 000 00{10 + number}"] for number, unit in enumerate(agency.units.all())]


def _officials(agency):
    rows = [["Họ và tên", "Chức vụ", "Phụ trách"]]
    return rows + [[o.full_name, o.job_title, o.duties] for o in agency.officials.filter(is_leader=True)]


def _phones(agency):
    rows = [["Họ và tên", "Chức vụ", "Điện thoại", "Thư điện tử"]]
    return rows + [[o.full_name, o.job_title, o.phone, o.email] for o in agency.officials.all()]


def _fields(agency):
    rows = [["Số thứ tự", "Lĩnh vực"]]
    return rows + [[str(number), field.name_vi] for number, field in enumerate(agency.fields_of_work.all(), start=1)]


def _agencies(agency):
    rows = [["Cơ quan", "Loại"]]
    kinds = {AgencyKind.DEPARTMENT: "Sở, ban, ngành", AgencyKind.DISTRICT: "Huyện, thị xã, thành phố"}
    return rows + [[other.display_name, kinds[other.kind]] for other in Agency.objects.of_province()]


_BUILDERS = {
    "text": _text,
    "quote": _quote,
    "accordion": _accordion,
    "picture": _picture,
    "files": _files,
    "contact": _contact,
    "table": _table,
}
_TABLES = {"units": _units, "officials": _officials, "phones": _phones, "fields": _fields, "agencies": _agencies}
_CAPTIONS = {
    "units": "Các phòng, đơn vị",
    "officials": "Lãnh đạo và lĩnh vực phụ trách",
    "phones": "Danh bạ",
    "fields": "Các lĩnh vực phụ trách",
    "agencies": "Sở, ban, ngành và địa phương",
}
