"""What people do in the admin and commands on the server is recorded once, with its person, agency and address."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from audit.context import current_request
from audit.models import AuditEntry
from audit.services import record, seal
from conftest import PASSWORD
from core.models import File, Picture
from home.models import NewsIndexPage, NewsPage
from sites.enums import Role
from sites.models import Agency, AgencyGroup, Official, PortalSettings, Unit
from tests.pictures import picture_file, text_file

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def told():
    """Return what was recorded since this was asked last: (action, kind, label) of each entry, the oldest first."""
    seen = {"last": 0}

    def ask(*wanted):
        entries = list(AuditEntry.objects.filter(pk__gt=seen["last"]).order_by("pk"))
        seen["last"] = entries[-1].pk if entries else seen["last"]
        # Whoever visits in a test has signed in for it.
        return [
            entry for entry in entries if entry.action in wanted or (not wanted and entry.action != "session.sign_in")
        ]

    ask()
    return ask


def actions(entries):
    return [entry.action for entry in entries]


def give(user, agency, *roles):
    user.groups.set(AgencyGroup.objects.get(agency=agency, role=role, name="").group for role in roles)
    return user


@pytest.fixture
def administrator(department, administrator_of):
    return administrator_of(department)


@pytest.fixture
def editor(department, editor_of):
    return editor_of(department)


@pytest.fixture
def section(department):
    return NewsIndexPage.objects.get(url_path=f"/{department.code}/tin-tuc/hoat-dong/")


@pytest.fixture
def article(section, editor):
    page = NewsPage(title="Bài của Sở", slug="bai-cua-so", summary="Tóm tắt.", owner=editor, live=False)
    section.add_child(instance=page)
    page.save_revision(user=editor)
    return page


class TestWhoAndWhere:
    def test_entry_names_person_roles_agency_object_address_and_request(self, department, administrator, client_for):
        client = client_for(department, administrator)
        seal()
        client.post(
            reverse("units:add"),
            {"agency": department.pk, "name_vi": "Thử Tổ chức", "position": 0},
            headers={"user-agent": "Firefox 128", "x-request-id": "gia"},
            REMOTE_ADDR="203.0.113.9",
        )
        entry = AuditEntry.objects.get(action="object.create", object_label="Thử Tổ chức")
        unit = Unit.objects.get(name_vi="Thử Tổ chức")
        assert (entry.actor_id, entry.actor_name) == (
            administrator.pk,
            f"{administrator.full_name} ({administrator.username})",
        )
        assert entry.roles == "administrator@stttt"
        assert (entry.object_id, entry.object_label, entry.agency) == (str(unit.pk), "Thử Tổ chức", "stttt")
        assert (entry.address, entry.agent) == ("203.0.113.9", "Firefox 128")
        assert re.fullmatch("[0-9a-f]{32}", entry.request_id), "only a trusted proxy names a request"

    def test_roles_stay_as_they_were(self, department, administrator):
        entry = record("object.change", department, user=administrator)
        give(administrator, department, Role.EDITOR)
        again = record("object.change", department, user=User.objects.get(pk=administrator.pk))
        entry.refresh_from_db()
        assert (entry.roles, again.roles) == ("administrator@stttt", "editor@stttt")

    def test_act_of_the_province_on_a_thing_of_an_agency_is_that_agencys(self, department, operator, client_for, told):
        client_for(department, operator).post(
            reverse("units:add"), {"agency": department.pk, "name_vi": "Thử Một cửa", "position": 0}
        )
        (entry,) = told("object.create")
        assert (entry.agency, entry.roles) == ("stttt", "operator")

    def test_person_of_two_agencies_is_told_to_the_one_that_acts(self, department, district, administrator, editor):
        editor.groups.add(AgencyGroup.objects.get(agency=district, role=Role.EDITOR, name="").group)
        assert record("object.change", editor, user=administrator).agency == "stttt"
        assert record("object.change", editor, user=None).agency == ""

    def test_command_is_recorded_with_the_account_it_runs_under(self, told):
        record("object.change")
        (entry,) = told()
        assert entry.actor_id is None
        assert entry.actor_name.startswith("command ")
        assert entry.agent.startswith("account ")
        assert entry.address == ""


class TestAddress:
    """The address behind proxies: only those of the setting are believed."""

    @pytest.mark.parametrize(
        ("proxies", "came_from", "said", "recorded"),
        [
            ([], "203.0.113.9", "198.51.100.7", "203.0.113.9"),
            (["10.0.0.0/8"], "10.0.0.1", "198.51.100.7", "198.51.100.7"),
            (["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
            (["10.0.0.0/8"], "203.0.113.9", "198.51.100.7", "203.0.113.9"),
            (["10.0.0.0/8"], "10.0.0.1", "khong-phai-dia-chi", "10.0.0.1"),
            (["socket"], "", "198.51.100.7", "198.51.100.7"),
            (["socket"], "", "::ffff:198.51.100.7", "198.51.100.7"),
            ([], "", "198.51.100.7", ""),
        ],
    )
    def test_forwarded_address(self, settings, department, proxies, came_from, said, recorded, told):
        settings.TRUSTED_PROXIES = proxies
        client = Client(headers={"host": "stttt.localhost", "x-forwarded-for": said})
        client.post("/tai-khoan/dang-nhap/", {"username": "ai", "password": "gi"}, REMOTE_ADDR=came_from)
        (entry,) = told("session.sign_in_failed")
        assert entry.address == recorded

    def test_request_id_of_a_trusted_proxy_is_kept(self, settings, department, told):
        settings.TRUSTED_PROXIES = ["10.0.0.1"]
        client = Client(headers={"host": "stttt.localhost", "x-request-id": "abc123"})
        client.post("/tai-khoan/dang-nhap/", {"username": "ai", "password": "gi"}, REMOTE_ADDR="10.0.0.1")
        assert [entry.request_id for entry in told("session.sign_in_failed")] == ["abc123"]


class TestSameTransaction:
    """A rolled-back act leaves no entry, and no act stands without its entry."""

    def test_act_that_is_undone_leaves_no_entry(self, department, told):
        with transaction.atomic():
            Unit.objects.create(agency=department, name_vi="Thử chưa có")
            transaction.set_rollback(True)
        assert told() == []

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("act", ["save", "update", "delete", "publish", "unpublish", "group"])
    def test_act_whose_entry_cannot_be_written_does_not_happen(self, department, section, monkeypatch, act):
        unit = Unit.objects.create(agency=department, name_vi="Thử cũ")
        page = NewsPage(title="Bài", slug="bai-khong-ghi-duoc", summary="Tóm tắt.", live=act == "unpublish")
        section.add_child(instance=page)
        revision = page.save_revision()
        person = User.objects.create_user("nguoi-thu")
        group = Group.objects.first()

        def refuse(self, *args, **kwargs):
            raise RuntimeError("the trail cannot be written")

        monkeypatch.setattr(AuditEntry, "save", refuse)
        acts = {
            "save": lambda: Unit(agency=department, name_vi="Thử mới").save(),
            "update": lambda: Unit.objects.filter(pk=unit.pk).update(name_vi="Thử mới"),
            "delete": unit.delete,
            "publish": revision.publish,
            "unpublish": page.unpublish,
            "group": lambda: person.groups.add(group),
        }
        with pytest.raises(RuntimeError):
            acts[act]()
        assert list(Unit.objects.filter(name_vi__startswith="Thử").values_list("name_vi", flat=True)) == ["Thử cũ"]
        assert NewsPage.objects.get(pk=page.pk).live == (act == "unpublish")
        assert not person.groups.exists()

    def test_act_is_refused_where_a_bulk_write_cannot_be_recorded(self, department, monkeypatch):
        Unit.objects.bulk_create([Unit(agency=department, name_vi=f"Thử {number}") for number in range(2)])
        monkeypatch.setattr("audit.signal_handlers.bulk_writes.record_many", lambda entries: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            Unit.objects.filter(name_vi__startswith="Thử").update(address="x")
        assert not Unit.objects.filter(address="x").exists()


class TestPages:
    def test_life_of_an_article_is_recorded_once_each(self, department, article, operator, told):
        told()
        article.get_latest_revision().publish(user=operator, skip_permission_checks=True)
        article.refresh_from_db()
        UnpublishPageAction(article, user=operator).execute(skip_permission_checks=True)
        other = NewsIndexPage.objects.get(url_path="/stttt/tin-tuc/thong-bao/")
        article.move(other, pos="last-child", user=operator)
        article.refresh_from_db()
        copy = article.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"}, user=operator)
        number = article.pk
        article.delete(user=operator)
        # Wagtail leaves a redirect where the page stood; that is an entry of its own.
        entries = [entry for entry in told() if entry.object_type == "wagtailcore.page"]
        # Of a copy Wagtail tells two things: that a page was made, and of what it is a copy. The second says both.
        assert actions(entries) == ["wagtail.publish", "wagtail.unpublish", "wagtail.move", "wagtail.copy",
                                    "wagtail.delete"]  # fmt: skip
        assert {entry.agency for entry in entries} == {"stttt"}
        assert {entry.actor_id for entry in entries} == {operator.pk}
        about = [entry.object_id for entry in entries]
        assert about == [str(number)] * 3 + [str(copy.pk), str(number)]
        assert Page.objects.filter(pk=copy.pk).exists()

    def test_page_made_and_changed_in_the_admin(self, department, section, editor, client_for, told):
        client = client_for(department, editor)
        form = nested_form_data(
            {
                "title": "Bài qua màn hình", "slug": "bai-qua-man-hinh", "summary": "Tóm tắt.",
                "published_at": "", "body": streamfield([("text", rich_text("<p>Nội dung</p>"))]),
                "attachments": inline_formset([]), "related_documents": inline_formset([]),
                "comments": inline_formset([]),
            }
        )  # fmt: skip
        address = reverse("wagtailadmin_pages:add", args=["home", "newspage", section.pk])
        answer = client.post(address, form)
        assert answer.status_code == 302, answer.context["form"].errors if answer.context else answer
        page = NewsPage.objects.get(slug="bai-qua-man-hinh")
        made = told()
        assert actions(made).count("wagtail.create") + actions(made).count("wagtail.edit") == len(made)
        assert {(entry.object_id, entry.agency, entry.actor_id) for entry in made} == {
            (str(page.pk), "stttt", editor.pk)
        }

    def test_privacy_is_recorded_without_its_password(self, department, article, administrator, told):
        PageViewRestriction(page=article, restriction_type="password", password="bi-mat-lam").save(user=administrator)
        (entry,) = told()
        assert entry.action == "wagtail.view_restriction.create"
        assert "bi-mat-lam" not in entry.details

    def test_lock_in_the_admin(self, department, article, approver_of, client_for, told):
        client = client_for(department, approver_of(department))
        told()
        client.post(reverse("wagtailadmin_pages:lock", args=[article.pk]))
        assert actions(told()) == ["wagtail.lock"]


class TestThings:
    def test_picture_and_file_in_the_admin_are_recorded_once(self, department, editor, client_for, told):
        client = client_for(department, editor)
        answer = client.post(
            reverse("wagtailimages:add"),
            {"title": "Trụ sở", "alt_text": "Trụ sở Sở", "collection": department.collection.pk, "tags": "",
             "file": picture_file()},
        )  # fmt: skip
        assert answer.status_code == 302
        picture = Picture.objects.get(title="Trụ sở")
        assert [(e.action, e.object_type, e.agency) for e in told()] == [("object.create", "core.picture", "stttt")]
        answer = client.post(
            reverse("wagtailimages:edit", args=[picture.pk]),
            {"title": "Trụ sở mới", "alt_text": "Trụ sở Sở", "collection": department.collection.pk, "tags": ""},
        )
        (entry,) = told()
        assert entry.action == "object.change"
        assert json.loads(entry.details)["changes"] == {"title": ["Trụ sở", "Trụ sở mới"]}
        # Tags are rows of their own: then Wagtail's line is what remains.
        client.post(
            reverse("wagtailimages:edit", args=[picture.pk]),
            {"title": "Trụ sở mới", "alt_text": "Trụ sở Sở", "collection": department.collection.pk, "tags": "sở"},
        )
        assert actions(told()) == ["wagtail.edit"]

    def test_delete_in_the_admin_is_recorded_once(self, department, section, administrator, client_for, told):
        file = text_file(section)
        client = client_for(department, administrator)
        assert actions(told()) == ["object.create"]
        give(administrator, department, Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER)
        told()
        client.post(reverse("wagtaildocs:delete", args=[file.pk]))
        assert not File.objects.filter(pk=file.pk).exists()
        assert [(e.action, e.object_label, e.agency) for e in told()] == [("object.delete", "Danh sách", "stttt")]

    def test_unit_and_official_tell_no_telephone(self, department, administrator, client_for, told):
        unit = Unit.objects.create(agency=department, name_vi="Thử", phone="0274 1")
        official = Official.objects.create(agency=department, full_name="Trần Bốn", job_title="Giám đốc")
        assert actions(told()) == ["object.create", "object.create"]
        unit.phone, official.email = "0274 2", "bon@example.vn"
        unit.save()
        official.job_title = "Phó Giám đốc"
        official.save()
        one, two = told()
        assert json.loads(one.details)["changes"] == {"phone": "changed"}
        changes = json.loads(two.details)["changes"]
        assert changes == {"email": "changed", "job_title": ["Giám đốc", "Phó Giám đốc"]}

    def test_collection_settings_redirect_and_agency(self, department, told):
        collection = department.collection.add_child(instance=Collection(name="Ảnh lễ"))
        settings = PortalSettings.objects.get(site=department.site)
        settings.slogan = "Minh bạch"
        settings.save()
        redirect = Redirect.objects.create(old_path="/cu", site=department.site, redirect_link="/moi/")
        redirect.delete()
        collection.delete()
        department.note = "Ghi chú"
        department.save()
        entries = told()
        assert [(e.action, e.object_type) for e in entries] == [
            ("object.create", "wagtailcore.collection"), ("object.change", "agency_sites.portalsettings"),
            ("object.create", "wagtailredirects.redirect"), ("object.delete", "wagtailredirects.redirect"),
            ("object.delete", "wagtailcore.collection"), ("object.change", "agency_sites.agency"),
        ]  # fmt: skip
        assert {entry.agency for entry in entries} == {"stttt"}

    def test_save_that_changes_nothing_is_no_act(self, department, told):
        department.save()
        department.save(update_fields=["furniture_version"])
        assert told() == []

    def test_bulk_writes_are_recorded_thing_by_thing(self, department, told):
        Unit.objects.bulk_create([Unit(agency=department, name_vi=f"Thử {number}") for number in range(3)])
        assert actions(told()) == ["object.create"] * 3
        Unit.objects.filter(name_vi__startswith="Thử").update(address="x", position=7)
        entries = told()
        assert actions(entries) == ["object.change"] * 3
        assert json.loads(entries[0].details)["changes"] == {"address": "changed", "position": [0, 7]}
        Unit.objects.filter(name_vi__startswith="Thử").delete()
        assert actions(told()) == ["object.delete"] * 3

    def test_portal_that_opens(self, told):
        call_command("open_portal", "syt", verbosity=0)
        entries = told()
        assert "portal.open" in actions(entries)
        (command,) = [entry for entry in entries if entry.action == "command.run"]
        assert (command.object_label, json.loads(command.details)["arguments"]) == ("open_portal", [])
        assert Agency.objects.get(code="syt").has_portal


class TestPeople:
    def test_person_added_with_a_role(self, department, administrator, client_for, told):
        group = AgencyGroup.objects.get(agency=department, role=Role.EDITOR, name="")
        answer = client_for(department, administrator).post(
            reverse("wagtailusers_users:add"),
            {"full_name": "Lê Thử", "username": "le.thu", "job_title": "", "email": "thu@example.vn",
             f"roles-{department.pk}": [group.pk]},
        )  # fmt: skip
        assert answer.status_code == 302
        entries = told()
        assert actions(entries)[:2] == ["object.create", "rights.join"]
        assert {entry.agency for entry in entries} == {"stttt"}
        assert json.loads(entries[1].details)["group"] == group.group.name
        assert "thu@example.vn" not in "".join(entry.details for entry in entries)

    def test_membership_by_every_way(self, department, editor, told):
        group = AgencyGroup.objects.get(agency=department, role=Role.APPROVER, name="").group
        editor.groups.add(group)
        group.user_set.remove(editor)
        group.user_set.add(editor)
        editor.groups.clear()
        assert actions(told()) == ["rights.join", "rights.leave", "rights.join", "rights.leave", "rights.leave"]

    def test_rights_of_groups(self, department, section, told):
        group = Group.objects.create(name="Nhóm thử")
        editing = GroupPagePermission.objects.filter(permission__codename="change_page").first().permission
        right = GroupPagePermission.objects.create(group=group, page=section, permission=editing)
        right.delete()
        GroupPagePermission.objects.bulk_create([GroupPagePermission(group=group, page=section, permission=editing)])
        group.permissions.add(editing)
        assert actions(told()) == ["object.create", "rights.grant", "rights.revoke", "rights.grant", "rights.grant"]

    def test_account_closed_password_and_name_changed_are_told_without_their_values(self, editor, told):
        editor.set_password("mat-khau-moi-hoan-toan")
        editor.save()
        editor.is_active = False
        editor.save(update_fields=["is_active"])
        User.objects.filter(pk=editor.pk).update(is_active=True, email="moi@example.vn")
        entries = told()
        assert actions(entries) == ["object.change", "account.deactivate", "account.activate", "object.change"]
        assert json.loads(entries[0].details) == {"changes": {"password": "changed"}}
        assert json.loads(entries[3].details) == {"changes": {"email": "changed"}}


class TestSignIn:
    def test_sign_in_and_out(self, department, editor, told):
        client = Client(headers={"host": "stttt.localhost"})
        client.post("/tai-khoan/dang-nhap/", {"username": editor.username, "password": PASSWORD})
        client.post("/admin/logout/")
        entries = told("session.sign_in", "session.sign_out")
        assert actions(entries) == ["session.sign_in", "session.sign_out"]
        assert {(entry.actor_id, entry.agency) for entry in entries} == {(editor.pk, "stttt")}

    def test_failed_sign_in_keeps_nothing_that_was_typed(self, department, editor, told):
        client = Client(headers={"host": "stttt.localhost"})
        client.post("/tai-khoan/dang-nhap/", {"username": editor.username, "password": "sai-mat-khau"})
        client.post("/tai-khoan/dang-nhap/", {"username": "mat-khau-go-nham-o", "password": "gi-do"})
        known, unknown = told()
        assert (known.action, known.object_id, known.agency) == ("session.sign_in_failed", str(editor.pk), "stttt")
        assert known.actor_id is None, "nobody has proved to be that person"
        assert (unknown.object_id, unknown.object_label, unknown.details) == ("", "", "{}")


class TestRefusals:
    def test_object_of_another_agency(self, department, district, editor, client_for, told):
        client_for(department, editor).get(reverse("wagtailadmin_pages:edit", args=[district.site.root_page_id]))
        (entry,) = told("access.refused")
        assert (entry.actor_id, entry.agency) == (editor.pk, "stttt")
        facts = json.loads(entry.details)
        assert facts["path"] == f"/admin/pages/{district.site.root_page_id}/edit/"

    def test_door_of_operators(self, department, editor, client_for, told):
        client_for(department, editor).get(reverse("wagtailadmin_workflows:index"))
        assert actions(told("access.refused")) == ["access.refused"]

    def test_forged_form_is_recorded_though_its_transaction_is_rolled_back(
        self, department, district, administrator, client_for, told
    ):
        foreign = AgencyGroup.objects.get(agency=district, role=Role.EDITOR, name="")
        answer = client_for(department, administrator).post(
            reverse("wagtailusers_users:add"),
            {"full_name": "Lê Thử", "username": "le.thu", "job_title": "", "email": "thu@example.vn",
             f"roles-{department.pk}": [foreign.pk], "is_superuser": "on"},
        )  # fmt: skip
        assert answer.status_code == 400
        assert not User.objects.filter(username="le.thu").exists()
        (entry,) = told("access.refused")
        assert (entry.actor_id, entry.agency) == (administrator.pk, "stttt")

    def test_long_part_of_an_address_is_not_kept(self, department, editor, client_for, told):
        client_for(department, editor).get(f"/admin/pages/99999999/edit/?token=bi-mat&x={'y' * 99}")
        (entry,) = told("access.refused")
        assert "bi-mat" not in entry.details


class TestSizeAndSecrets:
    def test_details_are_bounded_and_hold_no_secret(self):
        entry = record(
            "object.change",
            details={"token": "abc", "deep": {"recovery_hash": "x", "text": "dài " * 2_000}, "list": ["y" * 900] * 50},
        )
        assert len(entry.details) < 2_000
        entry = record("object.change", details={"token": "abc", "deep": {"recovery_hash": "x", "n": 1}})
        assert json.loads(entry.details) == {"token": "changed", "deep": {"recovery_hash": "changed", "n": 1}}

    def test_any_text_can_be_recorded(self):
        entry = record("object.change", label="\x00\ud800" + "a" * 1_000, details={"x": "\ud800\x00é"})
        entry.refresh_from_db()
        assert len(entry.object_label) <= 255
        seal()

    def test_no_request_is_remembered_after_its_answer(self, department, client_for):
        client_for(department).get("/")
        assert current_request.get() is None
