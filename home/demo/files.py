"""Small files for download, made here: a PDF of one page and a table of figures as CSV."""

import csv
import io
import random


def pdf(lines: list[str]) -> bytes:
    """Return a valid PDF of one A4 page with some lines of text.

    The built-in fonts of PDF know no Vietnamese, so the text is to be plain Latin letters.
    """
    text = b"BT /F1 12 Tf 60 780 Td 20 TL\n"
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        text += b"(" + escaped.encode("latin-1") + b") Tj T*\n"
    text += b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    return _with_cross_references(objects)


def _with_cross_references(objects):
    document = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    document += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    document += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(document)


def table_csv(title: str, names: list[str], rng: random.Random) -> bytes:
    """Return quarterly figures as CSV in UTF-8, with the mark by which spreadsheets know it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([title, "Quý I", "Quý II", "Quý III"])
    for name in names:
        first = rng.randint(40, 900)
        writer.writerow([name, first, first + rng.randint(5, 60), first + rng.randint(20, 120)])
    return stream.getvalue().encode("utf-8-sig")
