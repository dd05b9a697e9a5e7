"""Records go the way that pages go: handed in, approved by a second person, withdrawn with a reason."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import WorkflowState

from audit.models import AuditEntry
from editorial.models import ForcedPublication, ReviewInvitation, Withdrawal
from editorial.ownership import stamp
from editorial.services.approvals import approve, submit, waiting_state
from editorial.services.withdrawals import take_back, withdraw
from legal_docs.models import Issuer, LegalDocument

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
REASON = "Văn bản có sai sót về số liệu."
ACTS = ("submit", "decide", "force", "withdraw", "take-back", "reviewers")


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def approver(department, approver_of):
    user = approver_of(department)
    user.email = "duyet@example.vn"
    user.save()
    return user


@pytest.fixture
def draft(department, editor):
    return draft_of(department, editor)


def draft_of(agency, author, number="15/QĐ-STTTT"):
    document = LegalDocument(
        owner=agency, number=number, type="quyet_dinh_cb", issuer=Issuer.objects.filter(agency=agency).first(),
        abstract="Ban hành quy chế làm việc", issued_on=date(2025, 5, 6), live=False,
    )  # fmt: skip
    document.save()
    document.save_revision(user=author, log_action=True)
    return again(document)


def again(document):
    return LegalDocument.objects.get(pk=document.pk)


def published(agency, author, approver, **more):
    document = draft_of(agency, author, **more)
    submit(thing=document, user=author)
    approve(thing=again(document), user=approver, seen=seen(document))
    return again(document)


def url(document, act):
    return f"/admin/editorial/things/legal_docs/legaldocument/{document.pk}/{act}/"


def seen(document):
    return stamp(again(document).get_latest_revision())


def decide(client, document, decision, **data):
    return client.post(url(document, "decide"), {"seen": seen(document), "decision": decision, **data})


class TestWay:
    def test_draft_goes_from_its_author_to_the_public_by_two_persons(
        self, department, draft, editor, approver, client_for, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client_for(department, editor).post(url(draft, "submit"), {"remark": "Xin xem giúp"})
        assert answer.url == "/admin/legal-documents/"
        assert f"http://stttt.localhost:8000{url(draft, 'decide')}" in mail.outbox[0].body
        client = client_for(department, approver)
        assert url(draft, "decide") in client.get("/admin/").text
        assert "Xin xem giúp" in client.get(url(draft, "decide")).text
        assert decide(client, draft, "approve").status_code == 302
        assert again(draft).live
        assert waiting_state(again(draft)) is None

    def test_every_portal_has_a_way_of_its_own(self, department, district, draft, editor_of):
        other = draft_of(district, editor_of(district), "15/QĐ-UBND")
        assert draft.get_workflow() == department.site.root_page.get_workflow()
        assert other.get_workflow() == district.site.root_page.get_workflow() != draft.get_workflow()

    def test_nobody_approves_own_work(self, department, editor, approver, client_for):
        document = draft_of(department, approver)
        submit(thing=document, user=editor)
        client = client_for(department, approver)
        assert "Bạn đã sửa bản nháp này" in client.get(url(document, "decide")).text
        decide(client, document, "approve")
        assert not again(document).live

    def test_sent_back_with_a_reason_and_handed_in_again(self, department, draft, editor, approver, client_for):
        submit(thing=draft, user=editor)
        decide(client_for(department, approver), draft, "return", remark="Thiếu ngày hiệu lực")
        client = client_for(department, editor)
        assert "Thiếu ngày hiệu lực" in client.get(f"/admin/legal-documents/edit/{draft.pk}/").text
        assert client.post(url(draft, "submit"), {}).status_code == 302
        assert waiting_state(again(draft))

    def test_scheduled_document_comes_out_at_its_time(self, department, draft, editor, approver, client_for):
        submit(thing=draft, user=editor)
        at = timezone.now()
        approve(thing=again(draft), user=approver, seen=seen(draft), publish_at=at + timedelta(days=1), at=at)
        assert not again(draft).live
        revision = again(draft).get_latest_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=at - timedelta(minutes=1))
        LegalDocument.objects.filter(pk=draft.pk).update(go_live_at=at - timedelta(minutes=1))
        revision.refresh_from_db()
        revision.content["go_live_at"] = (at - timedelta(minutes=1)).isoformat()
        revision.save()
        call_command("publish_scheduled")
        assert again(draft).live

    def test_draft_changed_meanwhile_is_read_again(self, department, draft, editor, approver, client_for):
        submit(thing=draft, user=editor)
        before = seen(draft)
        draft.abstract = "Đổi"
        draft.save_revision(user=editor)
        client = client_for(department, approver)
        client.post(url(draft, "decide"), {"seen": before, "decision": "approve"})
        assert not again(draft).live

    def test_change_of_what_is_public_shows_what_differs(self, department, editor, approver, client_for):
        document = published(department, editor, approver)
        document.abstract = "Ban hành quy chế mới"
        document.save_revision(user=editor)
        submit(thing=again(document), user=editor)
        answer = client_for(department, approver).get(url(document, "decide"))
        assert "mới" in answer.text
        assert "Trích yếu" in answer.text

    def test_draft_that_breaks_the_law_is_not_handed_in(self, department, editor, client_for):
        document = draft_of(department, editor)
        document.type, document.number = "nghi_dinh", "15/2025/NĐ-CP"
        document.save_revision(user=editor, clean=False)
        answer = client_for(department, editor).get(url(document, "submit"), follow=True)
        assert "80/2015/QH13" in answer.text


class TestForcing:
    def test_it_is_reported_with_its_reason(self, department, draft, approver, administrator_of, client_for):
        answer = client_for(department, approver).post(
            url(draft, "force"), {"seen": seen(draft), "reason": "Ứng phó bão khẩn cấp"}
        )
        assert answer.status_code == 302
        assert again(draft).live
        assert ForcedPublication.objects.get().thing == draft
        report = client_for(department, administrator_of(department)).get("/admin/editorial/forced/")
        assert "Ứng phó bão khẩn cấp" in report.text
        assert f"/admin/legal-documents/edit/{draft.pk}/" in report.text


class TestWithdrawing:
    def test_notice_stands_at_the_address_until_it_is_taken_back(self, department, editor, approver, client_for):
        document = published(department, editor, approver)
        client = client_for(department, approver)
        assert client.get(url(document, "withdraw")).status_code == 200
        assert client.post(url(document, "withdraw"), {"reason": REASON}).status_code == 302
        assert not again(document).live
        withdrawal = Withdrawal.objects.at(document.get_absolute_url()).get()
        assert (withdrawal.agency, withdrawal.reason) == (department, REASON)
        assert REASON in client.get(url(document, "take-back")).text
        assert client.post(url(document, "take-back")).status_code == 302
        assert again(document).live
        assert not Withdrawal.objects.in_force().exists()

    def test_taking_one_back_leaves_the_others(self, department, editor, approver):
        first = published(department, editor, approver)
        second = published(department, editor, approver, number="16/QĐ-STTTT")
        at = timezone.now()
        for document in (first, second):
            withdraw(thing=document, user=approver, reason=REASON, at=at)
        take_back(thing=again(first), user=approver)
        assert (again(first).live, again(second).live) == (True, False)

    def test_wagtails_unpublishing_leads_here(self, department, editor, approver, client_for):
        document = published(department, editor, approver)
        answer = client_for(department, approver).post(f"/admin/legal-documents/unpublish/{document.pk}/")
        assert answer.url == url(document, "withdraw")
        assert again(document).live


class TestReviewers:
    def test_reviewer_reads_the_draft_by_a_link(self, department, draft, editor, client_for):
        answer = client_for(department, editor).post(
            url(draft, "reviewers"),
            {"name": "Bà Ngoài", "email": "ngoai@example.vn", "days": 7, "revision": draft.latest_revision_id},
        )
        link = answer.context["link"]
        path = "/" + link.split("/", 3)[3]
        read = client_for(department).get(path)
        assert read.status_code == 200
        assert draft.abstract in b"".join(read).decode()
        invitation = ReviewInvitation.objects.get()
        revoked = client_for(department, editor).post(f"/admin/editorial/invitations/{invitation.pk}/revoke/")
        assert revoked.url == url(draft, "reviewers")
        assert client_for(department).get(path).status_code == 410


class TestOthers:
    @pytest.mark.parametrize("act", ACTS)
    def test_document_of_another_agency_is_nobodys_business(
        self, act, department, district, draft, editor, approver, editor_of, approver_of, administrator_of, client_for
    ):
        submit(thing=draft, user=editor)
        for user in (editor_of(district), approver_of(district), administrator_of(district)):
            client = client_for(district, user)
            assert client.get(url(draft, act)).status_code == 404
            assert client.post(url(draft, act), {"reason": REASON}).status_code == 404

    @pytest.mark.parametrize(
        "words",
        ["legal_docs/legaldocument/999999", "legal_docs/issuer/1", "no_app/nothing/1", "wagtailcore/page/3",
         "legal_docs/legaldocument/abc", "legal_docs/legaldocument/" + "9" * 60, "auth/group/1"],
    )  # fmt: skip
    def test_what_is_no_record_is_a_404(self, words, department, approver, client_for):
        client = client_for(department, approver)
        for act in ACTS:
            assert client.get(f"/admin/editorial/things/{words}/{act}/").status_code == 404

    def test_editor_neither_approves_nor_withdraws(self, department, draft, editor, client_for):
        submit(thing=draft, user=editor)
        client = client_for(department, editor)
        for act in ("decide", "force", "withdraw", "take-back"):
            assert client.post(url(draft, act), {"reason": REASON, "seen": seen(draft)}).status_code == 404


class TestDoorsOfWagtail:
    @pytest.mark.parametrize("role", ["editor", "approver", "administrator", "operator"])
    def test_no_door_of_wagtail_publishes_or_deletes(
        self, role, request, department, draft, editor, approver, client_for, administrator_of
    ):
        user = administrator_of(department) if role == "administrator" else request.getfixturevalue(role)
        client = client_for(department, user)
        public = published(department, editor, approver, number="99/QĐ-STTTT")
        submit(thing=draft, user=editor)
        state = WorkflowState.objects.for_instance(draft).get().current_task_state
        form = form_of(draft)
        for address, data in (
            (f"/admin/legal-documents/edit/{draft.pk}/", form | {"action-publish": "1"}),
            (f"/admin/legal-documents/edit/{draft.pk}/", form | {"action-workflow-action": "1"}),
            (f"/admin/legal-documents/history/{draft.pk}/revisions/{draft.latest_revision_id}/revert/",
             form | {"action-publish": "1"}),
            ("/admin/legal-documents/add/", form | {"number": "77/QĐ-STTTT", "action-publish": "1"}),
            (f"/admin/legal-documents/workflow/action/{draft.pk}/approve/{state.pk}/", {}),
            (f"/admin/legal-documents/workflow/collect_action_data/{draft.pk}/approve/{state.pk}/", {}),
            (f"/admin/bulk/legal_docs/legaldocument/delete/?id={public.pk}&id={draft.pk}", {}),
            (f"/admin/legal-documents/delete/{public.pk}/", {}),
        ):  # fmt: skip
            assert client.post(address, data).status_code < 500, address
        assert set(LegalDocument.objects.live()) == {public}

    def test_submitting_by_wagtails_name_hands_nothing_in(self, department, draft, editor, client_for):
        client_for(department, editor).post(
            f"/admin/legal-documents/edit/{draft.pk}/", form_of(draft) | {"action-submit": "1"}
        )
        assert not again(draft).workflow_in_progress

    def test_button_saves_and_goes_on_to_handing_in(self, department, draft, editor, client_for):
        client = client_for(department, editor)
        assert "action-submit-approval" in client.get(f"/admin/legal-documents/edit/{draft.pk}/").text
        data = form_of(draft) | {"abstract": "Đã sửa", "action-submit-approval": "1"}
        answer = client.post(f"/admin/legal-documents/edit/{draft.pk}/", data)
        assert answer.url == url(draft, "submit")
        assert again(draft).get_latest_revision_as_object().abstract == "Đã sửa"

    def test_second_click_on_handing_in_is_no_error(self, department, draft, editor, client_for):
        client = client_for(department, editor)
        client.post(url(draft, "submit"), {"remark": ""})
        answer = client.get(url(draft, "submit"), follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["success", "info"]

    def test_what_was_public_once_is_deleted_by_those_who_answer_for_it(self, department, editor, approver, client_for):
        document = published(department, editor, approver)
        withdraw(thing=document, user=approver, reason=REASON)
        address = f"/admin/legal-documents/delete/{document.pk}/"
        client_for(department, editor).post(address)
        assert LegalDocument.objects.filter(pk=document.pk).exists()
        client_for(department, approver).post(address)
        assert not LegalDocument.objects.filter(pk=document.pk).exists()
        assert Withdrawal.objects.at(document.get_absolute_url()).exists()


def form_of(document) -> dict:
    """Return what a browser sends from the form of a document without files and relations."""
    fields = {
        "number": document.number, "type": document.type, "issuer": document.issuer_id, "abstract": document.abstract,
        "issued_on": document.issued_on.isoformat(), "stated_status": "unknown",
    }  # fmt: skip
    for rows in ("attachments", "relations"):
        fields |= {f"{rows}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM")}
        fields[f"{rows}-MAX_NUM_FORMS"] = 1000
    return fields


class TestTrail:
    def test_every_act_is_on_record_with_its_reason(self, department, draft, editor, approver, client_for):
        submit(thing=draft, user=editor, remark="Xin xem giúp")
        approve(thing=again(draft), user=approver, seen=seen(draft))
        client_for(department, approver).post(url(draft, "withdraw"), {"reason": REASON})
        told = AuditEntry.objects.filter(agency=department.code).values_list("action", flat=True)
        assert {"editorial.submit", "editorial.withdraw"} <= set(told)
        history = client_for(department, approver).get(f"/admin/legal-documents/history/{draft.pk}/")
        assert REASON in history.text


class TestQueries:
    def count(self, client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def test_waiting_list_does_not_grow_with_what_waits(self, department, editor, approver, client_for):
        client = client_for(department, approver)
        counts = []
        for first, last in ((1, 2), (2, 13)):
            for number in range(first, last):
                submit(thing=draft_of(department, editor, f"{number:02}/QĐ-STTTT"), user=editor)
            counts.append(self.count(client, "/admin/"))
        assert counts[0] == counts[1]
        assert counts[0] <= 45

    def test_screens_of_one_record_are_bounded(self, department, editor, approver, approver_of, client_for):
        document = published(department, editor, approver)
        document.abstract = "Mới"
        document.save_revision(user=editor)
        submit(thing=again(document), user=editor)
        client = client_for(department, approver_of(department))
        for act in ("decide", "force", "withdraw", "reviewers"):
            assert self.count(client, url(document, act)) <= 60, act
