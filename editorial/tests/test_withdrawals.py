"""Taking down with a public reason: gone from everywhere at once, a notice at the address, and back if need be."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from core.models import Picture
from core.renditions import make_missing
from editorial.models import Withdrawal
from editorial.ownership import stamp
from editorial.services.approvals import submit
from editorial.services.withdrawals import take_back, withdraw
from home.models import NewsIndexPage, NewsPage
from home.services import accept_offer, offer_article
from tests.pictures import picture_file

from .factories import again, draft_of, published

pytestmark = pytest.mark.django_db
REASON = "Số liệu trong bài chưa chính xác."
AT = timezone.make_aware(datetime(2026, 3, 2, 9, 30))


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def approver(department, approver_of):
    return approver_of(department)


@pytest.fixture
def picture(department):
    picture = Picture.objects.create(
        title="Hội trường", alt_text="Hội trường", file=picture_file(), collection=department.collection
    )
    make_missing(picture)
    return picture


@pytest.fixture
def article(department, editor, approver, picture):
    return published(department, editor, approver, lead_picture=picture, slug="hoi-nghi")


def url(page, act="withdraw"):
    return f"/admin/editorial/pages/{page.pk}/{act}/"


class TestNotice:
    def test_address_answers_410_with_the_reason_and_nothing_else(self, department, article, approver, client_for):
        withdraw(thing=article, user=approver, reason=REASON, instead_url="https://example.vn/moi", at=AT)
        answer = client_for(department).get(article.path_in_portal)
        assert answer.status_code == 410
        assert REASON in answer.text
        assert "02/03/2026" in answer.text
        assert "https://example.vn/moi" in answer.text
        assert article.summary not in answer.text
        assert 'name="robots" content="noindex"' in answer.text
        assert str(approver) not in answer.text

    def test_print_view_answers_the_same(self, department, article, approver, client_for):
        withdraw(thing=article, user=approver, reason=REASON)
        assert client_for(department).get(f"{article.path_in_portal}in/").status_code == 410

    def test_article_is_gone_from_everywhere(self, department, article, approver, picture, client_for):
        visitor = client_for(department)
        rendition = picture.renditions.first().url
        places = ["/", "/tin-tuc/", "/tin-tuc/hoat-dong/", "/tin-tuc/rss/", "/tin-tuc/atom/", "/tim-kiem/?q=hoi+nghi"]
        maps = [line.split("</loc>")[0] for line in visitor.get("/sitemap.xml").text.split("<loc>")[1:]]
        places += ["/" + address.split("/", 3)[3] for address in maps]
        assert any(article.title in visitor.get(place).text for place in places)
        assert visitor.get(rendition).status_code == 200
        withdraw(thing=article, user=approver, reason=REASON)
        for place in places:
            assert article.path_in_portal not in visitor.get(place).text, place
            # The search page repeats what was asked, not the title.
            assert article.title not in visitor.get(place).text, place
        assert visitor.get(rendition).status_code == 404

    def test_shared_article_tells_the_reason_on_the_other_portal(
        self, department, district, article, approver, approver_of, client_for
    ):
        (offer,) = offer_article(article=article, agencies=[district], user=approver)
        section = NewsIndexPage.objects.filter(url_path__startswith=f"/{district.code}/").first()
        placement = accept_offer(offer=offer, section=section, user=approver_of(district))
        path = f"{section.path_in_portal}{placement.slug}/"
        assert client_for(district).get(path).status_code == 200
        withdraw(thing=article, user=approver, reason=REASON)
        answer = client_for(district).get(path)
        assert answer.status_code == 410
        assert REASON in answer.text
        assert article.title not in client_for(district).get(section.path_in_portal).text

    def test_deleted_page_leaves_its_notice(self, department, article, approver, client_for):
        withdraw(thing=article, user=approver, reason=REASON)
        path = article.path_in_portal
        again(article).delete()
        assert client_for(department).get(path).status_code == 410

    def test_new_page_at_the_address_stands_in_its_place(self, department, article, approver, editor, client_for):
        withdraw(thing=article, user=approver, reason=REASON)
        path = article.path_in_portal
        again(article).delete()
        published(department, editor, approver, title="Bài thay thế", slug="hoi-nghi")
        assert client_for(department).get(path).status_code == 200

    def test_private_page_keeps_its_secret(self, department, article, approver, client_for):
        PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.PASSWORD, password="mat-khau"
        )
        withdraw(thing=article, user=approver, reason=REASON)
        answer = client_for(department).get(article.path_in_portal)
        assert answer.status_code == 404
        assert REASON not in answer.text

    def test_expired_page_says_that_its_time_is_over(self, department, article, client_for):
        NewsPage.objects.filter(pk=article.pk).update(expire_at=AT - timedelta(days=1), go_live_at=None)
        call_command("publish_scheduled")
        assert not again(article).live
        assert client_for(department).get(article.path_in_portal).status_code == 410

    def test_address_that_never_was_is_a_404(self, department, client_for):
        assert client_for(department).get("/tin-tuc/hoat-dong/khong-co/").status_code == 404

    def test_draft_is_a_404(self, department, editor, client_for):
        draft = draft_of(department, editor)
        assert client_for(department).get(draft.path_in_portal).status_code == 404


class TestWithdrawing:
    def test_approver_withdraws_on_the_screen(self, department, article, approver, client_for):
        client = client_for(department, approver)
        assert "Gỡ bài" in client.get(f"/admin/pages/{article.pk}/edit/").text
        assert client.get(url(article)).status_code == 200
        assert client.post(url(article), {"reason": REASON}).status_code == 302
        withdrawal = Withdrawal.objects.get()
        assert (withdrawal.agency, withdrawal.withdrawn_by, withdrawal.url_path) == (
            department, approver, article.url_path,
        )  # fmt: skip
        assert PageLogEntry.objects.filter(action="editorial.withdraw", page=article.pk).exists()
        assert again(article).status_string == "đã gỡ"

    def test_wagtails_own_unpublishing_leads_here(self, department, article, approver, client_for):
        client = client_for(department, approver)
        client.post(f"/admin/pages/{article.pk}/unpublish/")
        assert again(article).live

    def test_second_click_changes_nothing(self, department, article, approver, client_for):
        client = client_for(department, approver)
        client.post(url(article), {"reason": REASON})
        answer = client.post(url(article), {"reason": "Một lý do khác hẳn"})
        assert answer.status_code == 200
        assert [withdrawal.reason for withdrawal in Withdrawal.objects.all()] == [REASON]

    @pytest.mark.parametrize(
        "data",
        [{"reason": ""}, {"reason": "ngắn"}, {"reason": " " * 40}, {"reason": "x" * 1_001},
         {"reason": REASON, "instead_url": "javascript:alert(1)"}, {"reason": REASON, "instead_url": "không phải"}],
    )  # fmt: skip
    def test_bad_input_is_refused(self, data, department, article, approver, client_for):
        assert client_for(department, approver).post(url(article), data).status_code == 200
        assert again(article).live

    def test_editor_and_people_of_another_agency_cannot(
        self, department, district, article, editor, approver_of, administrator_of, client_for
    ):
        assert client_for(department, editor).post(url(article), {"reason": REASON}).status_code == 404
        for user in (approver_of(district), administrator_of(district)):
            for act in ("withdraw", "take-back"):
                assert client_for(district, user).get(url(article, act)).status_code == 404
                assert client_for(district, user).post(url(article, act), {"reason": REASON}).status_code == 404
            with pytest.raises(PermissionDenied):
                withdraw(thing=article, user=user, reason=REASON)
        assert again(article).live

    def test_home_page_of_a_portal_stays(self, department, approver):
        with pytest.raises(ValidationError):
            withdraw(thing=department.site.root_page.specific, user=approver, reason=REASON)

    def test_section_goes_with_what_stands_below(self, department, article, approver, client_for):
        section = article.get_parent().specific
        taken = withdraw(thing=section, user=approver, reason=REASON)
        assert {one.url_path for one in taken} == {section.url_path, article.url_path}
        for page in (section, article):
            assert client_for(department).get(page.path_in_portal).status_code == 410

    def test_change_that_waits_is_cancelled(self, article, approver, editor):
        article.title = "Tiêu đề mới"
        article.save_revision(user=editor)
        submit(thing=again(article), user=editor)
        withdraw(thing=again(article), user=approver, reason=REASON)
        assert not again(article).workflow_in_progress

    def test_failure_in_the_middle_leaves_everything_public(self, article, approver, monkeypatch):
        section = article.get_parent().specific

        def fail(*args, **kwargs):
            raise RuntimeError("killed")

        monkeypatch.setattr("editorial.services.withdrawals.UnpublishPageAction.execute", fail)
        with pytest.raises(RuntimeError):
            withdraw(thing=section, user=approver, reason=REASON)
        assert again(article).live
        assert not Withdrawal.objects.exists()


class TestTakingBack:
    def test_article_is_public_again_as_it_was(self, department, article, approver, editor, client_for):
        withdraw(thing=article, user=approver, reason=REASON)
        draft = again(article)
        draft.title = "Chưa ai duyệt"
        draft.save_revision(user=editor)
        client = client_for(department, approver)
        assert REASON in client.get(url(article, "take-back")).text
        assert client.post(url(article, "take-back")).status_code == 302
        page = again(article)
        assert (page.live, page.title, page.draft_title) == (True, article.title, "Chưa ai duyệt")
        assert client_for(department).get(article.path_in_portal).status_code == 200
        assert article.title in client_for(department).get("/tin-tuc/hoat-dong/").text
        assert not Withdrawal.objects.in_force().exists()
        assert client.post(url(article, "take-back")).status_code == 200

    def test_pages_below_come_back_with_their_section(self, department, article, approver, client_for):
        section = article.get_parent().specific
        withdraw(thing=section, user=approver, reason=REASON)
        with pytest.raises(ValidationError):
            take_back(thing=again(article), user=approver)
        assert len(take_back(thing=section, user=approver)) == 2
        assert client_for(department).get(article.path_in_portal).status_code == 200

    def test_imported_article_without_versions_comes_back(self, department, article, approver):
        NewsPage.objects.filter(pk=article.pk).update(live_revision=None, latest_revision=None)
        article.revisions.all().delete()
        withdraw(thing=again(article), user=approver, reason=REASON)
        take_back(thing=again(article), user=approver)
        assert again(article).live
        assert again(article).title == article.title

    def test_editor_cannot(self, article, approver, editor):
        withdraw(thing=article, user=approver, reason=REASON)
        with pytest.raises(PermissionDenied):
            take_back(thing=again(article), user=editor)

    def test_approval_of_a_new_version_ends_the_notice(self, department, article, approver, editor, client_for):
        withdraw(thing=article, user=approver, reason=REASON)
        page = again(article)
        page.summary = "Số liệu đã sửa."
        page.save_revision(user=editor)
        submit(thing=again(page), user=editor)
        client = client_for(department, approver)
        client.post(url(page, "decide"), {"seen": stamp(again(page).get_latest_revision()), "decision": "approve"})
        assert client_for(department).get(article.path_in_portal).status_code == 200
        assert not Withdrawal.objects.in_force().exists()
