"""Every act of editorial work stands in the trail once, with its reason, whoever does it and by whatever door."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEntry
from audit.sentences import sentence
from editorial.models import ReviewInvitation
from editorial.ownership import stamp
from editorial.services.approvals import submit
from editorial.tests.factories import again, draft_of, form_of, published
from home.models import NewsIndexPage, NewsPage

pytestmark = pytest.mark.django_db
REASON = "Vì một lý do đủ dài"


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
def told():
    """Return what was recorded of pages since this was asked last: [(action, who, what was written with it)]."""
    seen = {"last": 0}

    def ask():
        entries = AuditEntry.objects.filter(pk__gt=seen["last"], object_type="wagtailcore.page").order_by("pk")
        seen["last"] = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return [(entry.action, entry.actor_id, written(entry)) for entry in entries]

    ask()
    return ask


def written(entry):
    facts = json.loads(entry.details)
    return next((facts[name] for name in ("reason", "remark", "comment") if facts.get(name)), "")


def act(client, page, name, **data):
    data = {"seen": stamp(again(page).get_latest_revision()), **data}
    assert client.post(f"/admin/editorial/pages/{page.pk}/{name}/", data).status_code == 302, name


def test_submitting_sending_back_and_approving(department, editor, approver, client_for, told):
    draft = draft_of(department, editor)
    writing, deciding = client_for(department, editor), client_for(department, approver)
    told()
    act(writing, draft, "submit", remark="Xin xem giúp")
    assert told() == [("editorial.submit", editor.pk, "Xin xem giúp")]
    act(deciding, draft, "decide", decision="return", remark="Thiếu nguồn")
    assert told() == [("wagtail.workflow.reject", approver.pk, "Thiếu nguồn")]
    act(writing, draft, "submit", remark="Đã thêm nguồn")
    assert told() == [("editorial.submit", editor.pk, "Đã thêm nguồn")]
    act(deciding, draft, "decide", decision="approve", remark="Tốt")
    # Approving and publishing are two facts: the second may come later, or not at all.
    assert told() == [("wagtail.workflow.approve", approver.pk, "Tốt"), ("wagtail.publish", approver.pk, "")]


def test_taking_a_submission_back(department, editor, client_for, told):
    draft = draft_of(department, editor)
    submit(thing=draft, user=editor)
    told()
    form = form_of(draft) | {"action-cancel-workflow": "1"}
    client_for(department, editor).post(f"/admin/pages/{draft.pk}/edit/", form)
    assert ("wagtail.workflow.cancel", editor.pk, "") in told()


def test_scheduling_cancelling_and_publishing_at_the_time(department, editor, approver, client_for, told):
    draft = draft_of(department, editor)
    deciding = client_for(department, approver)
    submit(thing=draft, user=editor)
    later = timezone.localtime() + timedelta(days=1)
    told()
    act(deciding, draft, "decide", decision="schedule", publish_at=f"{later:%Y-%m-%d %H:%M}")
    assert told() == [("wagtail.workflow.approve", approver.pk, ""), ("wagtail.publish.schedule", approver.pk, "")]
    revision = again(draft).get_latest_revision()
    deciding.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[draft.pk, revision.pk]))
    assert told() == [("wagtail.schedule.cancel", approver.pk, "")]
    submit(thing=again(draft), user=editor)
    act(deciding, draft, "decide", decision="schedule", publish_at=f"{later:%Y-%m-%d %H:%M}")
    told()
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        call_command("publish_scheduled")
    assert [entry[0] for entry in told()] == ["wagtail.publish.scheduled"]


def test_publishing_without_approval(department, editor, approver, client_for, told):
    draft = draft_of(department, editor)
    deciding = client_for(department, approver)
    told()
    act(deciding, draft, "force", reason=REASON)
    assert told() == [("editorial.force_publish", approver.pk, REASON)]


def test_withdrawing_and_taking_back(department, editor, approver, client_for, told):
    article = published(department, editor, approver)
    deciding = client_for(department, approver)
    told()
    act(deciding, article, "withdraw", reason=REASON)
    assert told() == [("editorial.withdraw", approver.pk, REASON)]
    act(deciding, article, "take-back")
    assert told() == [("editorial.take_back", approver.pk, REASON)]


def test_editing_moving_copying_and_deleting(department, editor, approver, client_for, told):
    article = published(department, editor, approver)
    writing, deciding = client_for(department, editor), client_for(department, approver)
    told()
    assert writing.post(f"/admin/pages/{article.pk}/edit/", form_of(article) | {"summary": "Khác"}).status_code == 302
    assert told() == [("wagtail.edit", editor.pk, "")]
    other = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
    assert deciding.post(f"/admin/pages/{article.pk}/move/{other.pk}/confirm/").status_code == 302
    assert told() == [("wagtail.move", approver.pk, "")]
    names = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": other.pk}
    assert writing.post(f"/admin/pages/{article.pk}/copy/", names).status_code == 302
    assert told() == [("wagtail.copy", editor.pk, "")]
    copy = NewsPage.objects.get(slug="ban-sao")
    assert writing.post(f"/admin/pages/{copy.pk}/delete/").status_code == 302
    assert told() == [("wagtail.delete", editor.pk, "")]


class TestOutsideReview:
    def invite(self, client, draft):
        data = {"name": "Chuyên gia", "email": "chuyengia@example.vn", "days": "7"}
        data["revision"] = draft.get_latest_revision().pk
        shown = client.post(f"/admin/editorial/pages/{draft.pk}/reviewers/", data).text
        return "/" + re.search(r"<code>(.*?)</code>", shown)[1].split("/", 3)[3]

    def test_invitation_remark_and_revocation(self, department, editor, client_for, told):
        draft = draft_of(department, editor)
        client, reader = client_for(department, editor), client_for(department)
        told()
        link = self.invite(client, draft)
        assert told() == [("editorial.invite", editor.pk, "")]
        key = re.search(r'name="form_key" value="([^"]+)"', reader.get(link).text)[1]
        for _click in range(2):
            assert reader.post(link, {"text": "Nên bổ sung số liệu.", "form_key": key}).status_code == 303
        assert told() == [("editorial.remark", None, "Nên bổ sung số liệu.")]
        entry = AuditEntry.objects.get(action="editorial.remark")
        assert entry.agency == "stttt"
        assert "Người góp ý bên ngoài Chuyên gia" in sentence(entry)
        assert "Nên bổ sung số liệu." in sentence(entry)
        assert "chuyengia@example.vn" not in "".join(AuditEntry.objects.values_list("details", flat=True))
        for _click in range(2):
            client.post(f"/admin/editorial/invitations/{ReviewInvitation.objects.get().pk}/revoke/")
        assert told() == [("editorial.revoke", editor.pk, "")]
        call_command("close_reviews")
        assert told() == []

    def test_link_that_runs_out_is_recorded_once_by_timer_or_reader(self, department, editor, client_for, told):
        draft = draft_of(department, editor)
        client, reader = client_for(department, editor), client_for(department)
        links = [self.invite(client, draft) for _number in range(2)]
        ReviewInvitation.objects.update(expires_at=timezone.now())
        told()
        assert reader.get(links[0]).status_code == 410
        assert told() == [("editorial.expire", None, "")]
        for _run in range(2):
            call_command("close_reviews")
        assert [entry[0] for entry in told()] == ["editorial.expire"]
        assert [reader.get(link).status_code for link in links] == [410, 410]
        assert told() == []


def test_reminder_names_who_was_told(department, editor, approver, told):
    draft = draft_of(department, editor)
    today = timezone.localdate()
    submit(thing=draft, user=editor, due_on=today)
    told()
    for _run in range(2):
        call_command("remind_approvers", "--day", today.isoformat())
    assert [entry[0] for entry in told()] == ["editorial.remind"]
    facts = json.loads(AuditEntry.objects.get(action="editorial.remind").details)
    assert facts["told"] == [str(approver)]


def test_history_of_the_page_tells_the_same_once(department, editor, approver, client_for):
    article = published(department, editor, approver)
    client = client_for(department, approver)
    act(client, article, "withdraw", reason=REASON)
    shown = client.get(f"/admin/pages/{article.pk}/history/").text
    assert shown.count(REASON) == 1
    assert "Bắt đầu" not in shown
