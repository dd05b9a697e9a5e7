"""One person visits one address; what comes back is searched for marks, what is written is compared."""

from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from sites.doors import PARAMETERS, verdict

from .addresses import ABSENT, fill, needs_object, offers
from .fingerprint import Fingerprint, noting_writes

# Answers that let somebody see or do something.
_LET_IN = {200, 201, 202}
# So many of another agency's objects of one kind are tried at one address.
MOST_OBJECTS = 5
# Here somebody signs out or in, so that the rest would be seen by nobody.
_ENDS_SESSION = {"wagtailadmin_logout", "wagtailadmin_login"}


def body_of(answer) -> bytes:
    """Return what an answer brings, however it is sent."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return _unpacked(body) if body[:2] == b"PK" else body


def marks_in(answer, body, marks) -> list[str]:
    """Return what an answer tells around each mark: its body, its name, and where it leads."""
    said = f"{body.decode('utf-8', 'replace')} {answer.get('Location', '')} {answer.get('Content-Disposition', '')}"
    said = said.lower()
    return [f"…{said[max(0, said.find(mark) - 60) : said.find(mark) + 40]}…" for mark in marks if mark in said]


def _unpacked(workbook):
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(workbook)) as parts:
        return b" ".join(parts.read(name) for name in parts.namelist())


def shotgun(theirs) -> dict:
    """Return a form that names another agency's things in every field that any view of the admin reads."""
    page, picture, file = (theirs.one(label) for label in ("wagtailcore.Page", "core.Picture", "core.File"))
    person, group = theirs.one("accounts.User"), theirs.one("auth.Group")
    return {
        "new_parent_page": page, "chooser": page, "page": page, "parent_page": page, "redirect_page": page,
        "new_title": "x", "new_slug": "x", "copy_subpages": "on", "publish_copies": "on", "move_applied": "1",
        "lead_picture": picture, "portrait": picture, "banner": picture, "image": picture, "file": file,
        "collection": theirs.one("wagtailcore.Collection"), "parent": theirs.one("wagtailcore.Collection"),
        "site": theirs.agency.site_id, "agency": theirs.agency.pk, "unit": theirs.one("agency_sites.Unit"),
        "groups": [group], "roles": [group], "role": group, "users": [person], "user": person, "owner": person,
        "edited_by": person, "locked_by": person, "requested_by": person,
        "workflow": theirs.one("wagtailcore.Workflow"), "task": theirs.one("wagtailcore.Task"),
        "old_path": "/moi", "redirect_link": "/x", "is_superuser": "on", "is_active": "on", "username": "nguoi-moi",
        "full_name": "Người mới", "title": "x", "name": "x", "slug": "x", "restriction_type": "none", "comment": "x",
        "position": "0", "tags": theirs.word, "target": theirs.one("legal_docs.LegalDocument"), "act": "take",
        "relations-TOTAL_FORMS": "1", "relations-INITIAL_FORMS": "0", "relations-0-kind": "replaces",
        "relations-0-target": theirs.one("legal_docs.LegalDocument"), "reason": "Một lý do đủ dài",
    }  # fmt: skip


def searches(theirs) -> dict:
    """Return a query that looks for another agency's things by every name that a list takes."""
    word = theirs.word
    return {"q": word, "search": word, "term": word, "query": word, "text": word, "fields": "*", "for_explorer": "1"}


