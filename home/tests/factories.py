"""Import files for tests, as old portals would have written them."""

import json
from io import BytesIO

from PIL import Image


def picture_bytes(kind="JPEG", size=(320, 200), colour="#3a6ea5"):
    """Return a small real picture."""
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def news_row(number=1, **fields):
    """Return the fields of one article; each number makes another article."""
    return {
        "title": f"Hội nghị triển khai công tác thông tin cơ sở lần thứ {number}",
        "time": "12/05/2014 09:30",
        "summary": "Sở tổ chức hội nghị triển khai công tác. Các huyện, thị xã, thành phố cùng dự.",
        "body": "<p>Sáng nay, hội nghị đã khai mạc tại hội trường của Sở.</p>",
        "url": f"/Pages/tin.aspx?id={number}",
        **fields,
    }


def jsonl_file(folder, *rows, name="tin.jsonl"):
    """Write rows as JSON Lines; a row that is bytes is written as it is."""
    path = folder / name
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def text_of(page):
    """Return the blocks of an article as (type, value) pairs of plain values."""
    return [(block["type"], block["value"]) for block in page.body.raw_data]
