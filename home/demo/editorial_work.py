"""Articles on their way: one in each state between draft and public, so that a newcomer finds something to decide."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from editorial.ownership import stamp
from editorial.services.approvals import approve, force_publish, send_back, submit
from editorial.services.withdrawals import withdraw
from home.models import NewsPage
from sites.models import Agency, PortalSection

from .bulk import district_names
from .people import approver_name, editor_name
from .texts import write_article
from .vocabulary import speaker_of

KEY = "demo-work:"


def fill_workflow(agency: Agency, people: Callable[[str], object], *, seed: int, day) -> int:
    """Give a portal one article in each state, written and decided by its demo people; return how many were added."""
    section = PortalSection.objects.filter(agency=agency, key="tin-tuc").select_related("page").first()
    if section is None:
        return 0
    editor, approver = people(editor_name(agency)), people(approver_name(agency))
    added = 0
    for state, bring in _STATES.items():
        key = KEY + state
        if NewsPage.objects.filter(origin=agency, import_key=key).exists():
            continue
        draft = _write(agency, section.page, key, editor, seed, day)
        bring(draft, editor, approver, day)
        added += 1
    return added


def _write(agency, parent: Page, key, editor, seed, day):
    rng = random.Random(f"{seed}/{agency.code}/{key}")
    article = write_article(speaker_of(agency, district_names()), "tin-tuc", day, rng)
    page = NewsPage(
        title=article.title, summary=article.summary, author_initials=article.initials, import_key=key, live=False,
        has_unpublished_changes=True, origin=agency, owner=editor,
        body=[("text", f"<p>{article.summary}</p>")],
    )  # fmt: skip
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=editor, log_action=True)
    return page


def _again(page):
    return NewsPage.objects.get(pk=page.pk)


def _seen(page):
    return stamp(_again(page).get_latest_revision())


def _submit(page, editor, approver, day):
    submit(thing=_again(page), user=editor, remark="Đề nghị duyệt trong tuần.", due_on=day + timedelta(days=3), on=day)


def _submit_overdue(page, editor, approver, day):
    due_on = day - timedelta(days=2)
    submit(thing=_again(page), user=editor, remark="Bài cần đăng sớm.", due_on=due_on, on=due_on)


def _send_back(page, editor, approver, day):
    _submit(page, editor, approver, day)
    send_back(thing=_again(page), user=approver, reason="Bổ sung số liệu và ghi rõ nguồn.")


def _schedule(page, editor, approver, day):
    _submit(page, editor, approver, day)
    publish_at = timezone.make_aware(datetime.combine(day + timedelta(days=7), time(8)))
    approve(thing=_again(page), user=approver, seen=_seen(page), publish_at=publish_at)


def _force(page, editor, approver, day):
    reason = "Thông báo khẩn (dữ liệu dùng thử): không kịp chờ người thứ hai."
    force_publish(thing=_again(page), user=approver, seen=_seen(page), reason=reason)


def _withdraw(page, editor, approver, day):
    _submit(page, editor, approver, day)
    approve(thing=_again(page), user=approver, seen=_seen(page))
    withdraw(
        thing=_again(page), user=approver, reason="Số liệu trong bài chưa chính xác, sẽ đăng lại sau khi kiểm tra."
    )


_STATES = {
    "draft": lambda *given: None,
    "submitted": _submit,
    "overdue": _submit_overdue,
    "sent-back": _send_back,
    "scheduled": _schedule,
    "forced": _force,
    "withdrawn": _withdraw,
}