@dataclass
class Visitor:
    """Somebody of one agency who tries everything; what went wrong is collected in `leaks`."""

    person: object
    own: object
    others: list
    # Whether what others have may be seen, as auditors may; then only changes are leaks.
    reads_all: bool = False
    # Whether what others have may be changed; then only a failing view is wrong.
    acts_for_all: bool = False
    # Whether all of another agency's objects are tried, and absent ones, in every way; else one, in the telling ways.
    is_thorough: bool = True
    leaks: list[str] = field(default_factory=list)
    checks: int = 0
    answers: Counter = field(default_factory=Counter)

    def __post_init__(self):
        self.client = Client(headers={"host": f"{self.own.agency.code}.localhost"}, raise_request_exception=False)
        self.client.force_login(self.person)
        # The longer ways are tried with one of the others in turn.
        self._turns = cycle(self.others)
        # Another one first for every other person, so that each address gets both.
        self._absent = cycle(ABSENT if self.person.pk % 2 else reversed(ABSENT))
        guarded = [other.agency for other in self.others]
        self.fingerprint = Fingerprint(guarded + [self.own.agency] * self.reads_all, beside=self.person)

    def visit(self, address, others=None) -> None:
        """Try one address with others' objects, with own ones and others' names beside, and with absent ones."""
        own = fill(address, self.own)[:1]
        for theirs in self.others if others is None else others:
            for number, words in enumerate(fill(address, theirs)[: MOST_OBJECTS if self.is_thorough else 1]):
                self._try_theirs(address, words, theirs, with_empty_form=self.is_thorough and number == 0)
            for words in own:
                self._try_beside(address, words, theirs)
        for words in own:
            self._try_alone(address, words)
            if self.is_thorough:
                self._try_more_beside(address, words, next(self._turns))
                self._try_absent(address, words)
        if address.name in _ENDS_SESSION:
            self.client.force_login(self.person)

    def _try_theirs(self, address, words, theirs, with_empty_form):
        data = {"id": theirs.one(_bulk_label(words))} if "action" in words else {}
        self.get(address, words, data, may_open=not needs_object(address) or offers(address, words, theirs))
        self.post(address, words, data, _without_guarded(address, shotgun(theirs)))
        if with_empty_form:
            self.post(address, words, data, {})

    def _try_beside(self, address, words, theirs):
        self.get(address, words, searches(theirs))
        self.post(address, words, {}, _without_guarded(address, shotgun(theirs)))

    def _try_alone(self, address, words):
        if self.is_thorough:
            self.get(address, words, {})
        if not address.words:
            for kind in ("csv", "xlsx", "jsonl"):
                self.get(address, words, {"export": kind})

    def _try_more_beside(self, address, words, theirs):
        self.get(address, words, _without_guarded(address, shotgun(theirs)))
        self.get(address, words, shotgun(theirs))
        self.post(address, words, {}, shotgun(theirs))
        if not address.words:
            self.get(address, words, {name: theirs.one("wagtailcore.Page") for name in ("id", "parent_page_id")})

    def _try_absent(self, address, words):
        key = next(self._absent)
        absent = {word: key if isinstance(value, int) else value for word, value in words.items()}
        self.get(address, absent, {"id": "không phải số", "p": "-1"})
        self.post(address, absent, {}, {"id": "1" * 400, "page": "x" * 30, "groups": ["", "ơ"]})

    def get(self, address, words, query, may_open=True):
        self._send("get", address, words, query, may_open=may_open)

    def post(self, address, words, query, form):
        form = {key: value for key, value in form.items() if value is not None}
        self._send("post", address, words, query, form)

    def _send(self, method, address, words, query, form=None, may_open=True):
        target = _path(address, words)
        query = {key: value for key, value in query.items() if value is not None}
        target = f"{target}?{urlencode(query, doseq=True)}" if query else target
        said = f"{self.person.username} {method.upper()} {target[:300]}"
        # What this writes is taken back, so the session is, too, if it ended.
        session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        with transaction.atomic(), noting_writes() as written:
            answer = self.client.get(target) if method == "get" else self._post(target, form)
            body = body_of(answer)
            for change in self.fingerprint.changes(written) if written and not self.acts_for_all else ():
                self.leaks.append(f"{said} changed {change}")
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session})
        self.checks += 1
        self.answers[answer.status_code] += 1
        self._judge(said, answer, body, may_open)

    def _post(self, target, form):
        # No view tells the two kinds of form apart, and this one is written and read in a third of the time.
        return self.client.post(target, urlencode(form, doseq=True), content_type="application/x-www-form-urlencoded")

    def _judge(self, said, answer, body, may_open):
        if answer.status_code >= 500:
            self.leaks.append(f"{said} answers {answer.status_code}")
        if self.reads_all or self.acts_for_all:
            return
        self.leaks += [f"{said} shows {what}" for what in marks_in(answer, body, [other.mark for other in self.others])]
        if not may_open and answer.status_code in _LET_IN:
            self.leaks.append(f"{said} opens ({answer.status_code})")


def _path(address, words):
    try:
        return reverse(address.name, kwargs=words)
    except NoReverseMatch:
        return reverse(address.name, args=list(words.values()))


def _without_guarded(address, form):
    """Leave out what the gate refuses by its name, so that the rest comes to the view."""
    door = verdict(address.name, address.model)
    guarded = PARAMETERS.keys() | (door.parameters.keys() if door else set())
    return {name: value for name, value in form.items() if name not in guarded}


def _bulk_label(words):
    return apps.get_model(words["app_label"], words["model_name"])._meta.label
