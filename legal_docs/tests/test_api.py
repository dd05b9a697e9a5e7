"""The API: what other programs read of the registry, and what they never see."""

from datetime import date

import pytest

from legal_docs.enums import RelationKind
from sites.models import Agency

from .registry import COMMITTEE, draft, public, relate

pytestmark = pytest.mark.django_db
TEXT = (
    "Căn cứ Luật Đất đai số 45/2013/QH13;\nĐiều 1. Phạm vi\n1. Xem Điều 2 Nghị định này.\n2. Khác.\nĐiều 2. Hết\nHết."
)


@pytest.fixture
def get(client):
    def ask(address, code=200, **query):
        answer = client.get(f"/api/v1/{address}", query, headers={"host": "binhduong.localhost"})
        assert answer.status_code == code, answer.content
        return answer.json()

    return ask


def numbers(answer):
    return [item["number"] for item in answer["items"]]


def test_documents_are_listed_newest_first_with_their_status_on_a_day(get):
    public("01/2020/NĐ-CP", effective_on=date(2020, 3, 5))
    public("02/2021/NĐ-CP", on=date(2021, 1, 15))
    assert numbers(get("documents")) == ["02/2021/NĐ-CP", "01/2020/NĐ-CP"]
    [item] = get("documents", number="1 /2020/NĐ–CP", on="2020-03-04")["items"]
    assert (item["status"], item["type"], item["issuer"]["code"]) == (
        "not_yet_in_force",
        {"code": "nghi_dinh", "name": "Nghị định"},
        "chinh-phu",
    )
    assert item["url"].endswith("/van-ban/01-2020-nd-cp/")


def test_stretches_of_a_list_join_without_gap_or_repeat(get):
    for number in range(1, 8):
        public(f"{number:02}/2020/NĐ-CP")
    seen, cursor = [], ""
    while cursor is not None:
        answer = get("documents", limit=3, cursor=cursor)
        seen += numbers(answer)
        cursor = answer["next"]
    assert seen == [f"{number:02}/2020/NĐ-CP" for number in range(7, 0, -1)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type": "nghi_dinh"}, {"01/2020/NĐ-CP"}),
        ({"issuer": COMMITTEE}, {"15/QĐ-UBND"}),
        ({"year": 2021}, {"15/QĐ-UBND"}),
        ({"agency": "thuanan"}, {"15/QĐ-UBND"}),
        ({"status": "in_force", "on": "2020-12-31"}, {"01/2020/NĐ-CP"}),
        ({"type": "khong-co"}, set()),
        ({"number": "không phải số"}, set()),
    ],
)
def test_lists_are_narrowed(get, query, expected):
    public("01/2020/NĐ-CP")
    district = Agency.objects.get(code="thuanan")
    public("15/QĐ-UBND", kind="quyet_dinh_cb", issuer=COMMITTEE, on=date(2021, 2, 3), binds=[district])
    assert set(numbers(get("documents", **query))) == expected


def test_document_is_read_with_its_parts_citations_and_life(get):
    law = public(
        "45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), abstract="Đất đai",
        text="Điều 1. Phạm vi\nLuật này quy định.",
    )  # fmt: skip
    document = public(text=TEXT)
    slug = document.slug
    assert get(f"documents/{slug}")["has_text"]
    parts = get(f"documents/{slug}/elements")["items"]
    assert [part["eid"] for part in parts if part["kind"] == "article"] == ["art_1", "art_2"]
    assert get(f"documents/{slug}/elements/art_1__para_1")["content"].endswith("Xem Điều 2 Nghị định này.")
    basis, own = get(f"documents/{slug}/citations")["items"]
    assert (basis["cited"]["slug"], basis["is_legal_basis"], basis["is_found"]) == (law.slug, True, True)
    assert (own["cited_eid"], own["cited"]["slug"]) == ("art_2", slug)
    [citing] = get(f"documents/{law.slug}/citations", direction="in")["items"]
    assert citing["citing"]["slug"] == slug
    life = get(f"documents/{slug}/validity")
    assert [span["status"] for span in life] == ["not_yet_in_force", "in_force"]
    assert (life[0]["since"], life[-1]["until"]) == (None, None)


def test_relations_are_told_at_both_ends(get):
    old, new = public(), public("05/2022/NĐ-CP", on=date(2022, 1, 10))
    relate(new, RelationKind.REPLACES, old)
    [out] = get(f"documents/{new.slug}/relations")
    [back] = get(f"documents/{old.slug}/relations")
    assert (out["direction"], out["kind"], out["document"]["slug"]) == ("out", "replaces", old.slug)
    assert (back["direction"], back["document"]["slug"]) == ("in", new.slug)
    assert get(f"documents/{old.slug}/validity")[-1]["causes"][0]["slug"] == new.slug


def test_nothing_of_a_draft_is_told(get):
    hidden = draft("45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), abstract="Bí mật")
    document = public(text=TEXT)
    relate(document, RelationKind.BASED_ON, hidden)
    relate(hidden, RelationKind.AMENDS, document)
    get(f"documents/{hidden.slug}", 404)
    told = [get("documents"), get(f"documents/{document.slug}/relations"), get(f"documents/{document.slug}/citations")]
    assert "Bí mật" not in str(told)
    assert hidden.slug not in str(told)
    assert [row["direction"] for row in told[1]] == ["out"]


@pytest.mark.parametrize(
    "query",
    [{"cursor": "x"}, {"cursor": "2020-13-45.1"}, {"cursor": "2020-01-01." + "9" * 25}, {"limit": 0}, {"year": "năm"}],
)
def test_bad_question_is_refused_in_words(get, query):
    code = 400 if "cursor" in query else 422
    assert get("documents", code, **query)["detail"]


def test_api_is_described(get):
    described = get("openapi.json")
    assert {"/api/v1/documents", "/api/v1/documents/{slug}/citations"} <= set(described["paths"])
    assert described["components"]["schemas"]["Document"]["properties"]["number"]["description"]


def test_reading_costs_the_same_however_long_the_list_is(get, django_assert_max_num_queries):
    for number in range(1, 12):
        public(f"{number:02}/2020/NĐ-CP")
    with django_assert_max_num_queries(6):
        get("documents")


def test_exports_and_files_of_public_documents_only(client):
    document = public(text=TEXT)
    host = {"host": "binhduong.localhost"}
    address = document.get_absolute_url()
    assert b"akomaNtoso" in client.get(f"{address}akn.xml", headers=host).content
    assert client.get(f"{address}json-ld.json", headers=host).json()["legislationIdentifier"] == document.number
    assert "Điều 1. Phạm vi" in client.get(f"{address}toan-van.txt", headers=host).content.decode()
    document.unpublish()
    for name in ("akn.xml", "json-ld.json", "toan-van.txt"):
        assert client.get(address + name, headers=host).status_code == 404


def test_answers_are_open_to_scripts_of_other_sites(client):
    answer = client.get("/api/v1/types", headers={"host": "binhduong.localhost", "origin": "https://vi-du.test"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer["Cache-Control"]
