"""What an agency's news speak of: its fields of work with their tasks, people and figures, and the places around it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from sites.enums import AgencyKind
from sites.models import Agency

_DATA = Path(__file__).parent / "data"
_SHORTER = {
    "Ủy ban nhân dân": "UBND",
    "các khu công nghiệp": "các KCN",
    "Phát triển nông thôn": "PTNT",
    "khu công nghiệp Việt Nam - Singapore": "KCN Việt Nam - Singapore",
}


@dataclass(frozen=True)
class Result:
    """Something an office counts: what it did with what, and how many of it in a quarter."""

    verb: str
    noun: str
    low: int
    high: int


@dataclass(frozen=True)
class Topic:
    """A field of work in the words that the stories need."""

    name: str
    tasks: tuple[str, ...]
    results: tuple[Result, ...]
    people: str
    subjects: str
    law: str
    area: str
    scene: str


@dataclass(frozen=True)
class Speaker:
    """An agency as its own news name it."""

    code: str
    kind: str
    name: str
    area: str
    places: tuple[str, ...]
    partners: tuple[str, ...]
    topics: tuple[Topic, ...]

    def topics_of_area(self, area: str | None) -> tuple[Topic, ...]:
        """The topics that suit a section; all, when none does."""
        return tuple(topic for topic in self.topics if topic.area == area) or self.topics


def speaker_of(agency: Agency, districts: list[str]) -> Speaker:
    """Describe an agency; `districts` are the names of the province's districts."""
    is_district = agency.kind == AgencyKind.DISTRICT
    name = agency.body_name
    for long, short in _SHORTER.items():
        name = name.replace(long, short)
    if is_district or not districts:
        places = ("các khu dân cư", "cơ sở", "các đơn vị cấp xã")
        partners = ("các đơn vị cấp xã", "các phòng, ban liên quan", "Mặt trận và các đoàn thể")
    else:
        places = tuple(districts)
        partners = (*(f"UBND {district}" for district in districts), "các sở, ngành liên quan")
    return Speaker(
        code=agency.code,
        kind=agency.kind,
        name="UBND tỉnh" if agency.kind == AgencyKind.PROVINCE else name,
        area=f"trên địa bàn {agency.name_vi}" if is_district else "trên địa bàn tỉnh",
        places=places,
        partners=partners,
        topics=_topics_of(agency),
    )


def _topics_of(agency):
    known = _entries()
    names = [field.name_vi for field in agency.fields_of_work.all()]
    names += [name for name, entry in known.items() if agency.kind in entry.get("of", ())]
    return tuple(_topic(name, known.get(name)) for name in names) or (_topic(agency.display_name, None),)


@cache
def _entries():
    entries = {}
    for path in sorted(_DATA.glob("fields_*.yaml")):
        entries |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


@cache
def stories() -> dict:
    """The grammar of the stories, see data/stories.yaml."""
    return yaml.safe_load((_DATA / "stories.yaml").read_text(encoding="utf-8"))


def _topic(name, entry):
    spoken = _spoken(name)
    # A field that the files do not know yet (an install with other agencies) is spoken of in general terms.
    entry = entry or {
        "tasks": f"quản lý nhà nước về {spoken}; nâng cao chất lượng phục vụ về {spoken}; hướng dẫn về {spoken}",
        "results": "tiếp nhận|hồ sơ|120-980; kiểm tra|cơ sở|10-90",
        "people": "người dân và doanh nghiệp",
        "subjects": "các đơn vị, cơ sở liên quan",
        "law": f"quy định về {spoken}",
        "area": "kinh-te",
        "scene": "office",
    }
    return Topic(
        name=spoken,
        tasks=tuple(entry["tasks"].split("; ")),
        results=tuple(_result(text) for text in entry["results"].split("; ")),
        **{key: entry[key] for key in ("people", "subjects", "law", "area", "scene")},
    )


def _result(text):
    verb, noun, span = text.split("|")
    low, high = span.split("-")
    return Result(verb, noun, int(low), int(high))


def _spoken(name):
    """A field's name within a sentence: "Thẻ ABTC" as "thẻ ABTC", but "ODA" as it is."""
    name = re.sub(r" \(.*\)", "", name).replace(" / ", ", ")
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
