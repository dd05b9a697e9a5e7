"""What stands side by side on a page without lines: issuer and national motto, recipients and signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legal_docs.structure.blocks import Cell, Table
from legal_docs.structure.numbering import is_capitals

from .pdf_furniture import MOTTO
from .pdf_lines import Line
from .pdf_paragraphs import Margins, is_centred_line, paragraphs_of

_RECIPIENTS = re.compile(r"\s*N[ơo]i nhận", re.IGNORECASE)
_SIGN_HERE = re.compile(r"\(\s*Ký\b")
# The narrowest space between two columns and the one that parts a lone line; in sizes of letters.
_NARROWEST = 0.7
_LONE = 3.0
# Between the office and the name there is room for a signature and a seal.
_ROOM_FOR_SIGNATURE = 11.0
# A longer one is a table without lines, of which the rows belong together.
_MOST_LINES = 14


@dataclass(frozen=True)
class Zone:
    """Lines from `start` to `stop` that are parted by a white strip."""

    start: int
    stop: int
    strip: tuple[float, float]


def zones_of(lines: Sequence[Line], margins: Margins) -> Iterator[Zone]:
    """Yield the zones of two columns from above to below."""
    place = 0
    while place < len(lines):
        zone = _zone_at(lines, place, margins)
        if zone is None:
            place += 1
        else:
            yield zone
            place = zone.stop


def _zone_at(lines, place, margins):
    gaps = lines[place].gaps()
    if not gaps:
        return None
    strip = max(gaps, key=lambda gap: gap[1] - gap[0])
    start = _upwards(lines, place, strip, margins)
    stop, strip, parted = _downwards(lines, place, strip, margins)
    is_wide = strip[1] - strip[0] > _LONE * lines[place].size
    # A justified line may have wide gaps; two below each other at the same place have another cause.
    is_head = any(MOTTO.match(part.text) for part in [lines[place].part(strip[0] + 0.1, 1e6)] if part)
    if parted < 2 and not (stop - start > 1 and (is_wide or is_head)):
        return None
    return Zone(start, stop, strip) if _stands_out(lines[start:stop], strip) else None


def _stands_out(lines, strip):
    """Tell whether both columns are short lines, as of heads and ends; in forms gaps are for filling in."""
    left = [part.text for line in lines if (part := line.part(0, strip[0] + 0.1))]
    right = [part.text for line in lines if (part := line.part(strip[0] + 0.1, 1e6))]
    if not left or not right:
        return False
    texts = left + right
    if any("...." in text or "…" in text for text in texts) and not any(map(is_capitals, texts)):
        return False
    if any(map(_RECIPIENTS.match, texts)) or any(map(_SIGN_HERE.match, texts)):
        return True
    return len(lines) <= _MOST_LINES and any(map(is_capitals, texts))


def _upwards(lines, place, strip, margins):
    """Take in lines above that stand in one column only and belong to it: a list of recipients, a signature."""
    run, narrowed = place, strip
    while run and (narrowed := _narrowed(lines[run - 1], narrowed)) and not _is_other(lines[run - 1], margins):
        run -= 1
    start = next((at for at in range(run, place) if _RECIPIENTS.match(lines[at].text)), place)
    while start > run and lines[start - 1].x0 >= strip[1] - 1:
        start -= 1
    return start


def _is_other(line, margins):
    """Tell whether a line above is a title or has columns of its own."""
    return bool(line.gaps()) or is_centred_line(line, margins)


def _downwards(lines, place, strip, margins):
    stop, parted = place + 1, 1
    while stop < len(lines):
        line, above = lines[stop], lines[stop - 1]
        narrowed = _narrowed(line, strip)
        if narrowed is None or line.baseline - above.baseline > _ROOM_FOR_SIGNATURE * above.size:
            break
        has_both = line.x0 < narrowed[0] + 1 and line.x1 > narrowed[1] - 1
        if not has_both and (is_centred_line(line, margins) or _is_text(line, margins)):
            break
        strip, parted, stop = narrowed, parted + has_both, stop + 1
    return stop, strip, parted


def _is_text(line, margins):
    """Tell whether a line in one column begins a paragraph of the text below: it is longer than a column."""
    return line.x0 < margins.left + 0.2 * margins.width and line.x1 > margins.left + 0.6 * margins.width


def _narrowed(line, strip):
    """Return the widest part of the white strip that is white beside a line too; None where it is too narrow."""
    left, best = strip[0], (0.0, 0.0)
    for glyph in line.glyphs:
        if glyph.x1 <= left:
            continue
        edge = min(glyph.x0, strip[1])
        best = max(best, (left, edge), key=_width)
        left = glyph.x1
        if left >= strip[1]:
            break
    else:
        best = max(best, (left, strip[1]), key=_width)
    return best if _width(best) >= _NARROWEST * line.size else None


def _width(strip):
    return strip[1] - strip[0]


def table_of(lines: Sequence[Line], zone: Zone) -> Table:
    """Return the zone as a table of one row, each column with its own paragraphs."""
    middle = (zone.strip[0] + zone.strip[1]) / 2
    cells = []
    for x0, x1 in ((-1e6, middle), (middle, 1e6)):
        parts = [part for line in lines[zone.start : zone.stop] if (part := line.part(x0, x1))]
        cells.append(Cell("\n".join(_column_lines(parts))))
    return Table((tuple(cells),))


def _column_lines(parts):
    """Yield the lines of a column; an item of the list of recipients that fills its line goes on in the next."""
    margins = Margins(min(part.x0 for part in parts), max(part.x1 for part in parts))
    for paragraph in paragraphs_of(parts, margins):
        if len(paragraph.lines) > 1 and not paragraph.text.startswith(("-", "–")):
            yield from (line.text for line in paragraph.lines)
        else:
            yield paragraph.text
