"""What follows from documents as they come, change and go: validity, citations, links, lists and their numbers."""

from datetime import date

import pytest

from legal_docs.enums import Facet, RelationKind, Status
from legal_docs.models import Citation, Issuer, ListCount, Placement
from legal_docs.numbers import parse_number
from legal_docs.services import placing, registering, rendering, validity
from legal_docs.services.issuers import IssuerFinder
from legal_docs.validity import contradiction
from sites.models import Agency, FieldOfWork

from .registry import COMMITTEE, draft, give, public, relate

pytestmark = pytest.mark.django_db
LAND = "45/2013/QH13"


def land_law(**more):
    more = {"kind": "luat", "issuer": "quoc-hoi", "on": date(2013, 11, 29), "effective_on": date(2014, 7, 1)} | more
    text = more.pop("text", "Điều 1. Phạm vi\n1. Luật này quy định.\n2. Khác.\nĐiều 2. Đối tượng\nMọi người.")
    return public(more.pop("number", LAND), abstract="Đất đai", text=text, **more)


def status(document, year, month=1, day=1):
    return validity.status_of(document, date(year, month, day)).status


def shown_by(document):
    return set(Placement.objects.filter(document=document).values_list("agency__code", flat=True))


def number_of(agency, facet=Facet.ALL, value="", by=Facet.ALL, by_value=""):
    kept = ListCount.objects.filter(agency__code=agency, facet=facet, value=value, by=by, by_value=by_value)
    return kept.values_list("count", flat=True).first() or 0


# Validity


def test_document_is_in_force_from_its_first_day():
    document = public(effective_on=date(2020, 3, 5))
    assert status(document, 2020, 3, 4) == Status.NOT_YET_IN_FORCE
    assert status(document, 2020, 3, 5) == Status.IN_FORCE


def test_administrative_document_is_in_force_when_it_is_signed():
    document = public("15/QĐ-UBND", kind="quyet_dinh_cb", issuer=COMMITTEE, on=date(2020, 2, 3), effective_on=None)
    assert status(document, 2020, 2, 2) == Status.NOT_YET_IN_FORCE
    assert status(document, 2020, 2, 3) == Status.IN_FORCE


def test_later_document_ends_the_one_that_it_replaces():
    old, new = public(), public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relation = relate(new, RelationKind.REPLACES, old)
    assert status(old, 2022, 3, 31) == Status.IN_FORCE
    assert status(old, 2022, 4, 1) == Status.EXPIRED
    assert validity.status_of(old, date(2022, 4, 1)).causes == [relation.pk]
    old.refresh_from_db()
    assert old.ended_on == date(2022, 4, 1)


def test_draft_ends_nothing_and_neither_does_what_was_taken_down():
    old = public()
    new = draft("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relate(new, RelationKind.REPLACES, old)
    assert status(old, 2022, 4, 1) == Status.IN_FORCE
    new.save_revision().publish()
    assert status(old, 2022, 4, 1) == Status.EXPIRED
    new.refresh_from_db()
    new.unpublish()
    assert status(old, 2022, 4, 1) == Status.IN_FORCE


def test_relation_that_is_taken_back_or_moved_frees_its_old_target():
    first, second = public(), public("02/2020/NĐ-CP")
    new = public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relation = relate(new, RelationKind.REPEALS, first)
    relation.target = second
    relation.save()
    assert (status(first, 2023), status(second, 2023)) == (Status.IN_FORCE, Status.EXPIRED)
    relation.delete()
    assert status(second, 2023) == Status.IN_FORCE


def test_relation_finds_the_document_that_it_knew_by_number_when_that_arrives():
    new = public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relation = relate(new, RelationKind.REPLACES, target_number="01/2020/NĐ-CP")
    old = public()
    relation.refresh_from_db()
    assert relation.target == old
    assert status(old, 2023) == Status.EXPIRED


def test_number_that_two_documents_have_is_not_guessed():
    new = public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relation = relate(new, RelationKind.REFERS_TO, target_number="15/QĐ-UBND")
    for year in (2020, 2021):
        public("15/QĐ-UBND", kind="quyet_dinh_cb", issuer=COMMITTEE, on=date(year, 2, 3))
    relation.refresh_from_db()
    # The first one found it, being alone; a registry that has both would not have.
    assert relation.target.year == 2020
    other = relate(new, RelationKind.GUIDES, target_number="15/QĐ-UBND")
    other.refresh_from_db()
    assert other.target is None


def test_status_that_relations_contradict_is_told():
    old = public(stated_status=Status.IN_FORCE)
    new = public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1))
    relate(new, RelationKind.REPLACES, old)
    documents = type(old).objects.all()
    [found] = validity.contradictions(documents, date(2022, 5, 1))
    assert (found, found.derived, found.derived_since) == (old, Status.EXPIRED, date(2022, 4, 1))
    assert not validity.contradictions(documents, date(2022, 3, 1))


