"""Citizens' accounts are another kind: whatever is posted or written, none is a way into the editor."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.tests.factories import DOOR, browser, is_in, person, type_password
from tests.isolation.addresses import all_addresses

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def citizen(db):
    return person("cong.dan", kind="citizen")


class TestDoor:
    def test_does_not_open(self, citizen):
        client = browser()
        assert type_password(client, "cong.dan").status_code == 200
        assert not is_in(client)

    def test_no_address_of_the_admin_opens_even_with_a_session(self, citizen):
        client = browser()
        client.force_login(citizen)
        found = [address for address in all_addresses() if not address.words]
        assert len(found) > 50
        for address in found:
            path = "/" + "".join(address.parts)
            for answer in (client.get(path), client.post(path, {"groups": "1", "is_superuser": "on"})):
                assert answer.status_code in {302, 404, 405, 400}, path
                if answer.status_code == 302:
                    # Our door and the old ones before it, which anybody may see.
                    assert answer.url.startswith(("/tai-khoan/", "/static/")), (path, answer.url)

    def test_own_account_is_open_and_names_no_editor(self, citizen):
        client = browser()
        client.force_login(citizen)
        for address in ("/tai-khoan/bao-mat/", DOOR):
            # The footer below leads everybody to the door.
            assert "/admin/" not in client.get(address).text.split("</main>")[0]


class TestRights:
    @pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
    def test_database_refuses_flags(self, citizen, flag):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=citizen.pk).update(**{flag: True})
        with pytest.raises(IntegrityError), transaction.atomic():
            person("khac", kind="citizen", **{flag: True})

    def test_no_group_takes_one_from_either_side(self, citizen, department):
        group = department.groups.get(role="editor").group
        for add in (lambda: citizen.groups.add(group), lambda: group.user_set.add(citizen),
                    lambda: citizen.groups.set([group]), lambda: group.user_set.set([citizen])):  # fmt: skip
            with pytest.raises(ValidationError), transaction.atomic():
                add()
        assert not citizen.groups.exists()

    def test_no_permission_is_given(self, citizen):
        permission = Permission.objects.get(codename="access_admin")
        for add in (lambda: citizen.user_permissions.add(permission), lambda: permission.user_set.add(citizen)):
            with pytest.raises(ValidationError), transaction.atomic():
                add()

    def test_member_of_a_group_becomes_no_citizen(self, department, editor_of):
        editor = editor_of(department)
        editor.kind = "citizen"
        with pytest.raises(ValidationError):
            editor.full_clean()
        with pytest.raises(ValidationError):
            editor.save()

    @pytest.mark.sqlite
    def test_row_written_past_all_guards_gives_no_right(self, citizen, department):
        group = department.groups.get(role="editor").group
        User.groups.through.objects.bulk_create([User.groups.through(user=citizen, group=group)])
        again = User.objects.get(pk=citizen.pk)
        assert not again.has_perm("wagtailadmin.access_admin")
        assert not again.has_perms(["wagtailadmin.access_admin"])
        assert not again.has_module_perms("wagtailadmin")
        client = browser()
        client.force_login(again)
        assert client.get("/admin/").status_code == 404

    @pytest.mark.postgresql
    def test_database_refuses_the_row_itself(self, citizen, department, editor_of):
        group = department.groups.get(role="editor").group
        with pytest.raises(IntegrityError), transaction.atomic():
            User.groups.through.objects.bulk_create([User.groups.through(user=citizen, group=group)])
        permission = Permission.objects.get(codename="access_admin")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.user_permissions.through.objects.bulk_create(
                [User.user_permissions.through(user=citizen, permission=permission)]
            )
        editor = editor_of(department)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=editor.pk).update(kind="citizen")

    def test_officials_stay_what_they_are(self, department, editor_of):
        editor = editor_of(department)
        assert editor.has_perm("wagtailadmin.access_admin")
        assert Group.objects.filter(user=editor).count() == 1
