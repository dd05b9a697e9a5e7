"""The demo as people meet it: the command, the pages it fills, the accounts it makes."""

import io
import random
import stat
from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import F
from PIL import Image
from wagtail.models import Page, ReferenceIndex

from accounts.permissions import must_use_second_factor
from accounts.services.second_factor import with_device
from core.file_checks import check_file
from core.models import File, Picture
from core.text import fold, normalise
from core.visibility import is_public
from home.demo import people, pictures, seeding
from home.demo.bulk import REFERENCE_DAY, add_articles, day_of
from home.demo.files import pdf
from home.demo.profiles import DEPARTMENT_COLOURS, DISTRICT_COLOURS, PROVINCE_COLOURS
from home.demo.scenes import SCENES
from home.demo.texts import write_article
from home.demo.vocabulary import speaker_of, stories
from home.models import NewsOffer, NewsPage, NewsPlacement, SectionPage
from sites.agencies_file import read_agencies
from sites.models import Agency, FieldOfWork, PortalSettings
from sites.validators import contrast

CODES = ["binhduong", "stttt", "thuanan"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def private_folders(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def quick_pictures(monkeypatch):
    """One small drawing for all: what is tested here is what becomes of pictures, not how they look."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 40), "#336699").save(stream, "JPEG")
    monkeypatch.setattr(pictures, "draw", lambda scene, seed: (stream.getvalue(), f"Tranh minh họa: {scene}"))


def seed(*codes, size="small", **options):
    out = io.StringIO()
    call_command("seed_demo", "--portal", *(codes or CODES), "--size", size, stdout=out, **options)
    return out.getvalue()


def numbers():
    return [
        model.objects.count()
        for model in (Page, Picture, File, NewsPlacement, NewsOffer, ReferenceIndex, get_user_model())
    ]


def test_second_run_adds_nothing(private_folders, quick_pictures):
    seed()
    before = numbers()
    seed()
    assert numbers() == before


def test_the_tree_is_sound_and_titles_differ(private_folders, quick_pictures):
    seed()
    assert not any(Page.find_problems())
    for page in Page.objects.filter(numchild__gt=0):
        assert page.numchild == page.get_children().count()
    for code in CODES:
        titles = list(NewsPage.objects.filter(origin__code=code).values_list("title", flat=True))
        assert len(titles) == len(set(titles)) >= 8


def test_an_article_is_as_a_saved_one(private_folders, quick_pictures):
    seed("stttt")
    article = NewsPage.objects.filter(lead_picture__isnull=False).last()
    columns, references = columns_of(article), references_of(article)
    placement = NewsPlacement.objects.filter(article=article).values().get()
    article.save()
    again = NewsPage.objects.get(pk=article.pk)
    assert {name: str(getattr(again, name)) for name in columns} == {
        name: str(value) for name, value in columns.items()
    }
    assert (
        set(ReferenceIndex.get_references_for_object(again).values_list("to_object_id", "content_path")) == references
    )
    assert NewsPlacement.objects.filter(article=article).values().get() == placement
    assert again.search_text == fold(f"{again.title} {again.summary}")


def columns_of(article):
    return {field.attname: str(getattr(article, field.attname)) for field in article._meta.concrete_fields}


def references_of(article):
    return set(ReferenceIndex.get_references_for_object(article).values_list("to_object_id", "content_path"))


def test_the_admin_finds_an_article(private_folders, quick_pictures):
    seed("stttt")
    article = NewsPage.objects.filter(import_key__startswith="demo:").first()
    assert article.pk in {page.pk for page in Page.objects.all().search(article.title)}


def test_pictures_and_files_are_public(private_folders, quick_pictures):
    seed("stttt")
    assert Picture.objects.count() == seeding.SIZES["small"].pictures
    assert all(is_public(picture) for picture in Picture.objects.all())
    assert all(is_public(file) for file in File.objects.all())


def test_pages_answer(private_folders, quick_pictures, client):
    seed("stttt")
    article = NewsPage.objects.filter(origin__code="stttt").first()
    for path in ("/", "/tin-tuc/", "/lien-he/", "/gioi-thieu/chuc-nang-nhiem-vu/", article.path_in_portal):
        assert client.get(path, headers={"host": "stttt.localhost"}).status_code == 200, path


def test_every_kind_of_block_is_shown_somewhere(private_folders, quick_pictures):
    seed()
    pages = [*NewsPage.objects.all(), *SectionPage.objects.all()]
    kinds = {block.block_type for page in pages for block in page.body}
    assert kinds == {"text", "picture", "table", "quote", "files", "contact", "accordion"}


def test_what_an_editor_wrote_stays(private_folders, quick_pictures):
    portal = PortalSettings.objects.get(site__agency__code="stttt")
    portal.address = "Số 1"
    portal.save()
    section = SectionPage.objects.get(url_path="/stttt/lien-he/")
    section.introduction = "Của biên tập viên"
    section.save()
    seed("stttt")
    portal.refresh_from_db()
    section.refresh_from_db()
    assert (portal.address, portal.hotline) == ("Số 1", "")
    assert section.introduction == "Của biên tập viên"


def test_news_is_shared_with_the_province(private_folders, quick_pictures):
    seed()
    shared = NewsPlacement.objects.filter(agency__code="binhduong", is_original=False, is_live=True)
    assert shared.exists()


def test_editor_signs_in_with_the_printed_password(private_folders, quick_pictures, client):
    output = seed("stttt")
    password = people.known_password()
    assert password in output
    assert "http://stttt.localhost:" in output
    assert stat.S_IMODE(people.password_file().stat().st_mode) == 0o600
    editor = get_user_model().objects.get(username="bientap.stttt")
    assert editor.check_password(password)
    assert set(editor.groups.values_list("agency_group__role", flat=True)) == {"editor"}
    assert not editor.is_superuser
    assert get_user_model().objects.get(username="quantri").is_superuser


def test_approver_signs_in_with_the_printed_way_to_the_code(private_folders, quick_pictures, client_for):
    output = seed("stttt")
    assert "manage.py demo_code" in output
    assert people.known_secret()[:4] in output
    assert stat.S_IMODE(people.secret_file().stat().st_mode) == 0o600
    client = client_for(Agency.objects.get(code="stttt"))
    code = io.StringIO()
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False):
        form = {"username": "duyet.stttt", "password": people.known_password()}
        assert client.post("/tai-khoan/dang-nhap/", form).url == "/tai-khoan/dang-nhap/ma/"
        call_command("demo_code", stdout=code, stderr=io.StringIO())
        assert client.post("/tai-khoan/dang-nhap/ma/", {"code": code.getvalue().strip()}).url == "/admin/"
        assert client.get("/admin/").status_code == 200


def test_everybody_who_needs_a_device_has_the_one_of_the_demo(private_folders, quick_pictures):
    seed()
    users = get_user_model().objects.filter(email__endswith="@congkhai.example")
    having = {user.username for user in with_device(users) if user.has_device}
    assert having == {user.username for user in users if must_use_second_factor(user)}
    assert "duyet.stttt" in having
    assert "bientap.stttt" not in having


def test_code_of_a_demo_that_is_gone_is_explained(private_folders):
    with pytest.raises(CommandError, match="demo-second-factor"):
        call_command("demo_code")


def test_a_later_run_leaves_a_changed_password(private_folders, quick_pictures):
    seed("stttt")
    editor = get_user_model().objects.get(username="bientap.stttt")
    editor.set_password("tu-dat-mat-khau")
    editor.save()
    seed("stttt")
    editor.refresh_from_db()
    assert editor.check_password("tu-dat-mat-khau")


def test_print_only_changes_nothing(private_folders):
    before = numbers()
    assert "bientap.stttt" in seed("stttt", print_only=True)
    assert numbers() == before


def test_unknown_portal_is_named(private_folders):
    with pytest.raises(CommandError, match="khongco"):
        seed("khongco")


def test_the_same_seed_writes_the_same(department):
    speaker = speaker_of(department, ["thị xã Dĩ An"])
    first, second, other = (
        write_article(speaker, "tin-tuc/hoat-dong", REFERENCE_DAY, random.Random(number)) for number in (1, 1, 2)
    )
    assert first == second != other


@pytest.mark.parametrize("code", ["binhduong", "stttt", "thuanan"])
def test_texts_are_whole_sentences_in_stored_form(code):
    speaker = speaker_of(Agency.objects.get(code=code), ["thị xã Dĩ An", "huyện Phú Giáo"])
    for number, section in enumerate(list(stories()["sections"]) * 4):
        article = write_article(speaker, section, day_of(number, REFERENCE_DAY), random.Random(number))
        everything = f"{article.title} {article.summary} {article.body}"
        assert normalise(everything) == everything
        assert "{agency" not in everything
        assert "|" not in everything
        assert article.title[0].isupper()
        assert article.summary.count(". ") >= 1
        assert 45 <= len(article.title) <= 130
        assert article.published_at.date() <= REFERENCE_DAY


def test_every_field_of_work_has_words_of_its_own():
    from home.demo.vocabulary import _entries

    named = {name for record in read_agencies() for name, _english in record.fields_of_work}
    assert named - set(_entries()) == set()


def test_an_unknown_field_is_spoken_of_in_general_terms(department):
    department.fields_of_work.set([FieldOfWork.objects.create(name_vi="Lĩnh vực mới")])
    speaker = speaker_of(department, ["thị xã Dĩ An"])
    article = write_article(speaker, "tin-tuc/hoat-dong", REFERENCE_DAY, random.Random(1))
    assert "lĩnh vực mới" in str(article.body) + article.title


@pytest.mark.parametrize("pair", [PROVINCE_COLOURS, *DEPARTMENT_COLOURS, *DISTRICT_COLOURS])
def test_portal_colours_can_be_read_on_white(pair):
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in pair)


@pytest.mark.parametrize("scene", SCENES)
def test_scene_is_drawn_and_described(scene):
    content, description = pictures.draw(scene, "1")
    assert Image.open(io.BytesIO(content)).size == (1600, 1000)
    assert 30 < len(description) <= 250
    assert pictures.draw(scene, "1") == (content, description)


def test_made_up_pdf_is_one():
    check_file(SimpleUploadedFile("mau.pdf", pdf(["MAU", "(a) \\ b"])))


def test_bulk_goes_on_where_it_stopped(department):
    section = Page.objects.get(url_path="/stttt/tin-tuc/hoat-dong/")
    assert add_articles(section, 3, day=date(2016, 5, 4)) == 3
    assert add_articles(section, 5, day=date(2016, 5, 4)) == 2
    assert add_articles(section, 5, day=date(2016, 5, 4)) == 0
    section.refresh_from_db()
    assert section.numchild == 5
    assert not any(Page.find_problems())
    assert NewsPlacement.objects.filter(section=section, published_at=F("article__published_at")).count() == 5
