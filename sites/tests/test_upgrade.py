"""A new version completes the portals that an earlier one opened, by `migrate` alone."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, GroupSitePermission, Page

from audit.models import AuditEntry
from sites import services, signal_handlers
from sites.enums import PROVINCE_WIDE, Role
from sites.models import Agency, AgencyGroup, PortalSection
from sites.people.group_services import save_group

pytestmark = pytest.mark.django_db
LIBRARY = "Thư viện chung của tỉnh"


@pytest.fixture
def portals_of_an_earlier_version(province, department, district):
    """Without what later versions added: a library, rights of the province's roles, a role, an own kind of right."""
    GroupPagePermission.objects.filter(group__agency_group__role__in=PROVINCE_WIDE).delete()
    GroupSitePermission.objects.filter(group__agency_group__role=Role.PROVINCIAL_ADMINISTRATOR).delete()
    Collection.objects.get(pk=province.library_id).delete()
    for agency in (province, department, district):
        agency.groups.get(role=Role.DESK_OFFICER).group.delete()
    Agency.objects.update(portal_form="", library=None)


def migrate():
    said = StringIO()
    call_command("migrate", stdout=said, verbosity=1)
    return said.getvalue()


def facts():
    rights = (
        GroupPagePermission.objects.values_list("group__name", "page__url_path", "permission__codename"),
        GroupCollectionPermission.objects.values_list("group__name", "collection__name", "permission__codename"),
        GroupSitePermission.objects.values_list("group__name", "site__hostname", "permission__codename"),
        AgencyGroup.objects.values_list("agency__code", "role", "group__name"),
        PortalSection.objects.values_list("agency__code", "key", "page__title"),
    )
    return [sorted(rows) for rows in rights]


def test_migrate_completes_what_is_open(portals_of_an_earlier_version, capsys):
    assert not Agency.objects.exclude(library=None).exists()
    migrate()
    agency = Agency.objects.provincial().select_related("library").get()
    assert agency.library.name == LIBRARY
    assert Agency.objects.with_portal().filter(portal_form="").count() == 0
    assert AgencyGroup.objects.filter(role=Role.DESK_OFFICER).count() == 3
    root = Page.objects.get(depth=1)
    top = GroupPagePermission.objects.filter(page=root, group__agency_group__role=Role.PROVINCIAL_ADMINISTRATOR)
    assert top.count() == len(services.PAGE_RIGHTS[Role.PROVINCIAL_ADMINISTRATOR])
    assert "binhduong, stttt, thuanan" in capsys.readouterr().out


def test_result_is_as_if_opened_anew(province, department, district, request):
    before = facts()
    request.getfixturevalue("portals_of_an_earlier_version")
    assert facts() != before
    migrate()
    assert facts() == before


def test_names_are_vietnamese_in_whatever_language_the_command_runs(portals_of_an_earlier_version):
    with translation.override("en"):
        migrate()
    assert Collection.objects.filter(name=LIBRARY).exists()
    assert AgencyGroup.objects.filter(group__name="stttt: cán bộ một cửa").exists()


def test_second_time_does_nothing(portals_of_an_earlier_version, capsys):
    migrate()
    capsys.readouterr()
    before, entries = facts(), AuditEntry.objects.count()
    migrate()
    assert (facts(), AuditEntry.objects.count()) == (before, entries)
    assert "Completed portals" not in capsys.readouterr().out


def test_what_editors_made_stays(portals_of_an_earlier_version, department):
    section = department.sections.get(key="tin-tuc").page
    section.title = "Tin của Sở"
    section.save()
    migrate()
    assert Page.objects.get(pk=section.pk).title == "Tin của Sở"


def test_is_recorded(portals_of_an_earlier_version):
    before = AuditEntry.objects.filter(action="portal.open").count()
    migrate()
    assert AuditEntry.objects.filter(action="portal.open").count() == before + 3


@pytest.mark.parametrize("change", ["right", "number", "section"])
def test_changed_table_is_noticed(change, monkeypatch):
    before = services.form_of_portal("department")
    if change == "right":
        monkeypatch.setitem(services.PAGE_RIGHTS, Role.DESK_OFFICER, ("add_page",))
    elif change == "number":
        monkeypatch.setattr(services, "_FORM", 999)
    else:
        monkeypatch.setattr(services, "section_tree", lambda kind: ())
    assert services.form_of_portal("department") != before


def test_named_groups_get_new_rights_too(department, administrator_of, monkeypatch):
    section = department.sections.get(key="tin-tuc").page
    limited = AgencyGroup(agency=department, role=Role.EDITOR, name="Tổ tin")
    group = save_group(group=limited, sections=[section], members=[], by=administrator_of(department)).group
    monkeypatch.setitem(services.PAGE_RIGHTS, Role.EDITOR, ("add_page", "change_page", "lock_page"))
    migrate()
    held = GroupPagePermission.objects.filter(group=group).values_list("page", "permission__codename")
    assert set(held) == {(section.pk, right) for right in ("add_page", "change_page", "lock_page")}


@pytest.mark.parametrize("when", ["before other apps", "after emptying", "other database", "halfway"])
def test_waits_until_the_tables_fit_the_program(when, portals_of_an_earlier_version, monkeypatch):
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    words = {"app_config": last, "using": DEFAULT_DB_ALIAS, "plan": []}
    if when == "before other apps":
        words["app_config"] = apps.get_app_config("agency_sites")
    elif when == "after emptying":
        del words["plan"]
    elif when == "other database":
        words["using"] = "other"
    else:
        monkeypatch.setattr(signal_handlers, "_has_migrations_left", lambda: True)
    signal_handlers.tables_migrated(**words)
    assert Agency.objects.with_portal().filter(portal_form="").count() == 3