@pytest.mark.parametrize("stated", Status)
def test_status_is_a_contradiction_in_a_list_where_it_is_one_by_itself(stated):
    document = public(stated_status=stated)
    days = (date(2020, 1, 1), date(2021, 1, 1), date(2024, 1, 1))
    relate(
        public("05/2022/NĐ-CP", on=date(2022, 1, 10), effective_on=date(2022, 4, 1)), RelationKind.REPLACES, document
    )
    own = type(document).objects.filter(pk=document.pk)
    life = validity.lives_of([document])[document.pk]
    for day in days:
        assert validity.contradictions(own, day).exists() == (contradiction(stated, life, day) is not None)


def test_day_turns_statuses_in_lists_and_their_numbers():
    document = public(effective_on=date(2020, 3, 5))
    placing.place([document], on=date(2020, 3, 1))
    assert number_of("binhduong", by=Facet.STATUS, by_value=Status.NOT_YET_IN_FORCE) == 1
    assert validity.turn_day(date(2020, 3, 5)) == 1
    assert number_of("binhduong", by=Facet.STATUS, by_value=Status.NOT_YET_IN_FORCE) == 0
    assert number_of("binhduong", by=Facet.STATUS, by_value=Status.IN_FORCE) == 1
    assert validity.turn_day(date(2020, 3, 5)) == 0


# Citations


def test_citation_leads_to_the_article_of_the_document_in_force_on_the_day_of_signing():
    law = land_law()
    decree = public(text="Điều 1. Phạm vi\nThực hiện khoản 2 Điều 1 Luật Đất đai.")
    [citation] = Citation.objects.filter(text=decree.text)
    assert (citation.target, citation.target_eid, citation.lacks_element) == (law, "art_1__para_2", False)
    assert f'href="{law.get_absolute_url()}#art_1__para_2"' in decree.text.html


def test_citation_waits_for_its_document():
    decree = public(text="Điều 1. Phạm vi\nThực hiện Điều 1 Luật Đất đai số 45/2013/QH13.")
    citation = Citation.objects.get(text=decree.text)
    assert citation.target is None
    law = land_law()
    rendering.render_waiting()
    citation.refresh_from_db()
    decree.text.refresh_from_db()
    assert citation.target == law
    assert law.get_absolute_url() in decree.text.html


def test_element_that_the_document_lacks_is_told():
    land_law()
    decree = public(text="Điều 1. Phạm vi\nThực hiện Điều 99 Luật Đất đai.")
    assert Citation.objects.get(text=decree.text).lacks_element


def test_citation_of_the_own_document_leads_to_its_place():
    decree = public(text="Điều 1. Phạm vi\nXem Điều 2 Nghị định này.\nĐiều 2. Khác\nKhông.")
    assert 'href="#art_2"' in decree.text.html


def test_link_goes_when_the_cited_document_is_taken_down():
    law = land_law()
    decree = public(text="Điều 1. Phạm vi\nThực hiện Điều 1 Luật Đất đai.")
    law.unpublish()
    rendering.render_waiting()
    decree.text.refresh_from_db()
    assert law.get_absolute_url() not in decree.text.html


def test_draft_is_no_target_of_a_link():
    draft("45/2013/QH13", kind="luat", issuer="quoc-hoi", on=date(2013, 11, 29), abstract="Đất đai")
    decree = public(text="Điều 1. Phạm vi\nThực hiện Điều 1 Luật Đất đai.")
    assert Citation.objects.get(text=decree.text).target is None


def test_next_text_takes_the_place_of_the_last_one_when_it_is_published():
    document = public(text="Điều 1. Cũ\nCũ.")
    first = document.text
    second = give(document, "Điều 1. Mới\nMới.")
    revision = document.save_revision()
    first.refresh_from_db()
    assert first.is_current
    revision.publish()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)


# Lists


def test_document_is_shown_by_its_owner_by_fields_and_by_whom_it_binds():
    field = FieldOfWork.objects.create(name_vi="Thử nghiệm")
    Agency.objects.get(code="stttt").fields_of_work.add(field)
    district = Agency.objects.get(code="thuanan")
    assert shown_by(public()) == {"binhduong"}
    assert shown_by(public("02/2020/NĐ-CP", fields=[field])) == {"binhduong", "stttt"}
    assert shown_by(public("03/2020/NĐ-CP", binds=[district])) == {"binhduong", "thuanan"}


