"""The sizes in which pages show pictures, made by decoding the original once.

Wagtail makes each size by opening the original again: nine sizes of a 24-megapixel photograph are nine decodings of
72 MB. Here the picture is decoded once, for JPEG already reduced, and each size is made from the next larger one.
"""

from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from PIL import Image, ImageOps
from wagtail.images.models import Filter
from wagtail.images.rect import Rect

from .models import Picture, PictureRendition

QUALITY = {"avif": 52, "webp": 74, "jpeg": 80}


@dataclass(frozen=True)
class Size:
    """A size by its Wagtail operation, in the formats that browsers choose from (best first)."""

    operation: str
    formats: tuple[str, ...]

    def specs(self) -> list[str]:
        return [f"{self.operation}|format-{name}" for name in self.formats]


CARD = Size("fill-480x320", ("avif", "webp"))
LEAD = Size("width-800", ("avif", "webp", "jpeg"))
WIDE = Size("width-1280", ("avif", "webp"))
SIZES = (WIDE, LEAD, CARD)
SPECS = tuple(spec for size in SIZES for spec in size.specs())
_FILTERS = {spec: Filter(spec=spec) for spec in SPECS}


def current_renditions(picture: Picture) -> dict[tuple[str, str], PictureRendition]:
    """Return {(operation, format): rendition} of a picture as its focal point stands now.

    Reads `prefetched_renditions` where a queryset has fetched them (prefetch_renditions()), else the database once.
    """
    renditions = picture.__dict__.get("prefetched_renditions")
    if renditions is None:
        renditions = picture.prefetched_renditions = list(picture.renditions.filter(filter_spec__in=SPECS))
    found = {}
    for rendition in renditions:
        wagtail_filter = _FILTERS.get(rendition.filter_spec)
        if wagtail_filter and rendition.focal_point_key == wagtail_filter.get_cache_key(picture):
            operation, _, kind = rendition.filter_spec.partition("|format-")
            found[operation, kind] = rendition
    return found


def prefetch_pictures(body, *others: Picture | None) -> None:
    """Fetch the sizes of all pictures of a page in one query: those of its body, before it is rendered, and others."""
    pictures = [picture for picture in others if picture]
    pictures += [block.value["picture"] for block in body if block.block_type == "picture" and block.value["picture"]]
    if pictures:
        prefetch_related_objects(
            pictures,
            Prefetch("renditions", PictureRendition.objects.filter(filter_spec__in=SPECS), "prefetched_renditions"),
        )


def make_missing(picture: Picture) -> list[PictureRendition]:
    """Make and store the sizes of a picture that do not exist yet; safe to run twice at the same time."""
    existing = set(picture.renditions.filter(filter_spec__in=SPECS).values_list("filter_spec", "focal_point_key"))
    missing = [spec for spec in SPECS if (spec, _FILTERS[spec].get_cache_key(picture)) not in existing]
    if not missing:
        return []
    original = _decode(picture)
    scaled: dict[str, Image.Image] = {}
    made = []
    for spec in missing:
        operation, _, kind = spec.partition("|format-")
        if operation not in scaled:
            scaled[operation] = _scale(original, operation, picture)
        rendition = _store(picture, _FILTERS[spec], scaled[operation], kind)
        if rendition:
            made.append(rendition)
    return made


def _decode(picture):
    with picture.open_file() as stream, Image.open(stream) as image:
        # For JPEG the decoder itself leaves out the detail that no size shows.
        image.draft("RGB", (2560, 2560))
        image = ImageOps.exif_transpose(image)
        if image.mode not in {"RGB", "RGBA"}:
            image = image.convert("RGBA" if "transparency" in image.info else "RGB")
        image.load()
        return image


def _scale(image, operation, picture):
    method, _, dimensions = operation.partition("-")
    if method == "width":
        width = min(int(dimensions), picture.width)
        height = max(1, round(picture.height * width / picture.width))
        return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    width, height = (int(part) for part in dimensions.split("x"))
    centre = _crop_centre(picture)
    return ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS, centering=centre)


def _crop_centre(picture):
    focal_point: Rect | None = picture.get_focal_point()
    if focal_point is None:
        return (0.5, 0.5)
    x, y = focal_point.centroid
    return (min(max(x / picture.width, 0), 1), min(max(y / picture.height, 0), 1))


def _store(picture, wagtail_filter, image, kind):
    buffer = BytesIO()
    if kind == "jpeg" and image.mode == "RGBA":
        background = Image.new("RGB", image.size, "white")
        background.paste(image, mask=image.getchannel("A"))
        image = background
    options = (
        {"speed": 8} if kind == "avif" else {"method": 4} if kind == "webp" else {"optimize": True, "progressive": True}
    )
    image.save(buffer, kind.upper(), quality=QUALITY[kind], **options)
    operation = wagtail_filter.spec.partition("|")[0]
    extension = "jpg" if kind == "jpeg" else kind
    rendition = PictureRendition(
        image=picture,
        filter_spec=wagtail_filter.spec,
        focal_point_key=wagtail_filter.get_cache_key(picture),
        width=image.width,
        height=image.height,
    )
    stem = picture.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0][:60]
    rendition.file = ContentFile(buffer.getvalue(), name=f"{stem}.{operation}.{extension}")
    try:
        with transaction.atomic():
            rendition.save()
    except IntegrityError:
        # Another worker made it first; its file serves, ours must not stay behind.
        rendition.file.delete(save=False)
        return None
    return rendition
