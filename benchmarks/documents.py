"""Legal documents as citizens read them: a page of 5 and of 500 articles, lists of 1,000 and of 100,000 documents."""

import http.client
import os
import re
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from .databases import elsewhere
from .pages import _gunicorn

ROUNDS = 41
# Two agencies in one database, so that all but the length of the list is the same.
SMALL, LARGE = "stttt", "thuanan"
_TYPES = ("nghi_dinh", "thong_tu", "quyet_dinh_ttg", "quyet_dinh_cb", "ke_hoach")
_AT_ONCE = 2_000


def report(quick: bool) -> list[str]:
    """Fill two portals and measure pages and lists side by side; return Markdown lines."""
    large, citing = (10_000, 100) if quick else (100_000, 500)
    _fill(SMALL, 1_000)
    _fill(LARGE, large)
    short, long = _document(5), _document(500)
    _cite(long, citing)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with _gunicorn() as port:
        lines = [*_documents(port, short, long, citing), "", *_lists(port, large)]
    return [*lines, "", *_tables(large)]


def _fill(code, total):
    """Give an agency documents as years of work leave them: of many types, issuers, fields, years and statuses."""
    from legal_docs.models import Issuer, LegalDocument
    from sites.models import Agency, FieldOfWork

    agency = Agency.objects.get(code=code)
    issuers = list(Issuer.objects.order_by("pk")[:40])
    fields = list(FieldOfWork.objects.order_by("pk").values_list("pk", flat=True)[:30])
    newest, days = date(2024, 12, 31), 20 * 365
    for start in range(0, total, _AT_ONCE):
        documents = []
        for number in range(start + 1, min(start + _AT_ONCE, total) + 1):
            on = newest - timedelta(days=number * days // total)
            issuer = issuers[number % len(issuers)]
            words = f"{number}/{on.year}/{code.upper()}-{issuer.pk}"
            documents.append(
                LegalDocument(
                    number=words, number_key=words, slug=f"{number}-{on.year}-{code}-{issuer.pk}", year=on.year,
                    type=_TYPES[number % len(_TYPES)], issuer=issuer, owner=agency, issued_on=on, effective_on=on,
                    abstract=f"Quy định thứ {number} về quản lý và sử dụng sổ ghi chép trên địa bàn tỉnh", live=True,
                    first_published_at=timezone.now(), last_published_at=timezone.now(),
                )
            )  # fmt: skip
        _store(LegalDocument.objects.bulk_create(documents), fields)
        print(f"  {code}: {start + len(documents)} documents", end="\r", flush=True)
    print()


def _store(documents, fields):
    from legal_docs.enums import Status
    from legal_docs.models import LegalDocument, ValiditySpan
    from legal_docs.services import placing

    link = LegalDocument.fields_of_work.through
    link.objects.bulk_create(
        link(legaldocument_id=one.pk, fieldofwork_id=fields[(place + shift * 7) % len(fields)])
        for place, one in enumerate(documents)
        for shift in (0, 1)
    )
    statuses = (Status.IN_FORCE, Status.IN_FORCE, Status.PARTLY_EXPIRED, Status.EXPIRED)
    ValiditySpan.objects.bulk_create(
        ValiditySpan(document=one, status=statuses[one.pk % 4], since=date.min, until=date.max) for one in documents
    )
    placing.place(documents)


def _document(articles):
    """Publish a law with so many articles of four clauses and its contents in chapters; return it."""
    from legal_docs.tests.registry import public

    lines = []
    for number in range(1, articles + 1):
        if number % 25 == 1:
            lines += [f"Chương {number // 25 + 1}", "QUY ĐỊNH VỀ SỔ GHI CHÉP"]
        lines.append(f"Điều {number}. Trách nhiệm thứ {number} của cơ quan, tổ chức")
        clause = "Cơ quan giữ sổ ghi chép theo Điều 1 của Nghị định này, bảo đảm đầy đủ, chính xác và kịp thời. " * 3
        lines += [f"{place}. {clause}" for place in range(1, 5)]
    return public(f"{articles}/2020/NĐ-CP", text="\n".join(lines), owner="binhduong", kind="nghi_dinh")


def _cite(target, number):
    """Let so many documents cite a law, ten times each, and be based on it."""
    from legal_docs.enums import RelationKind, TextSource
    from legal_docs.models import Citation, LegalDocument, Relation, Text

    documents = list(LegalDocument.objects.filter(owner__code=LARGE).order_by("pk")[:number])
    empty = {"kind": "document"}
    texts = Text.objects.bulk_create(
        Text(document=one, source=TextSource.DATA, tree=empty, is_current=True, needs_rendering=False)
        for one in documents
    )
    Citation.objects.bulk_create(
        Citation(text=text, eid="art_1", place=1, start=n, end=n + 1, words="Điều", target=target,
                 target_eid=f"art_{(text.pk + n * 37) % 500 + 1}__para_1")
        for text in texts
        for n in range(10)
    )  # fmt: skip
    Relation.objects.bulk_create(
        Relation(source=one, kind=RelationKind.BASED_ON, target=target, target_key=target.number_key)
        for one in documents
    )


def _documents(port, short, long, citing):
    addresses = {"5 articles": short.get_absolute_url(), "500 articles": long.get_absolute_url()}
    times = _in_turn(port, {name: ("binhduong", path) for name, path in addresses.items()})
    lines = [
        f"## A document's page (2 gunicorn workers, {ROUNDS} rounds in turn, medians)",
        "",
        f"The long one is cited {citing * 10:,} times by {citing:,} documents, all of which are based on it.",
        "",
        "| document | queries | first byte, ms | whole page, ms | bytes |",
        "|---|---|---|---|---|",
    ]
    for name, path in addresses.items():
        first, whole, size = times[name]
        lines.append(f"| {name} | {_queries('binhduong', path)} | {first:.1f} | {whole:.1f} | {size:,} |")
    ratio = times["500 articles"][0] / times["5 articles"][0]
    return [*lines, "", f"First byte of 500 articles against 5: {ratio:.2f} times (bound: 3)."]


def _lists(port, large):
    from sites.models import FieldOfWork

    field = FieldOfWork.objects.order_by("pk").first().pk
    paths = {
        "newest": "/van-ban/", "one type": "/van-ban/?loai=thong_tu", "one field": f"/van-ban/?linh-vuc={field}",
        "one year": "/van-ban/?nam=2015", "type and year": "/van-ban/?loai=thong_tu&nam=2015",
        "status and field": f"/van-ban/?tinh-trang=expired&linh-vuc={field}", "page 40": "/van-ban/?trang=40",
        "last page": "/van-ban/?trang={last}", "RSS": "/van-ban/rss/",
    }  # fmt: skip
    lines = [
        f"## Lists (2 gunicorn workers, {ROUNDS} rounds in turn, medians)",
        "",
        f"| list | queries at 1,000 | at {large:,} | ms at 1,000 | at {large:,} | ratio |",
        "|---|---|---|---|---|---|",
    ]
    for name, path in paths.items():
        few, many = path.format(last=1_000 // 20), path.format(last=large // 20)
        times = _in_turn(port, {SMALL: (SMALL, few), LARGE: (LARGE, many)})
        small, big = times[SMALL][1], times[LARGE][1]
        counts = f"{_queries(SMALL, few)} | {_queries(LARGE, many)}"
        lines.append(f"| {name} | {counts} | {small:.1f} | {big:.1f} | {big / small:.2f} |")
    return [*lines, "", "Bounds: 12 queries; 1.5 times."]


def _tables(large):
    lines = [
        "## A list as a table, each in a process of its own",
        "",
        "| table | rows | seconds | MB on disk | memory above the start, MB |",
        "|---|---|---|---|---|",
    ]
    for form in ("csv", "xlsx"):
        for code, count in ((SMALL, 1_000), (LARGE, large)):
            seconds, size, memory = elsewhere(os.environ["DATABASE_URL"], _write_table, code, form)
            lines.append(f"| {form} | {count:,} | {seconds:.1f} | {size:.1f} | {memory:.0f} |")
    return lines


def _write_table(code, form):
    from legal_docs.listing.filters import Filters
    from legal_docs.listing.tables import as_csv, as_workbook, rows
    from sites.models import Agency

    agency = Agency.objects.get(code=code)
    before, begin = _most_memory(), time.perf_counter()
    table = rows(agency, Filters(), "https://example.vn")
    if form == "csv":
        size = sum(len(line.encode()) for line in as_csv(table))
    else:
        with as_workbook(table) as file:
            size = file.seek(0, os.SEEK_END)
    return time.perf_counter() - begin, size / 1e6, (_most_memory() - before) / 1_000


def _most_memory():
    """Return the most memory that this process has had, in KB; getrusage would tell its parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1])


def _queries(code, path):
    client = Client(headers={"host": f"{code}.localhost"})
    list(client.get(path))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        assert answer.status_code == 200, path
        list(answer)
    return len(queries)


def _in_turn(port, addresses):
    """Return {name: (ms to the first byte, ms to the last, bytes)}; the pages take turns, so that noise meets all."""
    found = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, (code, path) in addresses.items():
            found[name].append(_fetch(port, code, path))
    return {
        name: tuple(statistics.median(column) for column in zip(*rows, strict=True)) for name, rows in found.items()
    }


def _fetch(port, code, path):
    visit = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begin = time.perf_counter()
    visit.request("GET", path, headers={"Host": f"{code}.localhost"})
    answer = visit.getresponse()
    first = answer.read(1)
    at_first = time.perf_counter()
    size = len(first) + len(answer.read())
    at_last = time.perf_counter()
    assert answer.status == 200, path
    visit.close()
    return (at_first - begin) * 1_000, (at_last - begin) * 1_000, size
