"""Nobody approves own work, at whichever door: copies, restored versions, scheduling, sections, offers, lost roles."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.models import ForcedPublication
from editorial.ownership import stamp
from editorial.services.approvals import approve, submit, waiting_state
from home.models import NewsIndexPage, NewsPage
from home.services import offer_article
from sites.enums import Role
from sites.models import Agency, AgencyGroup
from sites.services import open_portal

from .factories import again, draft_of, form_of, published

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


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
def colleague(department, approver_of):
    return approver_of(department)


def seen(page):
    return stamp(again(page).get_latest_revision())


def approves(user, page):
    try:
        approve(thing=again(page), user=user, seen=seen(page))
    except (ValidationError, PermissionDenied):
        return False
    return again(page).live


class TestOwnWork:
    def test_copy_of_own_draft_stays_own_work(self, department, approver, editor, client_for):
        draft = draft_of(department, approver)
        section = draft.get_parent()
        client_for(department, editor).post(
            f"/admin/pages/{draft.pk}/copy/",
            {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": section.pk},
        )
        copy = NewsPage.objects.get(slug="ban-sao")
        submit(thing=copy, user=editor)
        assert not approves(approver, copy)

    def test_whoever_restores_an_old_version_has_written(self, department, editor, approver, colleague, client_for):
        draft = draft_of(department, editor)
        old = draft.get_latest_revision()
        draft.save_revision(user=editor)
        form = form_of(draft) | {"revision": old.pk}
        client_for(department, approver).post(f"/admin/pages/{draft.pk}/edit/", form)
        submit(thing=again(draft), user=editor)
        assert not approves(approver, draft)
        assert approves(colleague, draft)

    def test_editing_what_was_submitted_makes_it_own_work(self, department, editor, approver, colleague):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor)
        again(draft).save_revision(user=approver)
        assert not approves(approver, draft)
        assert approves(colleague, draft)

    def test_next_change_of_what_another_wrote_before_is_free(self, department, editor, approver, colleague):
        article = published(department, approver, colleague)
        article.save_revision(user=editor)
        submit(thing=again(article), user=editor)
        assert approves(approver, article)

    def test_moving_into_another_section_publishes_nothing(self, department, editor, client_for):
        draft = draft_of(department, editor)
        target = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
        client_for(department, editor).post(f"/admin/pages/{draft.pk}/move/{target.pk}/confirm/")
        assert not again(draft).live

    def test_scheduled_change_is_unscheduled_by_guardians_only(self, department, editor, approver, client_for):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor)
        at = timezone.now()
        approve(thing=again(draft), user=approver, seen=seen(draft), publish_at=at + timedelta(days=1), at=at)
        address = f"/admin/pages/{draft.pk}/revisions/{again(draft).get_latest_revision().pk}/unschedule/"
        client_for(department, editor).post(address)
        assert again(draft).approved_schedule
        client_for(department, approver).post(address)
        assert not again(draft).approved_schedule
        assert not again(draft).live

    def test_draft_cannot_be_offered_to_another_portal(self, department, district, editor, approver):
        draft = draft_of(department, editor)
        NewsPage.objects.filter(pk=draft.pk).update(origin=department)
        with pytest.raises(ValidationError):
            offer_article(article=again(draft), agencies=[district], user=approver)

    def test_role_lost_meanwhile_decides_nothing(self, department, editor, approver, client_for):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor)
        client = client_for(department, approver)
        address = f"/admin/editorial/pages/{draft.pk}/decide/"
        assert client.get(address).status_code == 200
        approver.groups.clear()
        assert client.post(address, {"seen": seen(draft), "decision": "approve"}).status_code in {302, 403, 404}
        assert not again(draft).live

    def test_approver_of_some_sections_decides_there_alone(self, department, editor, approver_of):
        other = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
        mine, foreign = draft_of(department, editor), NewsPage(title="Khác", summary="Tóm tắt.", live=False)
        other.add_child(instance=foreign)
        foreign.save_revision(user=editor)
        limited = approver_of(department)
        limited.groups.clear()
        group = _limited_group(department, mine.get_parent())
        limited.groups.add(group)
        for draft in (mine, foreign):
            submit(thing=again(draft), user=editor)
        limited = type(limited).objects.get(pk=limited.pk)
        assert not approves(limited, foreign)
        assert approves(limited, mine)


def _limited_group(agency, section):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="stttt: duyệt tin hoạt động")
    entry = AgencyGroup.objects.create(agency=agency, role=Role.APPROVER, group=group, name="Tin", is_limited=True)
    entry.sections.add(section)
    return group


class TestTimes:
    AT = timezone.make_aware(datetime(2026, 3, 2, 9, 0))

    def test_moment_that_is_over_is_refused(self, department, editor, approver):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor)
        with pytest.raises(ValidationError):
            approve(thing=again(draft), user=approver, seen=seen(draft), publish_at=self.AT, at=self.AT)

    def test_draft_that_expires_before_it_is_published_is_refused(self, department, editor, approver):
        draft = draft_of(department, editor, expire_at=self.AT + timedelta(days=1))
        submit(thing=draft, user=editor)
        with pytest.raises(ValidationError):
            approve(
                thing=again(draft), user=approver, seen=seen(draft), publish_at=self.AT + timedelta(days=2), at=self.AT
            )
        assert waiting_state(again(draft))

    def test_scheduled_change_of_an_imported_article_leaves_it_public(self, department, editor, approver, colleague):
        article = published(department, editor, approver)
        NewsPage.objects.filter(pk=article.pk).update(live_revision=None)
        article = again(article)
        article.title = "Tiêu đề mới"
        article.save_revision(user=editor)
        submit(thing=again(article), user=editor)
        at = timezone.now()
        approve(thing=again(article), user=colleague, seen=seen(article), publish_at=at + timedelta(days=1), at=at)
        assert again(article).live
        assert again(article).title == "Hội nghị chuyển đổi số"

    def test_day_that_is_over_is_refused(self, department, editor):
        draft = draft_of(department, editor)
        with pytest.raises(ValidationError):
            submit(thing=draft, user=editor, due_on=DAY - timedelta(days=1), on=DAY)
        assert submit(thing=draft, user=editor, due_on=DAY, on=DAY).due_on == DAY


class TestReminders:
    def remind(self, on):
        mail.outbox.clear()
        call_command("remind_approvers", "--day", on.isoformat())
        return [message.to for message in mail.outbox]

    def test_approver_is_reminded_once_a_day_from_the_day_on(self, department, editor, approver):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor, due_on=DAY, on=DAY - timedelta(days=5))
        assert self.remind(DAY - timedelta(days=1)) == []
        assert self.remind(DAY) == [["duyet@example.vn"]]
        assert "Hội nghị chuyển đổi số" in mail.outbox[0].body
        assert self.remind(DAY) == []
        assert self.remind(DAY + timedelta(days=1)) == [["duyet@example.vn"]]
        assert approves(approver, draft)
        assert self.remind(DAY + timedelta(days=2)) == []

    def test_nobody_is_reminded_of_own_work_or_of_another_agency(self, department, district, approver, approver_of):
        foreign = approver_of(district)
        foreign.email = "khac@example.vn"
        foreign.save()
        submit(thing=draft_of(department, approver), user=approver, due_on=DAY, on=DAY)
        assert self.remind(DAY) == []


class TestPortalThatOpensLater:
    def test_it_has_its_workflow_and_opening_again_adds_none(self, editor_of, approver_of):
        agency = Agency.objects.get(code="syt") if Agency.objects.filter(code="syt").exists() else None
        agency = agency or Agency.objects.exclude(code__in=("binhduong", "stttt", "thuanan")).first()
        open_portal(agency)
        open_portal(agency)
        agency.refresh_from_db()
        editor, approver = editor_of(agency), approver_of(agency)
        draft = draft_of(agency, editor)
        submit(thing=draft, user=editor)
        assert again(draft).workflow_states.count() == 1
        assert approves(approver, draft)


class TestInterruption:
    def test_killed_in_the_middle_leaves_it_waiting(self, department, editor, approver, monkeypatch):
        draft = draft_of(department, editor)
        submit(thing=draft, user=editor)

        def fail(*args, **kwargs):
            raise RuntimeError("killed")

        monkeypatch.setattr("home.signal_handlers.place", fail)
        with pytest.raises(RuntimeError):
            approve(thing=again(draft), user=approver, seen=seen(draft))
        assert waiting_state(again(draft))
        assert not again(draft).live
        monkeypatch.undo()
        assert approves(approver, draft)


class TestQueries:
    def count(self, client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def test_waiting_list_does_not_grow_with_what_waits(self, department, editor, approver, client_for):
        client = client_for(department, approver)
        counts = []
        for first, last in ((0, 1), (1, 12)):
            for number in range(first, last):
                submit(thing=draft_of(department, editor, title=f"Tin số {number}"), user=editor)
            counts.append(self.count(client, "/admin/"))
        assert counts[0] == counts[1]
        assert counts[0] <= 40

    def test_screens_of_one_page_are_bounded(self, department, editor, approver, colleague, client_for):
        article = published(department, editor, approver)
        article.title = "Tiêu đề mới"
        article.save_revision(user=editor)
        submit(thing=again(article), user=editor)
        client = client_for(department, colleague)
        for act in ("decide", "force", "withdraw", "reviewers"):
            assert self.count(client, f"/admin/editorial/pages/{article.pk}/{act}/") <= 60, act

    def test_report_does_not_grow_with_its_rows(self, department, approver, administrator_of, client_for):
        client = client_for(department, administrator_of(department))
        counts = []
        for first, last in ((0, 1), (1, 12)):
            for number in range(first, last):
                page = draft_of(department, approver, title=f"Tin số {number}")
                ForcedPublication.objects.create(
                    **ForcedPublication.reference(page), title=page.title, agency=department, published_by=approver,
                    published_at=timezone.now(), reason="Cảnh báo khẩn cấp", is_own_work=True,
                )  # fmt: skip
            counts.append(self.count(client, "/admin/editorial/forced/"))
        assert counts[0] == counts[1]
        assert counts[0] <= 40
