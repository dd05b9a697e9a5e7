"""People of an agency in the admin: listed, added, changed, let go, taken back."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from conftest import PASSWORD
from sites.enums import Role
from sites.models import AgencyGroup, Departure
from sites.tests.refusals import is_refused

pytestmark = pytest.mark.django_db

User = get_user_model()
INDEX = "/admin/users/"


def url(name, *args, **query):
    return reverse(f"wagtailusers_users:{name}", args=args, query=query or None)


def group_of(agency, role):
    return AgencyGroup.objects.get(agency=agency, role=role, name="")


def give(user, agency, *roles):
    user.groups.add(*(group_of(agency, role).group for role in roles))
    return user


def held_by(user):
    return set(AgencyGroup.objects.held_by(user).values_list("agency__code", "role"))


def roles(agency, *chosen):
    """What the browser sends for these roles."""
    return {f"roles-{agency.pk}": [group_of(agency, role).pk for role in chosen]}


def personal(user, **changed):
    return {
        "full_name": user.full_name,
        "username": user.username,
        "job_title": user.job_title,
        "email": user.email or "a@example.vn",
    } | changed


@pytest.fixture
def provincial_administrator(province, editor_of):
    user = editor_of(province)
    user.groups.clear()
    return give(user, province, Role.PROVINCIAL_ADMINISTRATOR)


@pytest.fixture
def auditor(province, editor_of):
    user = editor_of(province)
    user.groups.clear()
    return give(user, province, Role.AUDITOR)


@pytest.fixture
def chief(department, administrator_of):
    """The administrator of the department."""
    return administrator_of(department)


@pytest.fixture
def browser(chief, department, client_for):
    return client_for(department, chief)


class TestList:
    def test_administrator_sees_own_people_and_no_others(self, browser, department, district, editor_of):
        own, other = editor_of(department), editor_of(district)
        answer = browser.get(INDEX)
        assert own.username in answer.text
        assert other.username not in answer.text
        assert district.display_name not in answer.text

    def test_roles_in_another_agency_are_not_told(self, browser, department, district, editor_of):
        person = give(editor_of(department), district, Role.APPROVER)
        answer = browser.get(INDEX)
        assert person.username in answer.text
        assert district.display_name not in answer.text
        assert "thuanan" not in answer.text.replace(person.username, "")

    @pytest.mark.parametrize("who", ["operator", "provincial_administrator", "auditor"])
    def test_province_sees_all(self, who, request, department, district, editor_of, client_for):
        people = [editor_of(department), editor_of(district)]
        answer = client_for(department, request.getfixturevalue(who)).get(INDEX)
        assert all(person.username in answer.text for person in people)

    @pytest.mark.parametrize("who", ["editor_of", "approver_of"])
    @pytest.mark.parametrize("name", ["index", "index_results", "add"])
    def test_others_get_nothing(self, who, name, request, department, client_for):
        client = client_for(department, request.getfixturevalue(who)(department))
        assert client.get(url(name)).status_code == 404
        assert client.post(url(name)).status_code in {404, 405}

    def test_menu_shows_it_only_to_those_who_may(self, browser, department, editor_of, client_for):
        assert f'"{INDEX}"' in browser.get("/admin/").text
        assert f'"{INDEX}"' not in client_for(department, editor_of(department)).get("/admin/").text

    def test_search_finds_without_accents(self, browser, department, editor_of):
        person = editor_of(department)
        person.full_name = "Đặng Thị Nguyệt"
        person.save()
        other = editor_of(department)
        answer = browser.get(url("index_results"), {"q": "dang nguyet"})
        assert person.username in answer.text
        assert other.username not in answer.text

    def test_filter_by_role_and_by_work(self, browser, department, editor_of, approver_of):
        editor, approver = editor_of(department), approver_of(department)
        answer = browser.get(INDEX, {"role": "approver"})
        assert approver.username in answer.text
        assert editor.username not in answer.text
        User.objects.filter(pk=editor.pk).update(is_active=False)
        answer = browser.get(INDEX, {"is_working": "false"})
        assert editor.username in answer.text
        assert approver.username not in answer.text

    @pytest.mark.parametrize(
        "query", [{"role": "king"}, {"agency": "0"}, {"agency": "x"}, {"is_working": "?"}, {"p": "x"}]
    )
    def test_wrong_filter_is_no_error(self, browser, query):
        assert browser.get(INDEX, query).status_code == 200

    def test_agency_filter_offers_no_agency_of_others(self, browser, district, editor_of):
        other = editor_of(district)
        assert other.username not in browser.get(INDEX, {"agency": district.pk}).text

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_export_holds_what_the_list_shows(self, browser, form, department, district, editor_of):
        own, other = editor_of(department), editor_of(district)
        answer = browser.get(INDEX, {"export": form})
        content = b"".join(answer.streaming_content)
        if form == "csv":
            assert own.username.encode() in content
        assert other.username.encode() not in content

    def test_export_disarms_formulas(self, browser, department, editor_of):
        person = editor_of(department)
        person.full_name = "=HYPERLINK(1)"
        person.save()
        content = b"".join(browser.get(INDEX, {"export": "csv"}).streaming_content).decode()
        assert "'=HYPERLINK" in content

    def test_number_of_queries_stays_the_same(self, browser, department, editor_of, django_assert_max_num_queries):
        editor_of(department)
        browser.get(INDEX)
        with django_assert_max_num_queries(40) as few:
            browser.get(INDEX)
        for _number in range(15):
            give(editor_of(department), department, Role.APPROVER)
        with django_assert_max_num_queries(len(few)):
            assert browser.get(INDEX).text.count("editor.stttt") >= 16


class TestAdding:
    def add(self, browser, department, **changed):
        form = {
            "full_name": "Trần Văn Bình", "username": "Trần Văn Bình", "job_title": "Chuyên viên",
            "email": "binh@example.vn", **roles(department, Role.EDITOR),
        }  # fmt: skip
        return browser.post(url("add"), form | changed)

    def test_person_gets_roles_and_a_link_and_no_password(self, browser, department):
        answer = self.add(browser, department)
        person = User.objects.get(username="tranvanbinh")
        assert answer.url == url("link", person.pk)
        assert held_by(person) == {("stttt", "editor")}
        assert not person.has_usable_password()
        assert not person.is_staff
        assert not person.is_superuser

    def test_link_is_mailed_shown_once_and_opens_once(self, browser, department):
        page = browser.get(self.add(browser, department).url)
        link = re.search(r'value="(http://stttt\.localhost/[^"]+)"', page.text)[1]
        assert link in mail.outbox[0].body
        assert mail.outbox[0].to == ["binh@example.vn"]
        person = User.objects.get(username="tranvanbinh")
        assert link not in browser.get(url("link", person.pk)).text
        visitor = Client(headers={"host": "stttt.localhost"})
        form_page = visitor.get(link, follow=True)
        new = {"password1": "bon tu khong ai doan", "password2": "bon tu khong ai doan"}
        visitor.post(form_page.request["PATH_INFO"], new)
        person.refresh_from_db()
        assert person.check_password("bon tu khong ai doan")
        again = Client(headers={"host": "stttt.localhost"}).get(link, follow=True)
        assert "password1" not in again.text

    def test_mail_that_fails_leaves_the_link(self, browser, department, monkeypatch):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("sites.people.links.send_mail", refuse)
        page = browser.get(self.add(browser, department).url)
        assert "/tai-khoan/dat-mat-khau/" in page.text

    def test_second_click_makes_one_person_and_leads_to_the_same_link(self, browser, department):
        first = self.add(browser, department)
        second = self.add(browser, department)
        assert second.url == first.url
        assert "/tai-khoan/dat-mat-khau/" in browser.get(second.url).text
        assert User.objects.filter(username__startswith="tranvanbinh").count() == 1
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("changed", [{"full_name": "Trần Văn Bính"}, {"email": "khac@example.vn"}])
    def test_other_person_of_the_same_sign_in_name_is_explained(self, browser, department, changed):
        self.add(browser, department)
        answer = self.add(browser, department, username="tranvanbinh", **changed)
        assert answer.status_code == 200
        assert answer.context["form"].errors["username"]

    def test_second_sender_is_told_that_the_name_is_taken(self, browser, department, administrator_of, client_for):
        self.add(browser, department)
        answer = self.add(client_for(department, administrator_of(department)), department)
        assert answer.context["form"].errors["username"]

    def test_taken_name_tells_nothing_of_its_holder(self, browser, department, district, editor_of):
        other = editor_of(district)
        answer = self.add(browser, department, username=other.username.upper())
        assert answer.status_code == 200
        assert other.full_name not in answer.text
        assert "district" not in answer.text
        assert district.display_name not in answer.text

    def test_mail_address_known_elsewhere_is_not_revealed(self, browser, department, district, editor_of):
        other = editor_of(district)
        User.objects.filter(pk=other.pk).update(email="binh@example.vn")
        assert self.add(browser, department).status_code == 302
        assert held_by(other) == {("thuanan", "editor")}

    def test_mail_address_of_a_colleague_is_named(self, browser, department, editor_of):
        User.objects.filter(pk=editor_of(department).pk).update(email="BINH@example.vn")
        answer = self.add(browser, department)
        assert answer.status_code == 200
        assert not User.objects.filter(username="tranvanbinh").exists()

    @pytest.mark.parametrize(
        "changed", [{"username": ""}, {"username": "a b!"}, {"username": "ab"}, {"email": "x"}, {"full_name": ""}]
    )
    def test_wrong_input_is_explained(self, browser, department, changed):
        answer = self.add(browser, department, **changed)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert not User.objects.filter(email="binh@example.vn").exists()

    def test_without_a_role_nobody_is_added(self, browser, department):
        answer = self.add(browser, department, **{f"roles-{department.pk}": []})
        assert answer.status_code == 200
        assert not User.objects.filter(username="tranvanbinh").exists()

    def test_province_chooses_the_agency_first(self, operator, department, client_for):
        client = client_for(department, operator)
        assert f"roles-{department.pk}" not in client.get(url("add")).text
        assert client.post(url("add"), {"username": "x"}).status_code == 200
        form = {"full_name": "An", "username": "nguyenan", "email": "an@example.vn", **roles(department, Role.EDITOR)}
        assert client.post(url("add", agency=department.pk), form).status_code == 302
        assert held_by(User.objects.get(username="nguyenan")) == {("stttt", "editor")}

    @pytest.mark.parametrize("wanted", ["0", "x", "99999999999999999999999", "-1", ""])
    def test_agency_of_nobody_is_not_found(self, browser, wanted):
        assert browser.get(url("add", agency=wanted)).status_code in {400, 404}


class TestChanging:
    def test_administrator_changes_name_mail_and_roles(self, browser, department, editor_of):
        person = editor_of(department)
        form = personal(person, full_name="Lê Thị Cúc", email="cuc@example.vn")
        answer = browser.post(url("edit", person.pk), form | roles(department, Role.APPROVER, Role.DESK_OFFICER))
        assert answer.status_code == 302
        person.refresh_from_db()
        assert (person.full_name, person.email) == ("Lê Thị Cúc", "cuc@example.vn")
        assert held_by(person) == {("stttt", "approver"), ("stttt", "desk_officer")}

    def test_person_of_two_agencies_keeps_the_account_to_itself(self, browser, department, district, editor_of):
        person = give(editor_of(department), district, Role.APPROVER)
        page = browser.get(url("edit", person.pk))
        assert 'name="email"' not in page.text
        assert district.display_name not in page.text
        assert browser.post(url("edit", person.pk), roles(department, Role.APPROVER)).status_code == 302
        assert held_by(person) == {("stttt", "approver"), ("thuanan", "approver")}

    def test_last_role_is_not_taken_here(self, browser, department, editor_of):
        person = editor_of(department)
        answer = browser.post(url("edit", person.pk), personal(person))
        assert answer.status_code == 200
        assert held_by(person) == {("stttt", "editor")}

    def test_province_gives_a_second_agency(
        self, provincial_administrator, department, district, editor_of, client_for
    ):
        person = editor_of(department)
        client = client_for(department, provincial_administrator)
        assert f"roles-{district.pk}" in client.get(url("edit", person.pk, agency=district.pk)).text
        form = personal(person) | roles(department, Role.EDITOR) | roles(district, Role.EDITOR)
        client.post(url("edit", person.pk, agency=district.pk), form)
        assert held_by(person) == {("stttt", "editor"), ("thuanan", "editor")}

    def test_province_gives_its_own_roles(self, provincial_administrator, province, editor_of, client_for):
        person = editor_of(province)
        form = personal(person) | roles(province, Role.PROVINCIAL_ADMINISTRATOR)
        client_for(province, provincial_administrator).post(url("edit", person.pk), form)
        assert held_by(person) == {("binhduong", "provincial_administrator")}

    def test_auditor_holds_nothing_else(self, provincial_administrator, province, editor_of, client_for):
        person = editor_of(province)
        form = personal(person) | roles(province, Role.AUDITOR, Role.EDITOR)
        answer = client_for(province, provincial_administrator).post(url("edit", person.pk), form)
        assert answer.status_code == 200
        assert held_by(person) == {("binhduong", "editor")}

    def test_auditor_reads_and_changes_nothing(self, auditor, department, editor_of, client_for):
        person = editor_of(department)
        client = client_for(department, auditor)
        page = client.get(url("edit", person.pk))
        assert person.username in page.text
        assert 'name="full_name"' not in page.text
        form = personal(person, full_name="Khác") | roles(department, Role.APPROVER)
        assert is_refused(client.post(url("edit", person.pk), form))
        assert held_by(person) == {("stttt", "editor")}

    def test_own_name_may_be_changed_and_own_roles_may_not(self, browser, chief, department):
        assert f"roles-{department.pk}" not in browser.get(url("edit", chief.pk)).text
        assert browser.post(url("edit", chief.pk), personal(chief, full_name="Tên Mới")).status_code == 302
        chief.refresh_from_db()
        assert chief.full_name == "Tên Mới"
        assert held_by(chief) == {("stttt", "administrator")}

    @pytest.mark.parametrize("number", ["0", "999999", "9223372036854775808", "99999999999999999999999999"])
    @pytest.mark.parametrize("name", ["edit", "leave", "take_back", "link", "history"])
    def test_unknown_person_is_not_found(self, browser, name, number):
        assert browser.get(url(name, number)).status_code == 404
        assert browser.post(url(name, number)).status_code == 404

    def test_history_is_for_those_who_read_everywhere(self, browser, auditor, department, editor_of, client_for):
        person = editor_of(department)
        assert browser.get(url("history", person.pk)).status_code == 404
        assert client_for(department, auditor).get(url("history", person.pk)).status_code == 200

    @pytest.mark.parametrize("address", ["delete", "usage", "copy"])
    def test_wagtails_other_doors_are_gone(self, address, operator, department, editor_of, client_for):
        person = editor_of(department)
        client = client_for(department, operator)
        assert client.get(f"/admin/users/{address}/{person.pk}/").status_code == 404
        assert client.post(f"/admin/users/{address}/{person.pk}/").status_code == 404
        assert User.objects.filter(pk=person.pk).exists()


class TestPasswordLink:
    def test_administrator_makes_a_link_for_an_own_person(self, browser, department, editor_of):
        person = editor_of(department)
        User.objects.filter(pk=person.pk).update(email="c@example.vn")
        assert "/tai-khoan/dat-mat-khau/" not in browser.get(url("link", person.pk)).text
        page = browser.post(url("link", person.pk), follow=True)
        assert "/tai-khoan/dat-mat-khau/" in page.text
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    @pytest.mark.parametrize("whom", ["district", "both", "self", "operator", "superuser here", "raw group"])
    def test_nobody_elses(self, whom, browser, chief, department, district, editor_of, operator):
        person = editor_of(district) if whom == "district" else editor_of(department)
        if whom == "both":
            give(person, district, Role.EDITOR)
        elif whom == "self":
            person = chief
        elif whom == "operator":
            person = operator
        elif whom == "superuser here":
            User.objects.filter(pk=person.pk).update(is_superuser=True)
        elif whom == "raw group":
            person.groups.create(name="Nhóm riêng")
        for send in (browser.get, browser.post):
            assert send(url("link", person.pk)).status_code == 404
        assert mail.outbox == []


class TestLeaving:
    def leave(self, browser, person, **query):
        return browser.post(url("leave", person.pk, **query))

    def test_account_is_closed_and_roles_are_gone(self, browser, department, editor_of):
        person = editor_of(department)
        assert browser.get(url("leave", person.pk)).status_code == 200
        assert self.leave(browser, person).status_code == 302
        person.refresh_from_db()
        assert not person.is_active
        assert held_by(person) == set()
        assert person.username in browser.get(INDEX).text

    def test_open_browser_is_signed_out_at_once(self, browser, department, editor_of, client_for):
        person = editor_of(department)
        theirs = client_for(department, person)
        assert theirs.get("/admin/").status_code == 200
        self.leave(browser, person)
        answer = theirs.get("/admin/")
        assert answer.status_code == 302
        assert "/tai-khoan/dang-nhap/" in answer.url
        assert browser.get("/admin/").status_code == 200
        # Also after coming back, the old browser stays signed out.
        User.objects.filter(pk=person.pk).update(is_active=True)
        assert theirs.get("/admin/").status_code == 302

    def test_pages_are_unlocked_and_work_is_listed(self, browser, department, district, editor_of):
        person = editor_of(department)
        page = Page.objects.get(url_path="/stttt/tin-tuc/")
        other = Page.objects.get(url_path="/thuanan/tin-tuc/")
        Page.objects.filter(pk__in=[page.pk, other.pk]).update(locked=True, locked_by=person)
        page.specific.save_revision(user=person)
        for reader in (browser.get(url("leave", person.pk)), self.leave(browser, person)):
            assert reader.status_code in {200, 302}
        page.refresh_from_db()
        assert not page.locked
        assert page.title in browser.get(url("leave", person.pk)).text

    def test_work_is_handed_over_to_a_colleague(self, browser, department, district, editor_of):
        person, heir = editor_of(department), editor_of(department)
        draft, locked = (Page.objects.get(url_path=f"/stttt/{slug}/") for slug in ("tin-tuc", "gioi-thieu"))
        Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=person)
        draft.specific.save_revision(user=person)
        assert heir.full_name in browser.get(url("leave", person.pk)).text
        browser.post(url("leave", person.pk), {"heir": heir.pk})
        locked.refresh_from_db()
        draft.refresh_from_db()
        assert (locked.locked, locked.locked_by, draft.owner) == (True, heir, heir)
        # Whether somebody may approve a draft hangs on who wrote it.
        assert draft.latest_revision.user == person
        assert Departure.objects.get().handed_to == heir
        assert heir.full_name in browser.get(url("leave", person.pk)).text

    @pytest.mark.parametrize("whom", ["district", "self", "desk", "0", "x", "9" * 25])
    def test_work_goes_to_nobody_else(self, whom, browser, department, district, editor_of):
        person, desk = editor_of(department), editor_of(department)
        desk.groups.set([group_of(department, Role.DESK_OFFICER).group])
        known = {"district": editor_of(district), "self": person, "desk": desk}
        heir = known[whom].pk if whom in known else whom
        answer = browser.post(url("leave", person.pk), {"heir": heir})
        assert answer.status_code == (400 if whom in known else 200)
        person.refresh_from_db()
        assert person.is_active
        assert held_by(person) == {("stttt", "editor")}

    def test_province_is_warned_of_the_last_administrator(
        self, chief, provincial_administrator, department, client_for, administrator_of
    ):
        client = client_for(department, provincial_administrator)
        page = client.get(url("leave", chief.pk, agency=department.pk))
        assert page.context["is_last"]
        form = personal(chief) | roles(department, Role.EDITOR)
        assert client.post(url("edit", chief.pk), form).context["form"].errors
        assert held_by(chief) == {("stttt", "administrator")}
        administrator_of(department)
        assert not client.get(url("leave", chief.pk, agency=department.pk)).context["is_last"]

    def test_person_of_two_agencies_leaves_only_one(self, browser, department, district, editor_of, client_for):
        person = give(editor_of(department), district, Role.APPROVER)
        theirs = client_for(district, person)
        self.leave(browser, person)
        person.refresh_from_db()
        assert person.is_active
        assert held_by(person) == {("thuanan", "approver")}
        assert theirs.get("/admin/").status_code == 200

    def test_second_click_is_no_error(self, browser, department, editor_of):
        person = editor_of(department)
        self.leave(browser, person)
        assert self.leave(browser, person).status_code == 302
        assert Departure.objects.count() == 1

    def test_nobody_lets_oneself_go(self, browser, chief):
        assert self.leave(browser, chief).status_code == 404
        assert held_by(chief)

    def test_person_of_another_agency_stays(self, browser, department, district, editor_of):
        person = editor_of(district)
        assert self.leave(browser, person).status_code == 404
        assert self.leave(browser, person, agency=district.pk).status_code == 404
        assert held_by(person) == {("thuanan", "editor")}

    def test_two_administrators_do_not_remove_each_other(
        self, browser, chief, department, administrator_of, client_for
    ):
        other = administrator_of(department)
        theirs = client_for(department, other)
        self.leave(browser, other)
        assert theirs.post(url("leave", chief.pk)).status_code == 302
        assert held_by(chief) == {("stttt", "administrator")}

    def test_province_may_remove_the_last_administrator(self, provincial_administrator, chief, department, client_for):
        client = client_for(department, provincial_administrator)
        assert self.leave(client, chief, agency=department.pk).status_code == 302
        assert held_by(chief) == set()

    def test_person_comes_back_with_a_new_link(self, browser, department, editor_of):
        person = editor_of(department)
        User.objects.filter(pk=person.pk).update(email="d@example.vn")
        self.leave(browser, person)
        assert browser.get(url("take_back", person.pk)).status_code == 200
        page = browser.post(
            url("take_back", person.pk), {"roles": [group_of(department, Role.APPROVER).pk]}, follow=True
        )
        assert "/tai-khoan/dat-mat-khau/" in page.text
        person.refresh_from_db()
        assert person.is_active
        assert held_by(person) == {("stttt", "approver")}
        assert not Departure.objects.exists()

    def test_link_sent_before_leaving_is_dead_afterwards(self, browser, department, editor_of):
        person = editor_of(department)
        page = browser.post(url("link", person.pk), follow=True)
        link = re.search(r'value="(http://stttt\.localhost/[^"]+)"', page.text)[1]
        self.leave(browser, person)
        assert "password1" not in Client(headers={"host": "stttt.localhost"}).get(link, follow=True).text

    def test_person_hired_elsewhere_is_not_taken_back(self, browser, department, district, editor_of):
        person = editor_of(department)
        self.leave(browser, person)
        User.objects.filter(pk=person.pk).update(is_active=True)
        give(person, district, Role.EDITOR)
        answer = browser.post(url("take_back", person.pk), {"roles": [group_of(department, Role.EDITOR).pk]})
        assert answer.status_code == 400
        assert held_by(person) == {("thuanan", "editor")}

    def test_who_has_not_left_cannot_come_back(self, browser, department, editor_of):
        person = editor_of(department)
        assert browser.get(url("take_back", person.pk)).status_code == 404
        assert browser.post(url("take_back", person.pk)).status_code == 404
