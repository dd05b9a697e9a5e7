"""What the public may find, and nothing else, seen at the doors by which it changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home.models import NewsIndexPage, NewsPage, SectionPage
from home.services import accept_offer, offer_article, recall_offer
from legal_docs.enums import RelationKind
from legal_docs.tests.factories import DECREE
from legal_docs.tests.registry import public, relate
from search import contents
from search.contents import documents
from search.database.engine import DatabaseEngine
from search.engine import EngineFailed, Query
from search.enums import Facet
from search.models import Change
from search.services.checking import compare, mend
from search.services.indexing import index_changes
from search.services.rebuilding import RebuildingAlready, rebuild
from search.wanted import Wanted, Word
from sites.models import FieldOfWork, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_index(db):
    rebuild(DatabaseEngine())
    Change.objects.all().delete()


@pytest.fixture
def section(department):
    return NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")


@pytest.fixture
def article(section):
    page = NewsPage(
        title="Khai trương phòng đọc", summary="Tóm tắt.", body=[("text", "<h2>Giờ mở</h2><p>Sáng thứ <b>hai</b>.</p>")]
    )
    section.add_child(instance=page)
    page.save_revision().publish()
    return NewsPage.objects.get(pk=page.pk)


def found(text="phong doc", portal=None):
    """Take in what has changed, and return the keys of what is found by all words."""
    index_changes()
    words = tuple(Word(word) for word in text.split())
    answer = DatabaseEngine().find(Query(Wanted(text, words), portal=portal.pk if portal else None))
    return [hit.key for hit in answer.hits if not hit.is_near]


def key(article):
    return f"news:{article.pk}"


class TestNews:
    def test_draft_is_not_found(self, section):
        section.add_child(instance=NewsPage(title="Phòng đọc", summary="Tóm tắt.", live=False))
        assert found() == []

    def test_published_one_is_found_by_its_text_on_its_portal(self, article, department, district):
        assert found() == [key(article)]
        assert found("thu hai", department) == [key(article)]
        assert found("thu hai", district) == []

    def test_changed_draft_of_a_public_one_is_not_found(self, article):
        article.title = "Bí mật"
        article.save_revision()
        assert found("bi mat") == []
        assert found() == [key(article)]

    def test_corrected_one_is_found_as_it_is_now(self, article):
        assert found() == [key(article)]
        article.title = "Đóng cửa nhà kho"
        article.save_revision().publish()
        assert found() == []
        assert found("nha kho") == [key(article)]

    def test_unpublished_and_deleted_ones_are_gone(self, article):
        assert found() == [key(article)]
        article.unpublish()
        assert found() == []
        article.save_revision().publish()
        assert found() == [key(article)]
        article.delete()
        assert found() == []

    def test_restricted_section_hides_what_is_below(self, article, section):
        assert found() == [key(article)]
        restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
        assert found() == []
        restriction.delete()
        assert found() == [key(article)]

    def test_moved_section_changes_the_address(self, article, section, department):
        section.move(Page.objects.get(url_path="/stttt/gioi-thieu/"), pos="last-child")
        index_changes()
        assert contents.read([key(article)])[key(article)].places[department.pk].startswith("/gioi-thieu/hoat-dong/")
        assert compare(DatabaseEngine()).keys == []

    def test_shared_one_is_found_on_both_portals_until_it_is_recalled(self, article, department, district, approver_of):
        offer = offer_article(article=article, agencies=[district], user=approver_of(department))[0]
        assert found(portal=district) == []
        target = NewsIndexPage.objects.get(url_path="/thuanan/tin-tuc/van-hoa-xa-hoi/")
        accept_offer(offer=offer, section=target, user=approver_of(district))
        assert found(portal=district) == [key(article)]
        recall_offer(offer=offer, user=approver_of(department))
        assert found(portal=district) == []
        assert found(portal=department) == [key(article)]


class TestDocuments:
    def test_is_found_by_its_articles_until_it_is_taken_down(self, province):
        document = public("1/2020/NĐ-CP", text=DECREE)
        index_changes()
        answer = DatabaseEngine().find(Query(Wanted("", tuple(Word(word) for word in ("so", "dien", "tu")))))
        thing = contents.read([answer.hits[0].key])[answer.hits[0].key]
        assert thing.key == f"document:{document.pk}"
        assert thing.passages[answer.hits[0].passages[0]].label == "Điều 2"
        document.unpublish()
        assert thing.key not in found("so dien tu")

    def test_what_it_says_of_itself(self, province):
        document = public("1/2020/NĐ-CP", text=DECREE)
        thing = contents.read([f"document:{document.pk}"])[f"document:{document.pk}"]
        assert thing.title == "Nghị định 01/2020/NĐ-CP"
        assert thing.number.number == "1"
        assert thing.number.parts == ("nd", "cp")
        assert thing.number.form == "nghi dinh"
        assert thing.day == date(2020, 1, 15)
        assert thing.facets[Facet.YEAR] == ("2020",)
        labels = [(passage.label, passage.heading, passage.anchor) for passage in thing.passages]
        assert ("Điều 2", "Giải thích từ ngữ", "art_2") in labels
        assert ("Điều 1", "Nơi giữ", "att_2__art_1") in labels
        first = next(passage for passage in thing.passages if passage.anchor == "art_1")
        assert first.text == "Nghị định này quy định về sổ ghi chép."

    def test_long_article_is_divided_by_its_clauses(self, province):
        clauses = "\n".join(f"{number}. {'từ ' * 100}số{number}." for number in range(1, 9))
        document = public(text=f"Điều 1. Dài\n{clauses}")
        thing = contents.read([f"document:{document.pk}"])[f"document:{document.pk}"]
        assert [passage.anchor for passage in thing.passages] == [f"art_1__para_{number}" for number in (1, 3, 5, 7)]
        assert {(passage.label, passage.heading) for passage in thing.passages} == {("Điều 1", "Dài")}

    def test_is_found_on_the_portals_whose_field_it_touches(self, department, district):
        field = FieldOfWork.objects.create(name_vi="Ghi chép")
        department.fields_of_work.add(field)
        document = public(fields=[field])
        assert found("ghi chep", department) == [f"document:{document.pk}"]
        assert found("ghi chep", district) == []

    def test_status_follows_what_others_do(self, province):
        old, new = public("1/2020/NĐ-CP"), public("2/2020/NĐ-CP", on=date(2020, 6, 1))
        index_changes()
        relate(new, RelationKind.REPLACES, old)
        index_changes()
        expired = DatabaseEngine().find(Query(facets={Facet.STATUS: ("expired",)}))
        assert [hit.key for hit in expired.hits] == [f"document:{old.pk}"]

    def test_reading_costs_the_same_for_one_and_for_many(self, province):
        keys = [public(f"{number}/2020/NĐ-CP", text="Điều 1. Sổ\nSổ.").pk for number in range(1, 9)]
        with CaptureQueriesContext(connection) as one:
            documents.read(keys[:1])
        with CaptureQueriesContext(connection) as many:
            documents.read(keys)
        assert len(many) == len(one) <= 6


def test_sections_and_agencies_are_found(department):
    page = SectionPage(title="Hỏi đáp về cước", introduction="Cước viễn thông.", body=[])
    Page.objects.get(url_path="/stttt/gioi-thieu/").specific.add_child(instance=page)
    page.save_revision().publish()
    assert found("hoi dap cuoc") == [f"section:{page.pk}"]
    unit = Unit.objects.create(agency=department, name_vi="Trung tâm Đo kiểm", duties="Đo kiểm sóng.")
    assert found("do kiem song") == [f"unit:{unit.pk}"]
    assert set(found("trung tam do kiem")) == {f"unit:{unit.pk}", f"agency:{department.pk}"}


def test_change_and_note_are_one(article, section):
    Change.objects.all().delete()
    article.title = "Nhà kho"
    article.save_revision().publish()
    assert set(Change.objects.values_list("key", flat=True)) == {key(article)}


def test_killed_between_index_and_outbox_does_it_again(article, monkeypatch):
    monkeypatch.setattr(Change.objects.none().__class__, "delete", _killed)
    with pytest.raises(KeyboardInterrupt):
        index_changes()
    monkeypatch.undo()
    assert Change.objects.filter(key=key(article)).exists()
    assert found() == [key(article)]
    assert not Change.objects.exists()


def _killed(*args):
    raise KeyboardInterrupt


def test_a_broken_thing_waits_alone(article, section, monkeypatch):
    other = NewsPage(title="Phòng đọc khác", summary="Tóm tắt.")
    section.add_child(instance=other)
    other.save_revision().publish()
    read = contents.read

    def read_unless_broken(keys):
        if key(other) in keys:
            raise ValueError
        return read(keys)

    monkeypatch.setattr(contents, "read", read_unless_broken)
    assert found() == [key(article)]
    assert set(Change.objects.values_list("key", flat=True)) == {key(other)}
    assert not Change.objects.filter(attempts=0).exists()
    assert not Change.objects.filter(not_before=None).exists()
    monkeypatch.undo()
    Change.objects.update(not_before=None)
    assert set(found()) == {key(article), key(other)}


def test_an_engine_that_fails_keeps_its_changes(article, monkeypatch):
    def fail(*args):
        raise EngineFailed("no space left")

    monkeypatch.setattr(DatabaseEngine, "put", fail)
    assert index_changes() == 0
    assert Change.objects.filter(key=key(article)).exists()
    monkeypatch.undo()
    assert found() == [key(article)]


def test_what_changes_during_a_rebuild_is_in_both(article, monkeypatch):
    assert found() == [key(article)]

    def change_meanwhile(count):
        if not Change.objects.exists():
            article.title = "Nhà kho"
            article.save_revision().publish()
            assert found("nha kho") == [key(article)]

    rebuild(DatabaseEngine(), change_meanwhile)
    assert found("nha kho") == [key(article)]
    assert found() == []
    assert not Change.objects.exists()


def test_a_second_rebuild_at_the_same_time_is_refused(article):
    def again(count):
        with pytest.raises(RebuildingAlready):
            rebuild(DatabaseEngine())

    assert rebuild(DatabaseEngine(), again)


def test_check_finds_and_mends_every_kind_of_difference(article, section):
    engine = DatabaseEngine()
    assert found() == [key(article)]
    assert compare(engine).keys == []
    NewsPage.objects.filter(pk=article.pk).update(summary="Ở sau lưng.")
    other = NewsPage(title="Khác", summary="Tóm tắt.")
    section.add_child(instance=other)
    Change.objects.all().delete()
    engine.drop([f"section:{section.pk}"])
    thing = contents.read([key(article)])[key(article)]
    engine.put([type(thing)("news:999999", "Thừa", thing.owner, thing.places)])
    difference = compare(engine)
    assert difference.stale == [key(article)]
    assert set(difference.missing) == {f"section:{section.pk}", key(other)}
    assert difference.left_over == ["news:999999"]
    assert mend(engine, difference) == 4
    assert compare(engine).keys == []
