"""An outside reviewer reads one draft by a link, with its pictures, and remarks on it; and nothing else."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.models import File, Picture
from core.renditions import make_missing
from editorial.models import ReviewInvitation, ReviewRemark
from editorial.models.reviews import new_token
from editorial.services.reviews import (
    MOST_REMARKS_AN_HOUR,
    LinkOver,
    TooManyRemarks,
    find_invitation,
    invite,
    revoke,
    write_remark,
)
from home.models import NewsAttachment
from tests.pictures import picture_file, text_file

from .factories import again, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(department, editor_of):
    user = editor_of(department)
    user.email = "bientap@example.vn"
    user.save()
    return user


def picture_in(collection, title):
    picture = Picture.objects.create(title=title, alt_text=title, file=picture_file(), collection=collection)
    make_missing(picture)
    return picture


@pytest.fixture
def draft(department, editor):
    page = draft_of(department, editor, lead_picture=picture_in(department.collection, "Hội trường"))
    page.attachments.add(NewsAttachment(file=text_file(page.get_parent().specific)))
    page.save_revision(user=editor)
    return again(page)


def invited(page, user, days=7, **given):
    given = {"name": "Người góp ý", "email": "gopy@example.vn"} | given
    return invite(thing=page, revision=page.get_latest_revision(), user=user, days=days, **given)


@pytest.fixture
def link(draft, editor):
    _invitation, token = invited(draft, editor)
    return f"/xem-truoc/{token}/"


def form_key(answer):
    return re.search(r'name="form_key" value="([^"]+)"', answer.text)[1]


class TestReading:
    def test_reader_sees_the_draft_with_its_picture_and_file(self, department, draft, link, client_for):
        reader = client_for(department)
        picture = draft.lead_picture.renditions.first().url
        file = File.objects.get()
        assert reader.get(picture).status_code == 404
        answer = reader.get(link)
        assert answer.status_code == 200
        assert draft.title in answer.text
        assert "Bản nháp, không phổ biến." in answer.text
        assert reader.get(picture).status_code == 200
        assert reader.get(file.url).status_code == 200
        assert "no-store" in reader.get(picture)["Cache-Control"]

    def test_reader_sees_nothing_else(self, department, district, editor, draft, link, client_for):
        other = draft_of(department, editor, title="Bản nháp khác")
        pictures = [picture_in(agency.collection, "Ảnh khác") for agency in (department, district)]
        reader = client_for(department)
        answer = reader.get(link)
        assert other.title not in answer.text
        for picture in pictures:
            assert reader.get(picture.renditions.first().url).status_code == 404
        assert reader.get(draft.lead_picture.file.url).status_code == 404
        assert reader.get(draft.path_in_portal).status_code == 404
        assert reader.get(f"/admin/pages/{draft.pk}/edit/").status_code == 302

    def test_foreign_picture_written_into_a_draft_is_not_shown(self, department, district, draft, editor, client_for):
        foreign = picture_in(district.collection, "Ảnh của huyện")
        draft.lead_picture = foreign
        draft.save_revision(user=editor)
        _invitation, token = invited(again(draft), editor)
        reader = client_for(department)
        reader.get(f"/xem-truoc/{token}/")
        assert reader.get(foreign.renditions.first().url).status_code == 404

    def test_nobody_learns_of_it(self, department, link, client_for):
        answer = client_for(department).get(link)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        for cookie in answer.cookies.values():
            assert cookie["httponly"]
            assert cookie["path"] in {"/media/", "/documents/"}

    def test_mail_scanner_uses_nothing_up(self, department, link, client_for):
        for _visit in range(5):
            assert client_for(department).head(link).status_code == 200
            assert client_for(department).get(link).status_code == 200
        assert not ReviewRemark.objects.exists()

    def test_link_shows_the_version_it_was_made_for(self, department, draft, link, editor, client_for):
        draft.title = "Bản sửa sau đó"
        draft.save_revision(user=editor)
        answer = client_for(department).get(link)
        assert "Bản sửa sau đó" not in answer.text
        assert "Hội nghị chuyển đổi số" in answer.text


class TestLinksThatDoNotWork:
    def test_forged_link_is_a_404(self, department, district, link, client_for):
        token = link.split("/")[2]
        word, signature = token.rsplit(".", 1)
        for forged in ("x", word, f"{word}.{signature[:-1]}", f"{word}x.{signature}", new_token(department), "." * 9):
            assert client_for(department).get(f"/xem-truoc/{forged}/").status_code == 404, forged
        assert client_for(district).get(link).status_code == 404

    def test_database_does_not_tell_the_link(self, link):
        token = link.split("/")[2]
        assert token not in str(list(ReviewInvitation.objects.values()))

    def test_expired_link_is_over_for_good(self, department, draft, editor):
        invitation, token = invited(draft, editor, days=1)
        last = invitation.expires_at
        assert find_invitation(token, department, at=last - timedelta(seconds=1)).is_open(last - timedelta(seconds=1))
        assert find_invitation(token, department, at=last).closed_at == last
        # The clock is put back.
        assert not find_invitation(token, department, at=last - timedelta(hours=1)).is_open(last - timedelta(hours=1))

    def test_expired_link_says_so(self, department, link, client_for):
        ReviewInvitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        answer = client_for(department).get(link)
        assert answer.status_code == 410
        assert "Liên kết không còn hiệu lực" in answer.text
        assert "Hội nghị" not in answer.text

    def test_revoked_link_shows_no_picture_any_more(self, department, draft, link, editor, client_for):
        reader = client_for(department)
        reader.get(link)
        client = client_for(department, editor)
        invitation = ReviewInvitation.objects.get()
        assert client.post(f"/admin/editorial/invitations/{invitation.pk}/revoke/").status_code == 302
        assert client.post(f"/admin/editorial/invitations/{invitation.pk}/revoke/").status_code == 302
        assert reader.get(link).status_code == 410
        assert reader.get(draft.lead_picture.renditions.first().url).status_code == 404

    def test_link_to_a_deleted_page_is_over(self, department, draft, link, client_for):
        draft.delete()
        assert client_for(department).get(link).status_code == 410


class TestRemarking:
    def test_remark_reaches_who_invited(
        self, department, draft, link, editor, client_for, django_capture_on_commit_callbacks
    ):
        reader = client_for(department)
        data = {"text": "Nên bổ sung số liệu.", "form_key": form_key(reader.get(link))}
        with django_capture_on_commit_callbacks(execute=True):
            assert reader.post(link, data).status_code == 303
            assert reader.post(link, data).status_code == 303
        assert ReviewRemark.objects.count() == 1
        assert "Nên bổ sung số liệu." in reader.get(link).text
        assert [message.to for message in mail.outbox] == [["bientap@example.vn"]]
        page = client_for(department, editor).get(f"/admin/editorial/pages/{draft.pk}/reviewers/")
        assert "Nên bổ sung số liệu." in page.text

    @pytest.mark.parametrize("text", ["", "   ", "x" * 5_001])
    def test_empty_or_endless_remark_is_refused(self, text, department, link, client_for):
        reader = client_for(department)
        assert reader.post(link, {"text": text, "form_key": form_key(reader.get(link))}).status_code == 200
        assert not ReviewRemark.objects.exists()

    def test_form_without_its_key_keeps_the_text(self, department, link, client_for):
        answer = client_for(department).post(link, {"text": "Còn nguyên", "form_key": "không phải"})
        assert "Còn nguyên" in answer.text
        assert not ReviewRemark.objects.exists()

    def test_script_is_shown_as_text(self, department, link, client_for):
        reader = client_for(department)
        reader.post(link, {"text": "<script>alert(1)</script>", "form_key": form_key(reader.get(link))})
        assert "<script>alert(1)" not in reader.get(link).text

    def test_too_many_are_refused_until_an_hour_is_over(self, department, draft, editor, client_for):
        invitation, token = invited(draft, editor)
        now = timezone.now()
        for number in range(MOST_REMARKS_AN_HOUR):
            write_remark(invitation=invitation, text=f"Ý {number}", form_key=uuid4(), at=now)
        with pytest.raises(TooManyRemarks):
            write_remark(invitation=invitation, text="Một ý nữa", form_key=uuid4(), at=now)
        reader, link = client_for(department), f"/xem-truoc/{token}/"
        answer = reader.post(link, {"text": "Một ý nữa", "form_key": form_key(reader.get(link))})
        assert answer.status_code == 429
        assert "Một ý nữa" in answer.text
        write_remark(invitation=invitation, text="Sau đó", form_key=uuid4(), at=now + timedelta(minutes=61))

    def test_remark_after_revoking_is_refused(self, draft, editor):
        invitation, _token = invited(draft, editor)
        revoke(invitation=invitation, user=editor)
        with pytest.raises(LinkOver):
            write_remark(invitation=invitation, text="Muộn", form_key=uuid4())


class TestInviting:
    def test_editor_invites_and_sees_the_link_once(
        self, department, draft, editor, client_for, django_capture_on_commit_callbacks
    ):
        client = client_for(department, editor)
        address = f"/admin/editorial/pages/{draft.pk}/reviewers/"
        data = {
            "name": "Chuyên gia", "email": "chuyengia@example.vn", "days": "7", "message": "Xin góp ý mục 2.",
            "revision": draft.get_latest_revision().pk,
        }  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address, data)
        shown = re.search(r"<code>(.*?)</code>", answer.text)[1]
        (message,) = mail.outbox
        assert message.to == ["chuyengia@example.vn"]
        assert "Xin góp ý mục 2." in message.body
        assert "/xem-truoc/" in message.body
        assert client_for(department).get("/" + shown.split("/", 3)[3]).status_code == 200
        assert "/xem-truoc/" not in client.get(address).text

    @pytest.mark.parametrize(
        "wrong",
        [{"days": "0"}, {"days": "999"}, {"email": "x"}, {"name": ""}, {"revision": "999999"}, {"revision": "x"}],
    )
    def test_bad_input_is_refused(self, wrong, department, draft, editor, client_for):
        data = {"name": "A", "email": "a@example.vn", "days": "7", "revision": draft.get_latest_revision().pk} | wrong
        answer = client_for(department, editor).post(f"/admin/editorial/pages/{draft.pk}/reviewers/", data)
        assert answer.status_code == 200
        assert not ReviewInvitation.objects.exists()

    def test_people_of_another_agency_have_no_part_in_it(self, district, draft, link, approver_of, client_for):
        user = approver_of(district)
        invitation = ReviewInvitation.objects.get()
        client = client_for(district, user)
        assert client.get(f"/admin/editorial/pages/{draft.pk}/reviewers/").status_code == 404
        assert client.post(f"/admin/editorial/invitations/{invitation.pk}/revoke/").status_code == 404
        with pytest.raises(PermissionDenied):
            invited(draft, user)
