"""Tiny files for the tests of reading, written here byte by byte, so that each says what it is for."""

import io
import zipfile
import zlib

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
A4 = (595, 842)


def wordml(root: str, inner: str) -> str:
    """Return a part of a DOCX."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of WordprocessingML with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph that Word numbers."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def docx(body: str, parts: dict[str, str] | None = None) -> bytes:
    """Return a DOCX with this body; `parts` are further ones by their name, such as "word/numbering.xml"."""
    return packed({"word/document.xml": wordml("document", f"<w:body>{body}</w:body>"), **(parts or {})})


def packed(members: dict[str, str | bytes]) -> bytes:
    """Return a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def text(words: str, x: float, y: float, size: float = 14, font: str = "F1", turn: str = "1 0 0 1") -> str:
    """Return the operators that print words at a place counted from the upper left corner."""
    codes = "".join(f"{ord(character):04x}" for character in words)
    return f"BT /{font} {size} Tf {turn} {x} {A4[1] - y} Tm <{codes}> Tj ET"


def ruled(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return the operators that draw a line."""
    return f"{x0} {A4[1] - y0} m {x1} {A4[1] - y1} l S"


def grid(columns: list[float], rows: list[float]) -> str:
    """Return the lines of a table."""
    across = [ruled(columns[0], y, columns[-1], y) for y in rows]
    down = [ruled(x, rows[0], x, rows[-1]) for x in columns]
    return "\n".join(across + down)


_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{ranges}
endcmap end end"""
# Each code is its own Unicode character; a range stays within one upper byte.
_RANGES = "33 beginbfrange\n" + "\n".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(0x21))
FONTS = {"F1": "TimesNewRomanPSMT", "F2": "TimesNewRomanPS-BoldMT", "F3": ".VnTime", "F4": ".VnTimeH"}


def pdf(
    *pages: list[str], image_on: tuple[int, ...] = (), damaged_on: tuple[int, ...] = (), unknown: bool = False
) -> bytes:
    """Return a PDF with these pages, each a list of operators; `image_on` has pages that a picture covers.

    Letters are half as wide as high. `unknown` leaves out what the codes of letters mean. Pages of `damaged_on` use a
    font of which the object is broken.
    """
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    cmap = _stream(_CMAP.format(ranges=_RANGES + "\nendbfrange").encode())
    fonts = ""
    for name, base in FONTS.items():
        font = len(objects) + 1
        mapping = "" if unknown else f"/ToUnicode {font + 3} 0 R"
        objects += [
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /Identity-H "
            f"/DescendantFonts [{font + 1} 0 R] {mapping} >>".encode(),
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{base} /DW 500 /FontDescriptor {font + 2} 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode(),
            f"<< /Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [0 -200 1000 900] /Ascent 900 "
            "/Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>".encode(),
            cmap,
        ]
        fonts += f"/{name} {font} 0 R "
    picture = len(objects) + 1
    objects.append(
        _stream(
            b"\xff" * 16,
            "/Type /XObject /Subtype /Image /Width 4 /Height 4 /ColorSpace /DeviceGray /BitsPerComponent 8",
        )
    )
    objects.append(b"<< /Type /Font /Subtype /Type0 /Odd >>")
    kids = []
    for number, operators in enumerate(pages):
        cover = [f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im0 Do Q"] if number in image_on else []
        used = fonts.replace("/F1 3 0", f"/F1 {picture + 1} 0") if number in damaged_on else fonts
        page = len(objects) + 1
        kids.append(f"{page} 0 R")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {page + 1} 0 R "
            f"/Resources << /Font << {used} >> /XObject << /Im0 {picture} 0 R >> >> >>".encode(),
            _stream("\n".join(cover + list(operators)).encode()),
        ]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _written(objects)


def _stream(data: bytes, entries: str = "") -> bytes:
    packed_data = zlib.compress(data)
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed_data)} >>\nstream\n".encode()
    return head + packed_data + b"\nendstream"


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
