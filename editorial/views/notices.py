"""What an address answers when its page was withdrawn or has expired: 410 and a notice, never the content."""

from http import HTTPStatus

from django.shortcuts import render
from wagtail.models import Page, PageViewRestriction

from editorial.models import Withdrawal


def notice_at(request, url_path: str):
    """Return the notice for an address of the page tree, as a response; None where nothing was withdrawn."""
    if _is_private(url_path):
        return None
    withdrawal = Withdrawal.objects.at(url_path).select_related("agency").first()
    if withdrawal is None and not Page.objects.filter(url_path=url_path, live=False, expired=True).exists():
        return None
    return _notice(request, withdrawal)


def notice_of(request, thing):
    """Return the notice for something that is not shown here any more, such as another agency's article."""
    withdrawal = Withdrawal.objects.of(thing).in_force().select_related("agency").first()
    if withdrawal is None or _is_private(withdrawal.url_path):
        return None
    return _notice(request, withdrawal)


def _notice(request, withdrawal):
    return render(request, "editorial/withdrawn.html", {"withdrawal": withdrawal}, status=HTTPStatus.GONE)


def _is_private(url_path):
    paths = PageViewRestriction.objects.values_list("page__url_path", flat=True)
    return any(url_path.startswith(path) for path in paths)
