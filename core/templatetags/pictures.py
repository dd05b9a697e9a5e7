"""Shows a picture in the sizes that were made when it came in."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.models import Picture
from core.renditions import CARD, LEAD, WIDE, current_renditions, make_missing

register = template.Library()

_MIME = {"avif": "image/avif", "webp": "image/webp"}
_LAYOUTS = {
    # layout: (sizes, formats offered before the fallback, fallback format)
    "card": ((CARD,), ("avif",), "webp"),
    "lead": ((LEAD, WIDE), ("avif", "webp"), "jpeg"),
}


@register.simple_tag
def picture_tag(picture: Picture | None, layout: str, alt: str | None = None, eager: bool = False) -> SafeString:
    """Return <picture> with width, height and alternative text; "" without a picture.

    `layout` is "card" (480×320, cropped at the focal point) or "lead" (the whole picture, 800 and 1,280 wide). alt=""
    marks a picture beside a title that already says it all.
    """
    if picture is None:
        return SafeString("")
    sizes, formats, fallback = _LAYOUTS[layout]
    made = _renditions(picture, sizes)
    if not made:
        return SafeString("")
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}"{}>',
        ((_MIME[name], _srcset(made, sizes, name), _sizes_attribute(layout)) for name in formats),
    )
    image = made[sizes[0].operation, fallback]
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="{}"{}></picture>',
        sources,
        image.file.url,
        image.width,
        image.height,
        picture.default_alt_text if alt is None else alt,
        SafeString(' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"'),
    )


def rendition_url(picture: Picture, size, kind: str) -> str:
    """Return the address of one size and format of a picture, "" when it cannot be made."""
    rendition = _renditions(picture, (size,)).get((size.operation, kind))
    return rendition.file.url if rendition else ""


def _renditions(picture, sizes):
    found = current_renditions(picture)
    if any((size.operation, name) not in found for size in sizes for name in size.formats):
        # Only right after an upload, or when a size was added to the program.
        try:
            make_missing(picture)
        except OSError:
            return {}
        picture.__dict__.pop("prefetched_renditions", None)
        found = current_renditions(picture)
    return found


def _srcset(made, sizes, kind):
    candidates = [made[size.operation, kind] for size in sizes if (size.operation, kind) in made]
    if len(candidates) == 1 or candidates[0].width == candidates[-1].width:
        return candidates[0].file.url
    return ", ".join(f"{rendition.file.url} {rendition.width}w" for rendition in candidates)


def _sizes_attribute(layout):
    return SafeString(' sizes="(min-width: 60rem) 800px, 100vw"') if layout == "lead" else ""
