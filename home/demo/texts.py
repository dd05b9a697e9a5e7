"""Writes the demo news: plausible articles of an agency about its own work, the same for the same seed."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .bodies import build_body
from .grammar import expand, number, sentences
from .vocabulary import Speaker, stories

TITLE_LENGTH = range(60, 111)
ATTEMPTS = 80
# One word of Vietnam's commonest given names, abbreviated as newsrooms do; nobody in particular.
INITIALS = ("T.H", "N.A", "M.T", "P.L", "H.N", "K.V", "Q.D", "T.M", "L.C", "B.H")
ROMAN = ("I", "II", "III", "IV")


@dataclass
class Article:
    """An article before it becomes a page: `body` is StreamField data in which pictures and files stand by purpose."""

    title: str
    summary: str
    body: list[dict]
    scene: str
    published_at: datetime
    initials: str
    is_in_need_of_file: bool = False


@dataclass(frozen=True)
class _Period:
    """The part of a year that an article of a certain day looks back on."""

    name: str
    year: int
    months: int


def write_article(
    speaker: Speaker, section_key: str, day: date, rng: random.Random, used_titles=frozenset()
) -> Article:
    """Write one article for a section (a key of sites/data/sections.yaml) as of a day, with a title not used before."""
    grammar = stories()
    keys = grammar["sections"].get(section_key, grammar["sections"]["other"])
    best = None
    for _attempt in range(ATTEMPTS):
        story = grammar["stories"][rng.choice(keys)]
        topic = rng.choice(speaker.topics_of_area(_area(section_key, speaker)))
        words = _words(speaker, topic, story, day, rng)
        title = _upper_first(expand(rng.choice(story["titles"]), words, rng))
        if title in used_titles:
            continue
        best = (title, story, topic, words)
        if len(title) in TITLE_LENGTH:
            break
    if best is None:
        # So many articles in one section that every title was used; in a bulk even the days repeat themselves.
        best = (f"{title} (ngày {words['day']}/{day.year})", story, topic, words)
    title, story, topic, words = best
    body = build_body(story, words, topic, rng)
    return Article(
        title=title,
        summary=sentences(expand(rng.choice(story["summaries"]), words, rng)),
        body=body,
        scene=topic.scene if story["scene"] == "own" else story["scene"],
        published_at=_moment(day, rng),
        initials=rng.choice(INITIALS),
        is_in_need_of_file=any(block["type"] == "files" for block in body),
    )


def _area(section_key, speaker):
    # A department's sections all speak of its own fields; only provinces and districts divide life into areas.
    return stories()["areas"].get(section_key) if speaker.kind != "department" else None


def _words(speaker, topic, story, day, rng):
    period = _period(day)
    avoided = tuple(story.get("avoid", ()))
    tasks = [task for task in topic.tasks if not task.startswith(avoided)] if avoided else list(topic.tasks)
    task = rng.choice(tasks or list(topic.tasks))
    # One place and one partner for the whole article, or it would contradict itself.
    place, partner = rng.choice(speaker.places), rng.choice(speaker.partners)
    results = [f"{result.verb} {number(_count(result, period, rng))} {result.noun}" for result in topic.results]
    later = _weekday(day + timedelta(days=rng.randint(8, 24)))
    return {
        "agency": speaker.name,
        "leaders": f"lãnh đạo {speaker.name}",
        "area": speaker.area,
        "place": place,
        "partner": partner,
        "field": topic.name,
        "task": task,
        "task2": rng.choice([other for other in topic.tasks if other != task]),
        "result1": results[0],
        "result2": results[-1],
        "people": topic.people,
        "subjects": topic.subjects,
        "law": topic.law,
        "period": period.name,
        "months": str(period.months),
        "review": "tổng kết" if period.months == 12 else "sơ kết",
        "day": _short_date(day),
        "later": f"{_short_date(later)}/{later.year}",
        "month": f"{day.month:02d}" if day.month < 3 else str(day.month),
        "quarter": _last_quarter(day),
        "year": str(day.year),
        "year1": str(day.year + 1),
        # In the last quarter, offices plan the year to come.
        "plan_year": str(day.year + (day.month > 9)),
        "plan_year3": str(day.year + (day.month > 9) + 3),
    }


def _period(day):
    months = day.month - 1
    if months == 0:
        return _Period(f"năm {day.year - 1}", day.year - 1, 12)
    if months == 1:
        return _Period(f"tháng 01/{day.year}", day.year, 1)
    if months == 3:
        return _Period(f"quý I/{day.year}", day.year, 3)
    return _Period(f"{months} tháng đầu năm {day.year}", day.year, months)


def _last_quarter(day):
    quarter = (day.month - 1) // 3
    return f"quý {ROMAN[quarter - 1]}/{day.year if quarter else day.year - 1}"


def _count(result, period, rng):
    return max(2, round(rng.randint(result.low, result.high) * period.months / 3))


def _short_date(day):
    # Administrative style: days below 10 and the months 1 and 2 with a zero (Circular 01/2011/TT-BNV).
    return f"{day.day:02d}/{day.month:02d}" if day.month < 3 else f"{day.day:02d}/{day.month}"


def _weekday(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


def _moment(day, rng):
    moment = datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)))
    return timezone.make_aware(moment, timezone.get_default_timezone())


def _upper_first(text):
    return text[:1].upper() + text[1:]
