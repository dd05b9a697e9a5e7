"""A document goes from one agency to another: by the province alone, with a reason, and with all that hangs on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from audit.models import AuditEntry
from editorial.models import ReviewInvitation
from editorial.services.approvals import submit
from editorial.services.reviews import invite
from legal_docs.models import Attachment, LegalDocument, Placement
from legal_docs.services.files import keep
from legal_docs.services.owning import change_owner
from sites.enums import Role
from sites.models import Agency

from .registry import draft, public

pytestmark = pytest.mark.django_db
LIST = "/admin/legal-documents/"
REASON = "Nhập nhầm cơ quan quản lý."
OWN = {"issuer": "stttt-so", "owner": "stttt", "kind": "quyet_dinh_cb", "effective_on": None}


@pytest.fixture
def provincial(province, django_user_model):
    user = django_user_model.objects.create_user(username="quan.tri.tinh", full_name="Người quản trị")
    user.groups.add(province.groups.get(role=Role.PROVINCIAL_ADMINISTRATOR, name="").group)
    return user


@pytest.fixture
def document():
    document = public("15/QĐ-STTTT", **OWN)
    stored = keep(ContentFile(b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"), "a.pdf")
    Attachment.objects.create(document=document, stored_file=stored, name="a.pdf")
    return LegalDocument.objects.get(pk=document.pk)


def again(document):
    return LegalDocument.objects.select_related("owner").get(pk=document.pk)


def owner_page(document):
    return f"{LIST}{document.pk}/owner/"


def given(client, document, agency, reason=REASON):
    return client.post(owner_page(document), {"agency": agency.pk, "reason": reason})


def shown_by(document):
    return set(Placement.objects.filter(document=document).values_list("agency__code", flat=True))


class TestGiving:
    def test_document_is_the_other_agencys_and_keeps_its_address(
        self, document, province, department, district, provincial, client_for
    ):
        client = client_for(province, provincial)
        page = client.get(owner_page(document)).text
        assert "Chuyển cơ quan quản lý" in page
        assert department.display_name in page
        answer = given(client, document, district)
        assert answer.url == LIST
        assert (again(document).owner, again(document).slug) == (district, document.slug)
        assert shown_by(document) == {"thuanan"}
        address = document.get_absolute_url()
        assert client_for(district).get(address).status_code == 200
        assert client_for(department).get(address).url.startswith("http://thuanan.")

    def test_people_of_the_new_agency_have_it_and_those_of_the_old_do_not(
        self, document, province, department, district, provincial, client_for, editor_of, approver_of
    ):
        before, after = client_for(department, approver_of(department)), client_for(district, editor_of(district))
        document.abstract = "Bản nháp đang viết"
        document.save_revision()
        sha256 = document.attachments.get().stored_file.sha256
        places = (f"edit/{document.pk}/", f"history/{document.pk}/", f"{document.pk}/files/{sha256}/")
        assert [before.get(LIST + place).status_code for place in places] == [200, 200, 200]
        given(client_for(province, provincial), document, district)
        assert [before.get(LIST + place).status_code for place in places] == [404, 404, 404]
        assert [after.get(LIST + place).status_code for place in places] == [200, 200, 200]
        assert "Bản nháp đang viết" in after.get(LIST + places[0]).text
        assert document.number not in before.get(LIST).text
        assert document.number in after.get(LIST).text

    def test_history_and_audit_trail_tell_who_whither_and_why(
        self, document, province, district, provincial, client_for, editor_of
    ):
        given(client_for(province, provincial), document, district)
        history = client_for(district, editor_of(district)).get(f"{LIST}history/{document.pk}/").text
        assert f"sang {district.display_name}: {REASON}" in history
        [entry] = AuditEntry.objects.filter(action="legal_docs.change_owner")
        assert (entry.actor_id, entry.agency) == (provincial.pk, "stttt")
        assert REASON in entry.details

    def test_fields_and_bound_agencies_show_it_as_before(self, document, district, provincial, department):
        document.bound_agencies.add(department)
        document.save_revision().publish()
        change_owner(document=document, agency=district, user=provincial, reason=REASON)
        assert shown_by(document) == {"thuanan", "stttt"}

    def test_draft_that_nobody_has_handed_in_goes_too_and_stays_a_draft(self, district, provincial):
        document = draft("16/QĐ-STTTT", **OWN)
        change_owner(document=document, agency=district, user=provincial, reason=REASON)
        assert (again(document).owner, again(document).live) == (district, False)
        assert not shown_by(document)

    def test_links_of_outside_reviewers_are_closed(
        self, document, department, district, provincial, editor_of, client_for
    ):
        document.save_revision()
        _invitation, token = invite(
            thing=document, revision=document.get_latest_revision(), user=editor_of(department), name="Bà Ngoài",
            email="ngoai@example.vn", days=7,
        )  # fmt: skip
        assert client_for(department).get(f"/xem-truoc/{token}/").status_code == 200
        change_owner(document=document, agency=district, user=provincial, reason=REASON)
        assert client_for(department).get(f"/xem-truoc/{token}/").status_code == 410
        assert not ReviewInvitation.objects.open(timezone.now()).exists()


class TestRefused:
    def test_draft_that_waits_for_approval_is_decided_first(
        self, document, province, department, district, provincial, editor_of, client_for
    ):
        document.abstract = "Sửa"
        document.save_revision()
        submit(thing=again(document), user=editor_of(department))
        answer = given(client_for(province, provincial), document, district)
        assert "đang chờ duyệt" in answer.text
        assert again(document).owner == department

    def test_draft_that_is_to_be_published_at_a_set_time(
        self, document, province, department, district, provincial, client_for
    ):
        document.go_live_at = timezone.now() + timedelta(days=2)
        document.save_revision().publish()
        answer = given(client_for(province, provincial), document, district)
        assert "hẹn giờ đăng" in answer.text
        assert again(document).owner == department

    @pytest.mark.parametrize("reason", ["", "   ", "ngắn", " " * 30])
    def test_reason_is_asked_for(self, reason, document, province, department, district, provincial, client_for):
        assert given(client_for(province, provincial), document, district, reason).status_code == 200
        assert again(document).owner == department

    def test_agency_without_a_portal_and_the_one_that_has_it(
        self, document, province, department, provincial, client_for
    ):
        without = Agency.objects.exclude(pk__in=Agency.objects.with_portal()).first()
        for agency in (without, department):
            assert given(client_for(province, provincial), document, agency).status_code == 200
            assert again(document).owner == department

    def test_absent_document_is_a_404(self, province, provincial, client_for):
        assert client_for(province, provincial).get(f"{LIST}999999/owner/").status_code == 404


class TestWho:
    def test_no_agency_gives_or_takes(
        self, document, department, district, editor_of, approver_of, administrator_of, client_for
    ):
        for agency in (department, district):
            for person_of in (editor_of, approver_of, administrator_of):
                user = person_of(agency)
                client = client_for(agency, user)
                assert client.get(owner_page(document)).status_code in {302, 403, 404}
                assert given(client, document, district).status_code in {302, 403, 404}
                with pytest.raises(PermissionDenied):
                    change_owner(document=document, agency=district, user=user, reason=REASON)
        assert again(document).owner == department

    def test_auditor_changes_nothing(self, document, province, department, district, client_for, django_user_model):
        auditor = django_user_model.objects.create_user(username="kiem.soat")
        auditor.groups.add(province.groups.get(role=Role.AUDITOR, name="").group)
        given(client_for(province, auditor), document, district)
        assert again(document).owner == department

    def test_only_who_may_is_shown_the_way(self, document, province, department, provincial, editor_of, client_for):
        page = f"{LIST}edit/{document.pk}/"
        assert owner_page(document) in client_for(province, provincial).get(page).text
        assert owner_page(document) not in client_for(department, editor_of(department)).get(page).text
