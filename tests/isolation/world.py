"""A province in which every agency has one of each thing that nobody else may know of.

Every name an agency's things carry begins with the agency's own mark. Whoever finds a mark in an answer for somebody of
another agency has found a leak.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    PageViewRestriction,
    Task,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from core.models import File, Picture
from home.models import NewsIndexPage, NewsPage
from sites.enums import Role
from sites.models import Agency, Official, Unit
from tests.pictures import picture_file

PASSWORD = "mat-khau-thu-nghiem"


@dataclass
class Belongings:
    """What one agency has, by model label: the keys of its objects, the most telling first."""

    agency: Agency
    mark: str
    keys: dict[str, list] = field(default_factory=dict)
    people: dict[Role, object] = field(default_factory=dict)

    def add(self, thing):
        self.keys.setdefault(thing._meta.label, []).append(thing.pk)
        return thing

    def one(self, label):
        """Return the key of one object; None if the agency has none of the kind."""
        return next(iter(self.keys.get(label, ())), None)


def furnish(agency: Agency) -> Belongings:
    """Give an agency people in every role and one of each thing, and return what it has now."""
    mark = f"ZQ{agency.code}QZ".upper()
    own = Belongings(agency, mark)
    _people(own)
    author = own.people[Role.EDITOR]
    section = NewsIndexPage.objects.get(url_path=f"/{agency.code}/tin-tuc/")
    picture, file = _media(own, author)
    _pages(own, section, picture, author)
    own.add(file)
    _records(own)
    _approval(own, author)
    own.keys["wagtailcore.Page"].append(section.pk)
    own.keys["wagtailcore.Site"] = [agency.site_id]
    own.keys["agency_sites.PortalSettings"] = [agency.site.portal_settings.pk]
    own.keys["agency_sites.Agency"] = [agency.pk]
    return own


def _people(own):
    for role in Role.of(own.agency.kind):
        name = f"{own.mark}.{role}".lower()
        person = get_user_model().objects.create_user(
            username=name, password=PASSWORD, email=f"{name}@example.vn", full_name=f"{own.mark} {role.label}"
        )
        person.groups.add(own.agency.groups.get(role=role).group)
        own.people[role] = own.add(person)
    for group in Group.objects.filter(agency_group__agency=own.agency):
        own.add(group)


def _media(own, author):
    collection = own.add(own.agency.collection.add_child(name=f"{own.mark} bộ sưu tập"))
    picture = Picture.objects.create(
        title=f"{own.mark} ảnh", alt_text=f"{own.mark} mô tả", collection=collection, uploaded_by_user=author,
        file=picture_file(name=f"{own.mark}.jpg".lower(), size=(64, 48)),
    )  # fmt: skip
    picture.tags.add(f"{own.mark} nhãn")
    file = File.objects.create(
        title=f"{own.mark} tệp", collection=collection, uploaded_by_user=author,
        file=ContentFile(b"stt\n1\n", name=f"{own.mark}.csv".lower()),
    )  # fmt: skip
    file.tags.add(f"{own.mark} nhãn tệp")
    own.add(picture)
    upload = UploadedFile.objects.create(
        uploaded_by_user=author, file=ContentFile(b"x", name=f"{own.mark}-cho.jpg".lower())
    )
    own.add(upload)
    return picture, file


def _pages(own, section, picture, author):
    def article(name, **fields):
        page = NewsPage(
            title=f"{own.mark} {name}", slug=f"{own.mark}-{len(pages)}".lower(), summary=f"{own.mark} tóm tắt",
            body=[("text", f"<p>{own.mark} nội dung</p>")], lead_picture=picture, owner=author, **fields,
        )  # fmt: skip
        section.add_child(instance=page)
        page.save_revision(user=author, log_action=True)
        pages.append(page)
        return page

    pages = []
    draft = article("bản nháp", live=False)
    Comment.objects.create(
        page=draft, user=author, text=f"{own.mark} ý kiến", contentpath="title", revision_created=None
    )
    changed = article("đã đăng")
    changed.title = f"{own.mark} sửa"
    changed.save_revision(user=author, log_action=True)
    private = article("riêng")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password=f"{own.mark}-bi-mat"
    )
    locked = article("khoá", live=False, locked=True, locked_by=author, locked_at=timezone.now())
    scheduled = article("hẹn giờ", live=False, go_live_at=timezone.now() + timedelta(days=3))
    scheduled.latest_revision.publish(user=author, skip_permission_checks=True)
    own.keys["wagtailcore.Page"] = [page.pk for page in (draft, changed, private, locked, scheduled)]
    own.keys["home.NewsPage"] = list(own.keys["wagtailcore.Page"])
    own.keys["wagtailcore.Revision"] = [draft.latest_revision_id, changed.latest_revision_id]
    own.draft = draft


def _records(own):
    agency, mark = own.agency, own.mark
    unit = own.add(Unit.objects.create(agency=agency, name_vi=f"{mark} phòng"))
    own.add(Official.objects.create(agency=agency, unit=unit, full_name=f"{mark} cán bộ", job_title="Phó"))
    own.add(
        Redirect.objects.create(old_path=f"/{mark}-cu".lower(), site=agency.site, redirect_link=f"/{mark}-moi".lower())
    )


def _approval(own, author):
    workflow = own.add(Workflow.objects.create(name=f"{own.mark} quy trình"))
    task = GroupApprovalTask.objects.create(name=f"{own.mark} bước duyệt")
    task.groups.add(own.agency.groups.get(role=Role.APPROVER).group)
    own.keys["wagtailcore.Task"] = [Task.objects.get(pk=task.pk).pk]
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=own.agency.site.root_page, defaults={"workflow": workflow})
    state = workflow.start(own.draft, author)
    own.add(state)
    own.keys["wagtailcore.TaskState"] = [state.current_task_state.pk]


def operator_of_a_narrow_kind(own: Belongings, codename: str):
    """Return somebody of an agency with one of Django's global rights, which an agency should never be given."""
    person = own.people[Role.ADMINISTRATOR]
    person.user_permissions.add(Permission.objects.get(codename=codename))
    return person
