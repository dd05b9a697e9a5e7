"""Draws the demo's pictures and puts them into an agency's collection."""

import io
import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

from django.core.files.images import ImageFile
from django.db import connection

from core.models import Picture
from sites.models import Agency

from .canvas import PALETTES, Canvas
from .scenes import SCENES
from .vocabulary import Speaker

# What every office shows; the rest of its pictures come from its own fields of work.
COMMON = ("office", "hall", "counter")
PER_AGENCY = 5


def scenes_of(speaker: Speaker, number: int = PER_AGENCY) -> list[str]:
    """Return the scenes that suit an agency: the common ones, then what its fields of work name most often."""
    counted = Counter(topic.scene for topic in speaker.topics)
    own = [scene for scene, _times in counted.most_common() if scene not in COMMON]
    others = [scene for scene in SCENES if scene not in own and scene not in COMMON]
    return [*COMMON, *own, *others][:number]


def draw(scene: str, seed: str) -> tuple[bytes, str]:
    """Draw a scene and return it as JPEG with the sentence that describes it."""
    rng = random.Random(seed)
    palette = rng.choice(PALETTES)
    canvas = Canvas(palette, rng)
    description = SCENES[scene](canvas)
    buffer = io.BytesIO()
    canvas.finished().save(buffer, "JPEG", quality=88)
    return buffer.getvalue(), f"Tranh minh họa: {description}, {palette.name}."


def add_pictures(agency: Agency, scenes: list[str], seed: int) -> dict[str, Picture]:
    """Draw those of the scenes that the agency's collection does not hold yet; return all by scene."""
    found = {}
    for scene in scenes:
        title = picture_title(agency, scene)
        picture = Picture.objects.filter(collection=agency.collection, title=title).first()
        found[scene] = picture or _add(agency, scene, title, seed)
    return found


def draw_all(wanted: list[tuple[Agency, list[str]]], seed: int) -> Iterator[Agency]:
    """Draw the missing pictures of many agencies on all processors; yield each agency when its pictures are there.

    Encoding the sizes of a picture is nearly all the work of a small demo, and Pillow does it outside Python's lock.
    """
    if connection.in_atomic_block:
        # Other threads could not see what this transaction has done (tests).
        for agency, scenes in wanted:
            add_pictures(agency, scenes, seed)
            yield agency
        return
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = [pool.submit(_draw_apart, agency, scenes, seed) for agency, scenes in wanted]
        for job in as_completed(jobs):
            yield job.result()


def _draw_apart(agency, scenes, seed):
    try:
        add_pictures(agency, scenes, seed)
    finally:
        connection.close()
    return agency


def picture_title(agency: Agency, scene: str) -> str:
    return f"{_NAMES[scene]} - {agency.display_name}"


def _add(agency, scene, title, seed):
    content, alt_text = draw(scene, f"{seed}/{agency.code}/{scene}")
    picture = Picture(
        title=title,
        file=ImageFile(io.BytesIO(content), name=f"{agency.code}-{scene}.jpg"),
        alt_text=alt_text,
        credit="Tranh minh họa của bản dùng thử",
        collection=agency.collection,
        file_size=len(content),
    )
    picture.save()
    return picture


_NAMES = {
    "office": "Trụ sở",
    "hall": "Hội trường",
    "counter": "Bộ phận một cửa",
    "road": "Đường giao thông",
    "fields": "Cánh đồng",
    "river": "Dòng sông",
    "school": "Trường học",
    "factory": "Khu công nghiệp",
    "clinic": "Cơ sở y tế",
    "market": "Chợ",
}
