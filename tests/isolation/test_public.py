"""What is not public is at no public address: no page, list, feed, search, site map, size of a picture or file."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from accounts import urls as account_urls
from core.models import File, Picture
from core.renditions import make_missing
from home.models import NewsAttachment, NewsIndexPage, NewsPage
from search.services.indexing import index_changes
from sites.models import Agency
from tests.pictures import picture_file

from .document_addresses import addresses as document_addresses
from .search_addresses import TELL_NOTHING
from .search_addresses import addresses as search_addresses

pytestmark = pytest.mark.django_db
CODES = ("binhduong", "stttt", "thuanan")
KINDS = ("draft", "scheduled", "private", "in_private_section", "expired", "private_collection")
# Stands in every title beside the mark of its kind. Visitors send this word alone, and no address holds either.
SOUGHT = "kiembimat"
WORDS = (SOUGHT, "bi mat", "bai", "Tệp", "ảnh")
PRIVATE = {"restriction_type": PageViewRestriction.LOGIN}


@dataclass(frozen=True)
class Hidden:
    """An article of the department that the public may not know of, with a picture and a file that only it shows."""

    kind: str
    page: NewsPage
    picture: Picture
    file: File

    @property
    def mark(self) -> str:
        return mark_of(self.kind)

    @property
    def is_for_the_signed_in(self) -> bool:
        """Whether it opens for whoever is signed in: that is what its owner has said."""
        return self.kind in ("private", "in_private_section")


def mark_of(kind: str) -> str:
    return f"zq{kind.replace('_', '')}qz"


@pytest.fixture
def hidden_articles(department):
    """One article of each kind."""
    return [hide(kind, department) for kind in KINDS]


def hide(kind, agency):
    name, slug = f"{SOUGHT} {mark_of(kind)}", f"kin-{KINDS.index(kind)}"
    section = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    collection = agency.collection
    if kind == "private_collection":
        collection = collection.add_child(name=f"{name} riêng")
        CollectionViewRestriction.objects.create(collection=collection, **PRIVATE)
    if kind == "in_private_section":
        section = section.add_child(instance=NewsIndexPage(title=f"{name} mục", slug=f"muc-{slug}"))
        PageViewRestriction.objects.create(page=section, **PRIVATE)
    # An article whose picture is private is public itself, with what it says of the picture.
    alt_text = "Ảnh" if kind == "private_collection" else f"{name} ảnh"
    picture = Picture.objects.create(
        title=f"{name} ảnh", alt_text=alt_text, file=picture_file(name=f"anh-{slug}.jpg"), collection=collection
    )
    make_missing(picture)
    file = File.objects.create(
        title=f"{name} tệp", file=ContentFile(b"a,b\n", name=f"tep-{slug}.csv"), collection=collection
    )
    title = "Bài công khai" if kind == "private_collection" else f"{name} bài"
    page = NewsPage(title=title, slug=f"bai-{slug}", summary="Tóm tắt.", lead_picture=picture, live=kind != "draft")
    section.add_child(instance=page)
    NewsAttachment.objects.create(article=page, file=file, title="Tệp kèm")
    if kind in ("draft", "in_private_section", "private_collection"):
        page.save_revision()
    elif kind == "private":
        PageViewRestriction.objects.create(page=page, **PRIVATE)
    else:
        later, earlier = timezone.now() + timedelta(days=2), timezone.now() - timedelta(days=2)
        page.go_live_at, page.expire_at = (later, None) if kind == "scheduled" else (None, earlier)
        page.save_revision().publish()
        NewsPage.objects.filter(pk=page.pk).update(live=False)
        NewsPage.objects.get(pk=page.pk).save()
    index_changes()
    return Hidden(kind, NewsPage.objects.get(pk=page.pk), picture, file)


def _public_patterns(entries=None, prefix=""):
    for entry in get_resolver().url_patterns if entries is None else entries:
        here = prefix + str(entry.pattern)
        if here.startswith("admin/"):
            continue
        if isinstance(entry, URLPattern):
            yield entry.name or here
        else:
            yield from _public_patterns(entry.url_patterns, here)


def addresses(hidden_articles):
    """Return, for each public pattern, the addresses at which something could be told."""
    pages, lists, articles = (_paths_of(model) for model in (Page, NewsIndexPage, NewsPage))
    sizes = [path for one in hidden_articles for path in one.picture.renditions.values_list("file", flat=True)]
    assert len(sizes) >= len(hidden_articles)
    originals = [media.file.name for one in hidden_articles for media in (one.picture, one.file)]
    handed_out = [[one.file.pk, one.file.filename] for one in hidden_articles]
    return {
        "wagtail_serve": [
            *pages,
            *(f"{path}{end}" for path in lists for end in ("rss/", "atom/", f"?trang=1&q={SOUGHT}")),
            *(f"{path}in/" for path in articles),
        ],
        "file": [reverse("file", args=file) for file in handed_out],
        "media": [reverse("media", args=[path]) for path in (*sizes, *originals)],
        "wagtaildocs_serve": [reverse("wagtaildocs_serve", args=file) for file in handed_out],
        "wagtaildocs_authenticate_with_password": [],
        "wagtailcore_authenticate_with_password": [],
        "wagtailcore_login": [reverse("wagtailcore_login")],
        **search_addresses(WORDS),
        "site_map": [reverse("site_map")],
        "organisation": [reverse("organisation")],
        "sitemap": [reverse("sitemap")],
        "sitemap_section": [reverse("sitemap_section", args=[part]) for part in ("muc", "tin", "van-ban")],
        "robots": [reverse("robots")],
        "portal_stylesheet": [reverse("portal_stylesheet", args=["x"])],
        "review": [reverse("review", args=["khong-co"])],
        # What documents could tell is looked for in test_public_documents.
        **document_addresses(["khong-co"], [SOUGHT], [1], [(1, "a.pdf")]),
        **{pattern.name: [_of_account(pattern)] for pattern in account_urls.urlpatterns},
    }


def _paths_of(model):
    """Return the paths of all pages of a kind, below whatever host; the same path stands on many portals."""
    paths = model.objects.filter(depth__gt=1).values_list("url_path", flat=True)
    return sorted({"/" + path.split("/", 2)[2] for path in paths})


def _of_account(pattern):
    words = {"uidb36": "a", "key": "b-c", "pk": 1, "provider_id": "khong-co"}
    return reverse(pattern.name, kwargs={name: words[name] for name in pattern.pattern.regex.groupindex})


def test_every_public_address_is_known_here(hidden_articles):
    known = set(addresses(hidden_articles))
    assert set(_public_patterns()) <= known, "Say in addresses() what this address could tell."


def test_what_is_not_public_is_at_no_public_address(hidden_articles, client_for, editor_of, district):
    visitors = [client_for(Agency.objects.get(code=code)) for code in CODES]
    # Somebody signed in at another agency is the public here.
    visitors.append(client_for(Agency.objects.get(code="stttt"), editor_of(district)))
    checked = 0
    for client in visitors:
        is_signed_in = "_auth_user_id" in client.session
        marks = [one.mark for one in hidden_articles if not (is_signed_in and one.is_for_the_signed_in)]
        for address in (address for several in addresses(hidden_articles).values() for address in several):
            answer = client.get(address)
            checked += 1
            assert answer.status_code < 500, address
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = body.decode("utf-8", "replace").lower()
            told = [f"{address}: {said[max(0, said.find(mark) - 90) :][:200]}" for mark in marks if mark in said]
            assert not told, told
    assert checked > 400


@pytest.mark.parametrize("kind", KINDS)
def test_picture_and_file_of_it_are_not_handed_out(kind, client_for, department, district, editor_of):
    hidden = hide(kind, department)
    picture, file = hidden.picture, hidden.file
    media = [settings.MEDIA_URL + path for path in picture.renditions.values_list("file", flat=True)]
    media += [reverse("file", args=[file.pk, file.filename]), settings.MEDIA_URL + picture.file.name]
    for client in (client_for(department), client_for(district), client_for(district, editor_of(district))):
        assert {client.get(address).status_code for address in media} == {404}
    # Its own editor sees all of them: they are there, and it was the visitor who was refused.
    own = client_for(department, editor_of(department))
    assert {own.get(address).status_code for address in media} == {200}


def test_the_same_addresses_tell_what_is_public(client_for, department):
    hidden = hide("draft", department)
    hidden.page.live = True
    hidden.page.save_revision().publish()
    index_changes()
    tells = []
    for pattern, several in addresses([hidden]).items():
        answers = [client_for(department).get(address) for address in several]
        bodies = [b"".join(answer.streaming_content) if answer.streaming else answer.content for answer in answers]
        if any(hidden.mark in body.decode("utf-8", "replace") for body in bodies) and pattern:
            tells.append(pattern)
    assert {"wagtail_serve", *search_addresses(WORDS)} - TELL_NOTHING <= set(tells)
    file = reverse("file", args=[hidden.file.pk, hidden.file.filename])
    assert client_for(department).get(file).status_code == 200
