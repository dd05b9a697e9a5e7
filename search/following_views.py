"""Saved searches as visitors meet them: leave an address, confirm it, see and stop what is followed.

No page here knows a session: the secret is the address of the page, which came by mail. So there is nothing that a
form on another site could do in somebody's name, and no form has a token against that.
"""

from django.core.mail import EmailMessage
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.network import client_address
from core.text import shorten

from .asking import Asked
from .forms import FollowForm, RhythmForm
from .models import Follower, SavedSearch
from .presenting.following import described
from .services import following
from .services.letters import LANGUAGE

# A field that no person sees, and which programs that fill in forms like to fill in.
TRAP = "website"
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
_HTTP = ["GET", "HEAD", "POST"]


def _page(request, name, status=200, **context):
    response = render(request, f"search/following/{name}.html", context, status=status)
    for header, value in _PRIVATE.items():
        response[header] = value
    return response


@csrf_exempt
@require_http_methods(_HTTP)
def follow(request):
    """Take an address for the search that stands in this page's own address."""
    asked = Asked.from_query(request.GET)
    if asked.is_empty:
        return HttpResponseRedirect(reverse("search"))
    form = FollowForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "asked": asked, "search": described(asked, request.agency), "trap": TRAP}
    if request.method != "POST" or not form.is_valid():
        return _page(request, "follow", **context)
    if not request.POST.get(TRAP):
        try:
            _ask(request, asked, **form.cleaned_data)
        except following.TooMany:
            return _page(request, "follow", status=429, is_too_many=True, **context)
    # The same for an address that is known, for one that is not, and for a program.
    return _page(request, "asked", email=form.cleaned_data["email"], search=context["search"])


def _ask(request, asked, email, rhythm):
    search, token = following.ask(
        email=email,
        agency=request.agency,
        query=asked.for_following().query.removeprefix("?"),
        rhythm=rhythm,
        network=client_address(request),
        now=timezone.now(),
    )
    with translation.override(LANGUAGE):
        name = "confirm" if token else "followed_already"
        words = {
            "portal": request.portal.agency.portal_title,
            "search": described(asked, request.agency),
            "confirm_address": request.portal.canonical_url + reverse("search_confirm", args=[token or "-"]),
            "own_address": request.portal.canonical_url + reverse("search_followed", args=[search.follower.token]),
            "hours": following.CONFIRM_WITHIN.total_seconds() // 3600,
        }
        subject = _("Confirm: %(words)s") if token else _("You follow this already: %(words)s")
        text = render_to_string(f"search/mail/{name}.txt", words)
        EmailMessage(subject % {"words": shorten(words["search"], 80)}, text, to=[email]).send()


@csrf_exempt
@require_http_methods(_HTTP)
def confirm(request, token):
    """Ask for the click that confirms; programs that look at links in mails confirm nothing."""
    search = following.to_be_confirmed(token, timezone.now())
    if search is None:
        return _page(request, "link_over", status=404)
    if request.method != "POST":
        return _page(request, "confirm", search=_one(search))
    confirmed = following.confirm(token, timezone.now())
    return HttpResponseRedirect(reverse("search_followed", args=[(confirmed or search).follower.token]))


@csrf_exempt
@require_http_methods(_HTTP)
def followed(request, token):
    """Show what a follower follows, with another rhythm or an end for each."""
    follower = Follower.by_token(token)
    if follower is None:
        return _page(request, "link_over", status=404)
    if request.method == "POST":
        return _change(request, follower, token)
    searches = follower.searches.filter(confirmed_at__isnull=False).select_related("agency__site").order_by("pk")
    return _page(request, "followed", searches=[_one(search) for search in searches], token=token)


def _change(request, follower, token):
    number = request.POST.get("search", "")
    if request.POST.get("act") == "stop_all":
        follower.delete()
        return _page(request, "stopped")
    search = follower.searches.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    if search is None:
        raise Http404(_("This search is followed no more."))
    form = RhythmForm(request.POST)
    if request.POST.get("act") == "stop":
        following.stop(search)
    elif form.is_valid():
        following.change_rhythm(search, form.cleaned_data["rhythm"], timezone.now())
    if not Follower.objects.filter(pk=follower.pk).exists():
        return _page(request, "stopped")
    return HttpResponseRedirect(reverse("search_followed", args=[token]))


@csrf_exempt
@require_http_methods(_HTTP)
def stop(request, token):
    """Stop one search with one click, on the page or in the mail program (RFC 8058)."""
    search = SavedSearch.by_stop_token(token)
    if request.method == "POST":
        # The second click finds it stopped, which is what was wanted.
        if search is not None:
            following.stop(search)
        return HttpResponse(status=204) if "List-Unsubscribe" in request.POST else _page(request, "stopped")
    if search is None:
        return _page(request, "stopped")
    return _page(request, "stop", search=_one(search))


def _one(search):
    asked = Asked.from_query(QueryDict(search.query))
    return {
        "key": search.pk,
        "words": described(asked, search.agency),
        "agency": search.agency,
        "query": search.query,
        "rhythm": search.rhythm,
        "rhythms": [(value, label, value == search.rhythm) for value, label in _rhythms()],
    }


def _rhythms():
    return SavedSearch._meta.get_field("rhythm").choices
