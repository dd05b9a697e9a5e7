import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from sites import services
from sites.agencies_file import read_agencies
from sites.enums import PROVINCE_WIDE, Role
from sites.models import Agency, HostName, PortalSection, PortalSettings
from sites.section_tree import section_tree
from sites.services import open_portal, record_agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    record_agencies(read_agencies())
    return Agency.objects.get(code="syt")


def _counts():
    models = (Page, Site, Collection, Group, GroupPagePermission, GroupCollectionPermission, PortalSection, HostName)
    return [model.objects.count() for model in models]


def test_opening_makes_site_tree_collection_groups_and_settings(agency):
    open_portal(agency)
    agency.refresh_from_db()
    root_page = agency.site.root_page
    assert root_page.slug == "syt"
    assert agency.site.hostname == "soyte.binhduong.gov.vn"
    assert agency.collection.name == "Sở Y tế"
    assert PortalSettings.objects.filter(site=agency.site).exists()
    assert set(agency.groups.values_list("role", flat=True)) == set(Role.of("department"))
    assert not set(PROVINCE_WIDE) & set(Role.of("department"))
    sections = section_tree("department")
    assert root_page.numchild == len(sections)
    assert PortalSection.objects.filter(agency=agency).count() == sum(1 + len(s.children) for s in sections)
    assert not any(Page.find_problems())


@pytest.mark.parametrize("kind", ["province", "department", "district"])
def test_every_kind_of_agency_has_a_tree_that_answers_the_decree(kind):
    covered = {item for section in section_tree(kind) for item in section.covers}
    # News, directions, documents, procedures, consultation: Decree 43/2011/NĐ-CP, Article 10.
    assert {"D43-10.1.b", "D43-10.1.c.1", "D43-10.1.e.1", "D43-10.2", "D43-10.1.h.2"} <= covered


def test_opening_twice_changes_nothing(agency):
    open_portal(agency)
    before = _counts()
    open_portal(Agency.objects.get(code="syt"))
    assert _counts() == before


def test_opening_again_brings_back_a_deleted_section_and_keeps_a_renamed_one(agency):
    open_portal(agency)
    sections = PortalSection.objects.filter(agency=agency)
    sections.get(key="lay-y-kien").page.specific.delete()
    renamed = sections.get(key="gioi-thieu").page.specific
    renamed.title, renamed.slug = "Về Sở Y tế", "ve-so"
    renamed.save_revision().publish()
    open_portal(Agency.objects.get(code="syt"))
    root_page = Page.objects.get(slug="syt", depth=2)
    assert root_page.get_children().filter(slug="lay-y-kien").exists()
    assert root_page.get_children().filter(slug="ve-so", title="Về Sở Y tế").exists()
    assert not root_page.get_children().filter(slug="gioi-thieu").exists()


def test_failure_in_the_middle_leaves_nothing(agency, monkeypatch):
    before = _counts()

    def fail(*args):
        raise RuntimeError("the power went out")

    monkeypatch.setattr(services, "_open_group", fail)
    with pytest.raises(RuntimeError):
        open_portal(agency)
    assert _counts() == before
    assert not Agency.objects.get(code="syt").has_portal


def test_editors_get_rights_in_their_own_tree_and_collection_only(agency):
    open_portal(agency)
    other = open_portal(Agency.objects.get(code="stp"))
    editors = agency.groups.get(role="editor").group
    pages = GroupPagePermission.objects.filter(group=editors)
    assert {permission.page_id for permission in pages} == {agency.site.root_page_id}
    assert {p.permission.codename for p in pages} == {"add_page", "change_page"}
    collections = GroupCollectionPermission.objects.filter(group=editors)
    library = Agency.objects.provincial().get().library_id
    assert {permission.collection_id for permission in collections} == {agency.collection_id, library}
    shared = collections.filter(collection=library).values_list("permission__codename", flat=True)
    assert set(shared) == {"choose_image", "choose_document"}
    assert other.collection_id != agency.collection_id


def _open_codes():
    return set(Agency.objects.with_portal().values_list("code", flat=True))


def test_command_opens_named_portals_and_can_be_repeated(db):
    before = _open_codes()
    call_command("open_portal", "syt", "baubang")
    call_command("open_portal", "syt")
    assert _open_codes() - before == {"syt", "baubang"}


def test_command_refuses_an_unknown_code_and_changes_nothing(db):
    before = _open_codes()
    with pytest.raises(CommandError, match="khongco"):
        call_command("open_portal", "syt", "khongco")
    assert _open_codes() == before


def test_command_refuses_a_broken_file_and_changes_nothing(tmp_path):
    before = list(Agency.objects.values())
    broken = tmp_path / "agencies.yaml"
    broken.write_text("province:\n  id: binhduong\n  host: www.binhduong.gov.vn\n", encoding="utf-8")
    with pytest.raises(CommandError, match="name_vi"):
        call_command("open_portal", "--all", file=broken)
    assert list(Agency.objects.values()) == before


def test_command_only_says_what_it_would_do_in_a_dry_run(capsys):
    before = _open_codes()
    call_command("open_portal", "syt", dry_run=True)
    assert "Sở Y tế" in capsys.readouterr().out
    assert _open_codes() == before
