"""Puts the parts of a story together into the blocks of an article's body."""

import uuid
from datetime import date
from html import escape

from .grammar import expand, number, percentage, sentences
from .vocabulary import Topic, stories

# The drawing or the file is chosen when the article becomes a page of a portal.
PICTURE = "demo picture"
FILE = "demo file"


def build_body(story: dict, words: dict, topic: Topic, rng) -> list[dict]:
    """Return the body as StreamField data: running text is gathered, every other block stands for itself."""
    blocks: list[dict] = []
    for part in story["recipe"]:
        build = _BLOCKS.get(part, _paragraph)
        for kind, value in build(part, story, words, topic, rng):
            if kind == "text" and blocks and blocks[-1]["type"] == "text" and len(blocks[-1]["value"]) < 700:
                blocks[-1]["value"] += value
            else:
                blocks.append({"type": kind, "value": value})
    return blocks


def list_html(intro: str, items: list[str], tag: str = "ul") -> str:
    """A sentence and the list that it announces, as rich text."""
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<p>{escape(intro)}</p><{tag}>{rows}</{tag}>"


def table(rows: list[list[str]], caption: str) -> dict:
    """The value of a table block whose first row holds the headings."""
    return {
        "data": rows,
        "cell": [],
        "mergeCells": [],
        "table_caption": caption,
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
    }


def items(values: list) -> list[dict]:
    """The value of a list block whose entries have lasting ids, by which the reference index knows them."""
    return [
        {"type": "item", "value": value, "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number}/{value}"))}
        for number, value in enumerate(values)
    ]


def _say(texts, words, rng):
    return sentences(expand(rng.choice(texts), words, rng))


def _paragraph(part, story, words, topic, rng):
    texts = story.get(part) or stories()["parts"].get(part)
    if texts is None:
        yield from _list(part, words, rng)
    else:
        yield "text", f"<p>{escape(_say(texts, words, rng))}</p>"


def _list(part, words, rng):
    parts = stories()["parts"]
    items = list(parts[f"{part}_items"])
    chosen = sorted(rng.sample(range(len(items)), k=min(len(items), rng.randint(3, 5))))
    if part == "steps":
        chosen = range(len(items))
    texts = [sentences(expand(items[index], words, rng)) for index in chosen]
    lines = [text + (";" if text != texts[-1] else ".") for text in texts]
    yield "text", list_html(_say(parts[f"{part}_intro"], words, rng), lines, "ol" if part == "steps" else "ul")


def _quote(part, story, words, topic, rng):
    yield (
        "quote",
        {
            "quote": _say(stories()["parts"]["quote"], words, rng),
            "attribution": f"Đại diện {words['leaders']}",
        },
    )


def _accordion(part, story, words, topic, rng):
    questions = rng.sample(stories()["parts"]["accordion"], k=3)
    pairs = [expand(question, words, rng).split(" => ") for question in questions]
    entries = [{"title": title, "text": f"<p>{escape(sentences(text))}</p>"} for title, text in pairs]
    yield "accordion", {"entries": items(entries)}


def _contact(part, story, words, topic, rng):
    yield (
        "contact",
        {
            "name": f"Bộ phận tiếp nhận và trả kết quả - {words['agency']}",
            "job_title": "",
            "address": "",
            "phone": "0274 000 0000",
            "email": "",
            "hours": "7 giờ 30 - 11 giờ 30 và 13 giờ 30 - 17 giờ, thứ Hai đến thứ Sáu",
        },
    )


def _picture(part, story, words, topic, rng):
    yield (
        "picture",
        {"picture": PICTURE, "caption": sentences(f"hoạt động về {words['field']} {words['area']} (tranh minh họa)")},
    )


def _files(part, story, words, topic, rng):
    yield "files", {"heading": "Tài liệu kèm theo", "files": [FILE]}


def _result_table(part, story, words, topic, rng):
    rows = [["Chỉ tiêu", "Trong kỳ", "Cùng kỳ năm trước", "So sánh"]]
    # The figures of the running text stand in the table as well.
    for result, phrase in zip(topic.results, (words["result1"], words["result2"]), strict=True):
        now = int(phrase[len(result.verb) + 1 :].split(" ")[0].replace(".", ""))
        before = max(1, round(now / (1 + rng.uniform(0.02, 0.2))))
        change = (now - before) * 1000 // before
        rows.append(
            [f"Số {result.noun} đã {result.verb}", number(now), number(before), f"+{change // 10},{change % 10}%"]
        )
    rows.append(["Tỷ lệ giải quyết đúng hạn", percentage(rng, 95, 99), percentage(rng, 91, 94), "Tăng"])
    rows.append(["Mức độ hài lòng của người dân", percentage(rng, 90, 97), percentage(rng, 84, 89), "Tăng"])
    yield "table", table(rows, sentences(f"một số kết quả về {words['field']}, {words['period']}"))


def _duty_table(part, story, words, topic, rng):
    rows = [["Ngày trong tuần", "Buổi sáng", "Buổi chiều", "Nơi tiếp"]]
    rooms = [
        "Phòng tiếp công dân",
        "Quầy tiếp nhận số 1",
        "Quầy tiếp nhận số 2",
        "Quầy tiếp nhận số 3",
        "Phòng tiếp công dân",
    ]
    for day, room in zip(("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu"), rooms, strict=True):
        rows.append([day, "7 giờ 30 - 11 giờ 30", "13 giờ 30 - 17 giờ", room])
    yield "table", table(rows, f"Thời gian tiếp nhận tháng {words['month']}/{words['year']}")


def _project_table(part, story, words, topic, rng):
    cost = rng.randint(6, 48)
    begun = date(int(words["year"]) - 1, rng.randint(3, 11), 1)
    rows = [
        ["Nội dung", "Thông tin"],
        ["Chủ đầu tư", words["agency"]],
        ["Tổng mức đầu tư", f"{cost},{rng.randint(1, 9)} tỷ đồng"],
        ["Nguồn vốn", "Ngân sách nhà nước"],
        ["Khởi công", f"Tháng {begun.month}/{begun.year}"],
        ["Dự kiến hoàn thành", f"Quý {rng.choice(('II', 'III', 'IV'))}/{words['year1']}"],
        ["Hình thức lựa chọn nhà thầu", "Đấu thầu rộng rãi, qua mạng"],
    ]
    yield "table", table(rows, "Thông tin chung về dự án")


def _budget_table(part, story, words, topic, rng):
    rows = [["Nội dung", "Dự toán năm", "Thực hiện", "Tỷ lệ"]]
    for name, low, high in (
        ("Thu phí, lệ phí", 400, 2600),
        ("Chi quản lý hành chính", 6000, 24000),
        ("Chi sự nghiệp", 2000, 18000),
        ("Chi đào tạo, bồi dưỡng", 120, 900),
        ("Chi mua sắm, sửa chữa", 200, 1900),
    ):
        planned = rng.randint(low, high)
        done = planned * rng.randint(180, 960) // 1000
        rows.append(
            [name, number(planned), number(done), f"{done * 1000 // planned // 10},{done * 1000 // planned % 10}%"]
        )
    yield "table", table(rows, f"Số liệu ngân sách năm {words['year']} (triệu đồng)")


_BLOCKS = {
    "quote": _quote,
    "accordion": _accordion,
    "contact": _contact,
    "picture": _picture,
    "files": _files,
    "table": _result_table,
    "duty_table": _duty_table,
    "project_table": _project_table,
    "budget_table": _budget_table,
}
