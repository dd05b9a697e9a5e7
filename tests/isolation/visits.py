"""One person visits one address; what comes back is searched for marks, what is written is compared."""

import re
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import unquote, urlencode

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, PageLogEntry, Revision

from .addresses import ABSENT, fill, needs_object

_WRITES = re.compile(r"^(?:INSERT INTO|UPDATE|DELETE FROM) \"(?!django_session|wagtailadmin_editingsession)")
# Answers that let somebody see or do something.
_LET_IN = {200, 201, 202}


def shotgun(theirs) -> dict:
    """Return a form that names another agency's things in every field that any view of the admin reads."""
    page, picture, file = (theirs.one(label) for label in ("wagtailcore.Page", "core.Picture", "core.File"))
    group = theirs.agency.groups.first().group_id
    return {
        "new_parent_page": page, "chooser": page, "page": page, "parent_page": page, "redirect_page": page,
        "new_title": "x", "new_slug": "x", "copy_subpages": "on", "publish_copies": "on", "move_applied": "1",
        "lead_picture": picture, "portrait": picture, "banner": picture, "image": picture, "file": file,
        "collection": theirs.one("wagtailcore.Collection"), "parent": theirs.one("wagtailcore.Collection"),
        "site": theirs.agency.site_id, "agency": theirs.agency.pk, "unit": theirs.one("agency_sites.Unit"),
        "groups": [group], "roles": [group], "role": group, "users": [theirs.one("accounts.User")],
        "user": theirs.one("accounts.User"), "owner": theirs.one("accounts.User"),
        "edited_by": theirs.one("accounts.User"), "locked_by": theirs.one("accounts.User"),
        "requested_by": theirs.one("accounts.User"), "workflow": theirs.one("wagtailcore.Workflow"),
        "task": theirs.one("wagtailcore.Task"), "old_path": f"/{theirs.mark.lower()}-neu", "redirect_link": "/x",
        "is_superuser": "on", "is_active": "on", "username": "nguoi-moi", "full_name": "Người mới",
        "title": "x", "name": "x", "slug": "x", "restriction_type": "none", "comment": "x", "position": "0",
    }  # fmt: skip


def searches(theirs) -> dict:
    """Return a query that looks for another agency's things by every name a list takes."""
    return {
        "q": theirs.mark, "search": theirs.mark, "term": theirs.mark[:4], "query": theirs.mark,
        "fields": "*", "for_explorer": "1",
    }  # fmt: skip


def state_of(theirs) -> dict:
    """Return everything that nobody else may change of an agency, to be compared."""
    state = {
        label: list(apps.get_model(label)._base_manager.filter(pk__in=keys).order_by("pk").values())
        for label, keys in theirs.keys.items()
    }
    root = theirs.agency.site.root_page.path
    groups = Group.objects.filter(agency_group__agency=theirs.agency)
    state["tree"] = list(Page.objects.filter(path__startswith=root).order_by("path").values("pk", "path", "title"))
    state["revisions"] = Revision.objects.filter(object_id__in=map(str, theirs.keys["wagtailcore.Page"])).count()
    state["log"] = PageLogEntry.objects.filter(page__path__startswith=root).count()
    state["members"] = sorted(groups.values_list("pk", "user"), key=str)
    state["rights"] = sorted(groups.values_list("permissions", flat=True).order_by(), key=str)
    state["page rights"] = sorted(GroupPagePermission.objects.filter(page__path__startswith=root).values_list("pk"))
    state["collection rights"] = sorted(
        GroupCollectionPermission.objects.filter(collection=theirs.agency.collection).values_list("pk")
    )
    return state


@dataclass
class Visitor:
    """Somebody of one agency who tries everything; what went wrong is collected in `leaks`."""

    person: object
    own: object
    others: list
    leaks: list[str] = field(default_factory=list)
    checks: int = 0
    answers: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.client = Client(headers={"host": f"{self.own.agency.code}.localhost"}, raise_request_exception=False)
        self.client.force_login(self.person)
        self.states = {other.mark: state_of(other) for other in self.others}

    def visit(self, address) -> None:
        """Try one address with others' objects, with own ones and others' names beside, and with absent ones."""
        # One of the addresses signs out.
        self.client.force_login(self.person)
        for theirs in self.others:
            for words in fill(address, theirs):
                data = {"id": theirs.one(_bulk_label(words))} if "action" in words else {}
                self.get(address, words, data, may_open=not needs_object(address))
                self.post(address, words, data, {})
                self.post(address, words, data, shotgun(theirs))
            for words in fill(address, self.own)[:1]:
                data = {"id": theirs.one("wagtailcore.Page"), "parent_page_id": theirs.one("wagtailcore.Page")}
                self.get(address, words, searches(theirs))
                self.get(address, words, shotgun(theirs))
                if not address.words:
                    self.get(address, words, {"export": "csv"})
                    self.get(address, words, data)
                self.post(address, words, {}, shotgun(theirs))
        for words in fill(address, self.own)[:1]:
            absent = {word: ABSENT if isinstance(value, int) else value for word, value in words.items()}
            self.get(address, absent, {"id": "không phải số"})
            self.post(address, absent, {}, {"id": "1" * 400})

    def get(self, address, words, query, may_open=True):
        self._send("get", address, words, query, may_open=may_open)

    def post(self, address, words, query, form):
        # What this writes is taken back, so the session is, too, if it ended.
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        with transaction.atomic(), CaptureQueriesContext(connection) as queries:
            self._send("post", address, words, query, {key: value for key, value in form.items() if value is not None})
            if any(_WRITES.match(query["sql"]) for query in queries.captured_queries):
                for theirs in self.others:
                    if state_of(theirs) != self.states[theirs.mark]:
                        self.leaks.append(f"POST {address} {words} changed what {theirs.agency.code} has")
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session})

    def _send(self, method, address, words, query, form=None, may_open=True):
        try:
            path = reverse(address.name, kwargs=words)
        except NoReverseMatch:
            path = reverse(address.name, args=list(words.values()))
        query = {key: value for key, value in query.items() if value is not None}
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        answer = getattr(self.client, method)(target, *([form] if form is not None else []))
        self.checks += 1
        self.answers[answer.status_code] += 1
        said = _text(answer)
        who = f"{self.own.agency.code}: {method.upper()} {target[:300]}"
        if answer.status_code >= 500:
            self.leaks.append(f"{who} answers {answer.status_code}")
        for theirs in self.others:
            if theirs.mark.lower() in _without(said, target):
                self.leaks.append(f"{who} shows {_around(said, theirs.mark)}")
        if not may_open and answer.status_code in _LET_IN:
            self.leaks.append(f"{who} opens ({answer.status_code})")


def _bulk_label(words):
    return apps.get_model(words["app_label"], words["model_name"])._meta.label


def _text(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return (body.decode("utf-8", "replace") + " " + answer.get("Location", "")).lower()


def _without(said, target):
    """Take out what the visitor has sent: a search box shows its own words again."""
    for sent in {target, unquote(target), target.partition("?")[2]}:
        said = said.replace(sent.lower(), "")
    return re.sub(r'(?:value=|q=|term=|query=|search=|“|&quot;|")"?zq[a-z]+qz(?:-neu)?(?=["&”])', "", said)


def _around(said, mark):
    place = _without(said, "").find(mark.lower())
    return " ".join(said[max(0, place - 60) : place + 60].split())
