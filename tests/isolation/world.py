"""A province in which every agency has one of each thing that nobody else may know of.

Every name that an agency's things carry holds the agency's own mark, and a word by which they are found. Visitors send
the words and never a mark: so whoever finds a mark in an answer for somebody of another agency has found a leak.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, PageViewRestriction, Task, UploadedFile

from accounts.services.sessions import begin_session
from accounts.tests.factories import give_device
from audit.models import AuditEntry
from audit.services import record
from core.models import File, Picture
from editorial.models import ApprovalState, ForcedPublication, ReviewInvitation, ReviewRemark, Withdrawal
from editorial.services.withdrawals import withdraw
from home.models import NewsAttachment, NewsIndexPage, NewsPage
from legal_docs.enums import RelationKind
from legal_docs.models import Attachment, Issuer, LegalDocument, ReadingJob, Relation, StoredFile
from legal_docs.tests.registry import draft as document_draft
from legal_docs.tests.registry import give
from legal_docs.tests.registry import public as public_document
from search.models import BestBet, QueryCount
from search.services.counting import FEWEST
from sites.enums import Role
from sites.models import Agency, AgencyGroup, Departure, Official, PortalLink, Unit
from tests.pictures import picture_file

PASSWORD = "mat-khau-thu-nghiem"
SOON = timedelta(days=3)


@dataclass
class Belongings:
    """What one agency has, by model label: the keys of its objects, the most telling first."""

    agency: Agency
    keys: dict[str, list] = field(default_factory=dict)
    people: dict[Role, object] = field(default_factory=dict)
    pages: dict[str, NewsPage] = field(default_factory=dict)
    # What everybody may read, so that it may be chosen by all: (model label, key).
    public: set[tuple[str, int]] = field(default_factory=set)

    @property
    def mark(self) -> str:
        """What stands in every name, in lower case because names of people are."""
        return f"zq{self.agency.code}qz"

    @property
    def word(self) -> str:
        """By which everything is found that has a name."""
        return f"kiem{self.agency.code}"

    def name(self, what: str) -> str:
        return f"{self.word} {self.mark} {what}"

    def slug(self, what: str) -> str:
        return f"{self.word}-{self.mark}-{what}"

    def add(self, thing):
        self.keys.setdefault(thing._meta.label, []).append(thing.pk)
        return thing

    def one(self, label):
        """Return the key of one object; None if the agency has none of the kind."""
        return next(iter(self.keys.get(label, ())), None)


def furnish(agency: Agency) -> Belongings:
    """Give an agency people in every role and one of each thing, and return what it has now."""
    own = Belongings(agency)
    _add_people(own)
    author = own.people[Role.EDITOR]
    picture, file = _add_media(own, author)
    _add_pages(own, picture, file, author)
    _add_records(own)
    _hand_in(own, author)
    _add_documents(own, author)
    _add_editorial_records(own, author)
    _add_entries(own, author)
    own.keys["wagtailcore.Site"] = [agency.site_id]
    own.keys["agency_sites.PortalSettings"] = [agency.site.portal_settings.pk]
    own.keys["agency_sites.Agency"] = [agency.pk]
    return own


def _add_people(own):
    for role in Role.of(own.agency.kind):
        own.people[role] = own.add(_person(own, role, role.label))
        own.people[role].groups.add(own.agency.groups.get(role=role, name="").group)
    _add_ways_in(own, own.people[Role.APPROVER])
    former = own.add(_person(own, "cuu", "đã nghỉ"))
    Departure.objects.create(person=former, agency=own.agency)
    group = Group.objects.create(name=f"{own.agency.code}: {own.name('nhóm')}")
    AgencyGroup.objects.create(agency=own.agency, role=Role.EDITOR, group=group, name=own.name("nhóm"))
    for fixed in Group.objects.filter(agency_group__agency=own.agency).order_by("-pk"):
        own.add(fixed)


def _add_ways_in(own, person):
    """Let somebody have a device, an identity of single sign-on and an open session."""
    give_device(person)
    own.keys["mfa.Authenticator"] = list(Authenticator.objects.filter(user=person).values_list("pk", flat=True))
    own.add(SocialAccount.objects.create(user=person, provider="tinh", uid=own.name("định danh")))
    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash()})
    begin_session(session, timezone.now())
    session.create()
    own.add(
        UserSession.objects.create(
            user=person, session_key=session.session_key, ip="203.0.113.9", user_agent=own.name("máy")
        )
    )


def _person(own, word, full_name):
    username = f"{own.word}.{own.mark}.{word}"
    return get_user_model().objects.create_user(
        username=username, password=PASSWORD, email=f"{username}@example.vn", full_name=own.name(full_name)
    )


def _add_media(own, author):
    collection = own.add(own.agency.collection.add_child(name=own.name("bộ sưu tập")))
    picture = Picture.objects.create(
        title=own.name("ảnh"), alt_text=own.name("mô tả"), collection=collection, uploaded_by_user=author,
        file=picture_file(name=f"{own.slug('anh')}.jpg", size=(64, 48)),
    )  # fmt: skip
    picture.tags.add(own.name("nhãn"))
    file = File.objects.create(
        title=own.name("tệp"), collection=collection, uploaded_by_user=author,
        file=ContentFile(b"stt\n1\n", name=f"{own.slug('tep')}.csv"),
    )  # fmt: skip
    file.tags.add(own.name("nhãn tệp"))
    upload = UploadedFile.objects.create(uploaded_by_user=author, file=ContentFile(b"x", name=f"{own.slug('cho')}.jpg"))
    for thing in (picture, file, upload):
        own.add(thing)
    return picture, file


def _add_pages(own, picture, file, author):
    section = NewsIndexPage.objects.get(url_path=f"/{own.agency.code}/tin-tuc/")

    def article(what, **fields):
        page = NewsPage(
            title=own.name(what), slug=own.slug(str(len(own.pages))), summary=own.name("tóm tắt"),
            body=[("text", f"<p>{own.name('nội dung')}</p>")], lead_picture=picture, owner=author, **fields,
        )  # fmt: skip
        section.add_child(instance=page)
        NewsAttachment.objects.create(article=page, file=file, title=own.name("tệp kèm"))
        page.save_revision(user=author, log_action=True)
        own.pages[what] = page
        return page

    draft = article("bản nháp", live=False)
    Comment.objects.create(page=draft, user=author, text=own.name("ý kiến"), contentpath="title")
    changed = article("đã đăng")
    changed.title = own.name("sửa")
    changed.save_revision(user=author, log_action=True)
    private = article("riêng")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password=own.name("bí mật")
    )
    article("khoá", live=False, locked=True, locked_by=author, locked_at=timezone.now())
    scheduled = article("hẹn giờ", live=False, go_live_at=timezone.now() + SOON)
    scheduled.latest_revision.publish(user=author, skip_permission_checks=True)
    own.keys["home.NewsPage"] = [page.pk for page in own.pages.values()]
    own.keys["wagtailcore.Page"] = [*own.keys["home.NewsPage"], section.pk]
    own.keys["wagtailcore.Revision"] = [draft.latest_revision_id, changed.latest_revision_id]


def _add_records(own):
    agency = own.agency
    unit = own.add(Unit.objects.create(agency=agency, name_vi=own.name("phòng")))
    own.add(Official.objects.create(agency=agency, unit=unit, full_name=own.name("cán bộ"), job_title="Phó"))
    triggers = own.name("nên xem")
    own.add(BestBet.objects.create(agency=agency, triggers=triggers, title=triggers, address=f"/{own.slug('xem')}/"))
    today = timezone.localdate()
    own.add(QueryCount.objects.create(agency=agency, day=today, folded=own.mark, text=own.name("tìm"), times=FEWEST))
    own.add(
        Redirect.objects.create(old_path=f"/{own.slug('cu')}", site=agency.site, redirect_link=f"/{own.slug('moi')}")
    )
    PortalLink.objects.create(
        settings=agency.site.portal_settings, title=own.name("liên kết"), url="https://example.vn/"
    )


def _hand_in(own, author):
    """Let the draft wait for approval, in a way of approval that bears the agency's mark."""
    workflow = own.agency.site.root_page.get_workflow()
    task = workflow.tasks[0]
    for thing in (workflow, task):
        type(thing).objects.filter(pk=thing.pk).update(name=own.name("duyệt"))
    own.add(workflow)
    own.keys["wagtailcore.Task"] = [Task.objects.get(pk=task.pk).pk]
    state = own.add(workflow.start(own.pages["bản nháp"], author))
    own.keys["wagtailcore.TaskState"] = [state.current_task_state.pk]
    waiting = ApprovalState.objects.filter(pk=state.current_task_state.pk)
    assert waiting.update(remark=own.name("nhắn"), due_on=timezone.localdate() + SOON) == 1


