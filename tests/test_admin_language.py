"""The admin speaks Vietnamese: a walk through all of it, in every role, meets no text that stayed English."""

import json
import re
from collections import deque
from urllib.parse import urldefrag

import pytest
from django.test import Client
from django.utils.translation import trans_real

from accounts.links import password_link_path
from accounts.tests.factories import PASSWORD, give_device
from accounts.tests.test_bad_input import paths as account_paths
from core.models import Picture
from home.models import NewsIndexPage, NewsPage
from tests.pictures import picture_file, text_file

pytestmark = pytest.mark.django_db

# The same in both languages: names, formats, codes, and what is a pattern rather than a text.
SAME = {
    "Wagtail", "URL", "HTML", "ID", "CSV", "XLSX", "JSON", "Email", "Media", "Menu", "OK", "slug", "SHA-256", "English",
    "Tiếng Việt", "Slug", "%(size)d byte", "Audio", "Video", "Symbol", "Favicon", "RSS", "PDF",
}  # fmt: skip
_LINK = re.compile(r'(?:href|action|data-url|data-w-swap-src-value|data-chooser-url)="(/admin/[^"]*)"')
_LETTERS = re.compile("[A-Za-z]{3}")
MOST_PAGES = 400
FORMS = ("/admin/pages/add/home/newspage/{section}/", "/admin/images/add/", "/admin/documents/add/", "/admin/account/")
NO_ROWS = {
    f"{rows}-{end}": 0 for rows in ("attachments", "related_documents") for end in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.fixture
def untranslated(monkeypatch):
    """Collect the texts that were asked for in Vietnamese and came back as they were."""
    found = {}

    def watch(name):
        original = getattr(trans_real.DjangoTranslation, name)

        def translate(self, *args):
            result = original(self, *args)
            message = args[0].split("\x04")[-1]
            if self.to_language() == "vi" and result in args and _LETTERS.search(message) and message not in SAME:
                found.setdefault(message, found.get("where", ""))
            return result

        monkeypatch.setattr(trans_real.DjangoTranslation, name, translate)

    watch("gettext")
    watch("ngettext")
    return found


@pytest.fixture
def content(department):
    """One of each thing an editor can meet."""
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    picture = Picture.objects.create(
        title="Trụ sở", alt_text="Trụ sở Sở", file=picture_file(), collection=department.collection
    )
    text_file(section)
    live = NewsPage(title="Đã đăng", summary="Tóm tắt.", lead_picture=picture)
    section.add_child(instance=live)
    live.save_revision().publish()
    draft = NewsPage(title="Bản nháp", summary="Tóm tắt.", live=False)
    section.add_child(instance=draft)
    draft.save_revision()
    return section


def walk(client, found):
    """GET every address of the admin that a page names, once for each pattern of address."""
    waiting, seen, visited = deque(["/admin/"]), set(), 0
    while waiting and visited < MOST_PAGES:
        address = waiting.popleft()
        found["where"] = address
        answer = client.get(address, headers={"accept": "text/html"})
        visited += 1
        assert answer.status_code < 500, address
        if "text/html" not in answer.get("Content-Type", "") or answer.streaming:
            continue
        for link in _LINK.findall(answer.text):
            link = urldefrag(link.replace("&amp;", "&"))[0]
            pattern = re.sub(r"\d+", "0", link.split("?")[0])
            if pattern not in seen and "logout" not in link:
                seen.add(pattern)
                waiting.append(link)
    found.pop("where", None)
    return visited


@pytest.mark.parametrize("role", ["editor_of", "approver_of", "administrator_of", "operator"])
def test_nothing_in_the_admin_is_left_in_english(role, request, department, content, untranslated):
    user = request.getfixturevalue(role)
    user = user if role == "operator" else user(department)
    client = Client(headers={"host": "stttt.localhost"})
    client.force_login(user)
    assert walk(client, untranslated) > 30
    assert untranslated == {}


@pytest.mark.parametrize("address", FORMS)
def test_what_is_said_of_wrong_input_is_vietnamese(address, department, content, untranslated, approver_of):
    client = Client(headers={"host": "stttt.localhost"})
    client.force_login(approver_of(department))
    answer = client.post(address.format(section=content.pk), {"action-publish": "1", "body-count": 0, **NO_ROWS})
    assert answer.status_code in {200, 302}
    assert untranslated == {}


def test_sign_in_and_the_own_account_are_vietnamese(department, approver_of, untranslated):
    client = Client(headers={"host": "stttt.localhost"})
    wrong = dict.fromkeys(("username", "password", "email", "code", "oldpassword", "password1"), "sai")
    user = approver_of(department)
    # As a stranger, on the way to the second factor, with one on the way in, and inside.
    for _stage in ("stranger", "owes", "half-way", "inside"):
        if _stage == "owes":
            client.post("/tai-khoan/dang-nhap/", {"username": user.username, "password": PASSWORD})
        elif _stage == "half-way":
            give_device(user)
            client = Client(headers={"host": "stttt.localhost"})
            client.post("/tai-khoan/dang-nhap/", {"username": user.username, "password": PASSWORD})
        elif _stage == "inside":
            client.force_login(user)
        for path in account_paths():
            if "dang-xuat" not in path and "phien" not in path:
                assert client.get(path).status_code < 500
                assert client.post(path, wrong | {"password2": "khac"}).status_code < 500
    form = client.get(password_link_path(user)).url
    client.post(form, {"password1": "ngan", "password2": "khac"})
    client.post(form, {"password1": "matkhau123456", "password2": "matkhau123456"})
    assert untranslated == {}


def test_scripts_of_the_editor_are_vietnamese(department, approver_of):
    client = Client(headers={"host": "stttt.localhost"})
    client.force_login(approver_of(department))
    catalogue = client.get("/admin/jsi18n/").text
    texts = json.loads(re.search(r"newcatalog = ({.*?});", catalogue, re.DOTALL).group(1))
    assert texts["Delete"] == "Xóa"
    same = [text for text, translation in texts.items() if text == translation and text not in SAME]
    assert not [text for text in same if _LETTERS.search(re.sub(r"%\(\w+\)s", "", text))]
