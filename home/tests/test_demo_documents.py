"""Legal documents of the demo: every feature of the registry has something to show."""

from datetime import date

import pytest

from home.demo.documents import add_documents
from legal_docs.enums import RelationKind, Status
from legal_docs.models import Attachment, Citation, LegalDocument, Placement, Relation
from legal_docs.services import validity
from sites.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return add_documents(list(Agency.objects.with_portal()))


def named(number):
    return LegalDocument.objects.get(number=number, owner__code="binhduong")


def test_each_portal_has_some_and_each_says_that_it_is_made_up(documents):
    assert documents == LegalDocument.objects.count() == 4 + 3 + 3
    assert not LegalDocument.objects.exclude(abstract__endswith="(văn bản dùng thử)").exists()
    assert not LegalDocument.objects.filter(text=None).exists()


def test_second_run_adds_nothing():
    assert add_documents(list(Agency.objects.with_portal())) == 0


def test_one_is_replaced_and_one_expired_in_part():
    day = date(2017, 10, 5)
    assert validity.status_of(named("881/2012/QĐ-UBND"), day).status == Status.EXPIRED
    assert validity.status_of(named("905/2016/QĐ-UBND"), day).status == Status.PARTLY_EXPIRED
    assert Relation.objects.filter(kind=RelationKind.GUIDES, target=named("905/2016/QĐ-UBND")).count() == 2


def test_department_and_district_cite_the_decision_down_to_the_point():
    cited = Citation.objects.filter(target=named("905/2016/QĐ-UBND"), target_eid="art_3__para_1__point_a")
    assert set(cited.values_list("text__document__owner__code", flat=True)) == {"stttt", "thuanan"}
    assert not Citation.objects.filter(is_self=True, target=None).exists()


def test_decision_that_binds_all_is_shown_by_all():
    shown = Placement.objects.filter(document=named("905/2016/QĐ-UBND"), field=None)
    assert set(shown.values_list("agency__code", flat=True)) == {"binhduong", "stttt", "thuanan"}


def test_some_have_files():
    assert Attachment.objects.count() == 4
    assert {one.stored_file.media_type for one in Attachment.objects.all()} == {"application/pdf"}