def _add_documents(own, author):
    """Give the agency a draft that waits for approval, one that is public with a changed draft, one taken down."""
    issuer, kind = Issuer.objects.filter(agency=own.agency).first(), "quyet_dinh_cb"
    given = {"issuer": issuer.code, "owner": own.agency.code, "kind": kind, "effective_on": None}
    waiting = document_draft(f"11/QĐ-{own.mark}", abstract=own.name("trích yếu"), signer=own.name("ký"), **given)
    stored = own.add(
        StoredFile.objects.create(
            sha256=own.mark.encode().hex().ljust(64, "0"), size=1, media_type="application/pdf",
            file=ContentFile(b"%PDF-1.4", name="x"),
        )
    )  # fmt: skip
    own.add(Attachment.objects.create(document=waiting, stored_file=stored, name=f"{own.slug('goc')}.pdf"))
    job = {"document": waiting, "stored_file": stored, "asked_by": author, "created_at": timezone.now()}
    own.add(ReadingJob.objects.create(name=f"{own.slug('goc')}.pdf", **job))
    own.add(Relation.objects.create(source=waiting, kind=RelationKind.REPLACES, target_number=f"5/QĐ-{own.mark}"))
    words = f"Điều 1. {own.name('điều')}\nTheo Nghị định số 1/1999/NĐ-CP và {own.name('chữ')}."
    own.add(give(waiting, words))
    waiting.save()
    waiting = LegalDocument.objects.get(pk=waiting.pk)
    waiting.save_revision(user=author, log_action=True)
    own.add(own.agency.site.root_page.get_workflow().start(waiting, author))
    # What is public of it is everybody's; that it is being changed is not.
    changed = public_document(f"12/QĐ-{own.agency.code.upper()}", abstract="Ban hành quy định", **given)
    changed.abstract = own.name("sửa đổi")
    changed.save_revision(user=author, log_action=True)
    gone = document_draft(f"13/QĐ-{own.mark}", abstract=own.name("đã gỡ"), **given)
    gone.save_revision(user=author).publish()
    withdraw(thing=LegalDocument.objects.get(pk=gone.pk), user=own.people[Role.APPROVER], reason=own.name("lý do gỡ"))
    for document in (waiting, changed, gone):
        own.add(document)
    own.public.add((changed._meta.label, changed.pk))
    own.keys["wagtailcore.Revision"] += [waiting.latest_revision_id, changed.latest_revision_id]