def test_lists_are_counted_by_each_facet_and_by_two():
    field = FieldOfWork.objects.create(name_vi="Thử nghiệm")
    public(fields=[field])
    public("02/2021/NĐ-CP", on=date(2021, 1, 15))
    assert number_of("binhduong") == 2
    assert number_of("binhduong", by=Facet.YEAR, by_value="2021") == 1
    assert number_of("binhduong", Facet.TYPE, "nghi_dinh", Facet.YEAR, "2020") == 1
    assert number_of("binhduong", Facet.FIELD, str(field.pk)) == 1
    assert number_of("binhduong", Facet.FIELD, str(field.pk), Facet.YEAR, "2020") == 1
    assert number_of("binhduong", Facet.FIELD, str(field.pk), Facet.YEAR, "2021") == 0


def test_document_that_goes_leaves_lists_and_numbers():
    document, other = public(), public("02/2020/NĐ-CP")
    document.unpublish()
    assert not shown_by(document)
    assert number_of("binhduong") == 1
    other.delete()
    assert number_of("binhduong") == 0


def test_numbers_kept_by_difference_are_those_counted_anew():
    field = FieldOfWork.objects.create(name_vi="Thử nghiệm")
    documents = [public(f"{number:02}/2020/NĐ-CP", fields=[field] * (number % 2)) for number in range(1, 5)]
    documents[0].unpublish()
    documents[1].abstract = "Khác"
    documents[1].save_revision().publish()
    registering.register(documents)
    agency = Agency.objects.get(code="binhduong")
    # Zeros are left where something went.
    ListCount.objects.filter(count=0).delete()
    assert placing.recount(agency) == 0
    ListCount.objects.filter(agency=agency, by=Facet.ALL, facet=Facet.ALL).update(count=99)
    assert placing.recount(agency) == 1
    assert number_of("binhduong") == 3


def test_portal_shows_more_when_its_agency_gets_a_field(django_capture_on_commit_callbacks):
    field = FieldOfWork.objects.create(name_vi="Thử nghiệm")
    document = public(fields=[field])
    agency = Agency.objects.get(code="stttt")
    with django_capture_on_commit_callbacks(execute=True):
        agency.fields_of_work.add(field)
    assert shown_by(document) == {"binhduong", "stttt"}
    with django_capture_on_commit_callbacks(execute=True):
        agency.fields_of_work.remove(field)
    assert shown_by(document) == {"binhduong"}


# Issuers


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        ("Uỷ ban thường vụ Quốc hội", ["uy-ban-thuong-vu-quoc-hoi"]),
        ("Bộ Giáo Dục và Ðào Tạo", ["bo-giao-duc-va-dao-tao"]),
        ("Bộ Giáo dục và Đào tạo và Bộ Tài chính", ["bo-giao-duc-va-dao-tao", "bo-tai-chinh"]),
        ("Bộ Văn hóa - Thể thao và Du lịch", ["bo-van-hoa-the-thao-va-du-lich"]),
        (
            "Bộ Công an, Bộ Quốc phòng, Viện kiểm sát nhân dân tối cao và Toà án nhân dân tối cao",
            ["bo-cong-an", "bo-quoc-phong", "vien-kiem-sat-nhan-dan-toi-cao", "toa-an-nhan-dan-toi-cao"],
        ),
        ("Bộ Không có và Bộ Tài chính", []),
        ("", []),
    ],
)
def test_issuers_are_found_by_any_spelling(names, codes):
    assert [issuer.code for issuer in IssuerFinder().named(names)] == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("43/2011/NĐ-CP", ["chinh-phu"]),
        ("45/2013/QH13", ["quoc-hoi"]),
        ("01/2006/TTLT-BGD&ĐT-BNV-BTC", ["bo-giao-duc-va-dao-tao", "bo-noi-vu", "bo-tai-chinh"]),
        ("15/QĐ-UBND", []),
    ],
)
def test_issuers_are_found_by_the_symbol_of_a_number(number, codes):
    assert [issuer.code for issuer in IssuerFinder().of_number(parse_number(number))] == codes


def test_agencies_issue_documents_once_their_portals_are_open():
    codes = set(
        Issuer.objects.filter(agency__code__in=["binhduong", "stttt", "thuanan"]).values_list("code", flat=True)
    )
    assert {"binhduong-ubnd-tinh", "stttt-so", "thuanan-ubnd-huyen", "thuanan-hdnd-huyen"} <= codes
    assert Issuer.objects.get(code="binhduong-ubnd-tinh").name_vi == "Ủy ban nhân dân tỉnh Bình Dương"