def _add_editorial_records(own, author):
    page, now = own.pages["đã đăng"], timezone.now()
    about = {"agency": own.agency, "title": own.name("hồ sơ"), **ForcedPublication.reference(page)}
    own.add(
        ForcedPublication.objects.create(
            **about, published_by=author, published_at=now, reason=own.name("lý do"), is_own_work=True
        )
    )
    own.add(Withdrawal.objects.create(**about, reason=own.name("gỡ"), withdrawn_by=author, withdrawn_at=now))
    invitation = own.add(
        ReviewInvitation.objects.create(
            **about, revision=page.latest_revision, token_hash=own.slug("ma"), name=own.name("người đọc"),
            email=f"{own.slug('doc')}@example.vn", invited_by=author, created_at=now, expires_at=now + SOON,
        )
    )  # fmt: skip
    own.add(
        ReviewRemark.objects.create(
            invitation=invitation,
            text=own.name("góp ý"),
            written_at=now,
            form_key="00000000-0000-4000-8000-" + f"{own.agency.pk:012d}",
        )
    )


def _add_entries(own, author):
    """Let somebody be at work on the draft, and the trail tell what the agency does: a title, a reason, a refusal."""
    draft = own.pages["bản nháp"]
    own.add(
        EditingSession.objects.create(
            user=author, content_type=draft.get_base_content_type(), object_id=draft.pk, is_editing=True,
            last_seen_at=timezone.now(),
        )
    )  # fmt: skip
    record("object.change", draft, user=author, details={"changes": {"title": [own.name("trước"), own.name("sau")]}})
    record("access.refused", user=author, details={"path": f"/admin/{own.slug('noi')}/", "reason": own.name("vì")})
    entries = AuditEntry.objects.filter(agency=own.agency.code).order_by("-pk")
    own.keys["audit.AuditEntry"] = list(entries.values_list("pk", flat=True)[:5])
    assert own.keys["audit.AuditEntry"]


def look_at_each_other(all_belongings) -> None:
    """Let a draft of each agency show a link to a public page of each other: what is used by whom is a secret, too."""
    for own in all_belongings:
        links = "".join(
            f'<p><a linktype="page" id="{other.agency.site.root_page_id}">{own.name("dẫn")}</a></p>'
            for other in all_belongings
            if other is not own
        )
        draft = own.pages["khoá"]
        draft.body = [("text", links)]
        draft.save()
