"""Who an agency is, at the page that names it and in the search that leads there (Decree 43/2011, Article 10.1)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search.services.indexing import index_changes
from search.services.turning import turn_day
from sites.models import Official, Unit

pytestmark = pytest.mark.django_db
PAGE = "/co-cau-to-chuc/"


@pytest.fixture
def unit(department):
    return Unit.objects.create(agency=department, name_vi="Phòng Bưu chính số", duties="Quản lý bưu chính")


def official(agency, name="Nguyễn Văn Thử", **more):
    more.setdefault("job_title", "Trưởng phòng")
    return Official.objects.create(agency=agency, full_name=name, **more)


class TestPage:
    def test_names_units_and_people_with_their_contact(self, client_for, department, unit):
        below = Unit.objects.create(agency=department, name_vi="Tổ Bưu cục", parent=unit, phone="0274 111 222")
        leader = official(department, "Trần Thị Lãnh", job_title="Giám đốc", is_leader=True, duties="Phụ trách chung")
        head = official(department, unit=unit, email="truongphong@example.vn")
        text = client_for(department).get(PAGE).content.decode()
        for wanted in (
            f'id="don-vi-{unit.pk}"', f'id="don-vi-{below.pk}"', f'id="nguoi-{leader.pk}"', f'id="nguoi-{head.pk}"',
            "Phụ trách chung", "truongphong@example.vn", 'href="tel:0274111222"',
        ):  # fmt: skip
            assert wanted in text
        assert text.index("Trần Thị Lãnh") < text.index("Phòng Bưu chính số") < text.index("Tổ Bưu cục")

    def test_names_nobody_whose_term_has_ended_or_not_begun(self, client_for, department):
        today = timezone.localdate()
        official(department, "Lê Văn Cũ", term_ends_on=today - timedelta(days=1))
        official(department, "Lê Văn Mới", term_begins_on=today + timedelta(days=1))
        official(department, "Lê Văn Nay", term_begins_on=today, term_ends_on=today)
        text = client_for(department).get(PAGE).content.decode()
        assert "Lê Văn Nay" in text
        assert "Lê Văn Cũ" not in text
        assert "Lê Văn Mới" not in text

    def test_names_nobody_of_another_agency(self, client_for, department, district):
        official(district)
        assert "Nguyễn Văn Thử" not in client_for(department).get(PAGE).content.decode()

    def test_says_so_where_nothing_is_entered(self, client_for, department):
        department.units.all().delete()
        assert "đang được cập nhật" in client_for(department).get(PAGE).content.decode()

    def test_unit_that_leads_back_to_itself_is_named_once(self, client_for, department, unit):
        other = Unit.objects.create(agency=department, name_vi="Tổ Vòng quanh", parent=unit)
        Unit.objects.filter(pk=unit.pk).update(parent=other)
        text = client_for(department).get(PAGE).content.decode()
        assert text.count("Tổ Vòng quanh") == text.count("Phòng Bưu chính số") == 1

    def test_asks_no_more_for_many_people(self, client_for, department, unit):
        client = client_for(department)
        official(department, unit=unit)
        client.get(PAGE)
        counts = []
        for _turn in range(2):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(PAGE)
            counts.append(len(queries))
            for number in range(30):
                official(department, f"Người thứ {number}", unit=unit, is_leader=number % 2 == 0)
        assert counts[0] == counts[1] <= 8

    def test_is_not_there_while_the_portal_is_not_public(self, client_for, department):
        PageViewRestriction.objects.create(page=department.site.root_page, restriction_type="login")
        assert client_for(department).get(PAGE).status_code == 404

    def test_every_portal_leads_to_it(self, client_for, department):
        client = client_for(department)
        assert f'href="{PAGE}"' in client.get("/").content.decode()
        assert f'href="{PAGE}"' in client.get("/so-do/").content.decode()
        assert PAGE in client.get("/sitemap-to-chuc.xml").content.decode()
        assert client.post(PAGE).status_code in (400, 405)


class TestSearch:
    def ask(self, client, words):
        index_changes()
        return client.get("/tim-kiem/", {"q": words}).content.decode()

    def test_person_is_found_by_name_title_and_unit(self, client_for, department, unit):
        head = official(department, "Nguyễn Văn Thử Nghiệm", unit=unit)
        client = client_for(department)
        for words in ("nguyen van thu nghiem", "Trưởng phòng Bưu chính số", "truong phong buu chinh so"):
            assert f'href="{PAGE}#nguoi-{head.pk}"' in self.ask(client, words)

    def test_unit_is_found_by_name_and_duties(self, client_for, department, unit):
        client = client_for(department)
        for words in ("phòng bưu chính số", "quan ly buu chinh"):
            assert f'href="{PAGE}#don-vi-{unit.pk}"' in self.ask(client, words)

    def test_unit_that_is_renamed_renames_its_people(self, client_for, department, unit):
        head = official(department, unit=unit)
        unit.name_vi = "Phòng Viễn thông xa"
        unit.save()
        assert f"#nguoi-{head.pk}" in self.ask(client_for(department), "trưởng phòng viễn thông xa")

    def test_person_who_leaves_is_gone(self, client_for, department):
        head = official(department, "Nguyễn Văn Rời Đi")
        client = client_for(department)
        assert f"#nguoi-{head.pk}" in self.ask(client, "Nguyễn Văn Rời Đi")
        head.term_ends_on = timezone.localdate() - timedelta(days=1)
        head.save()
        assert f"#nguoi-{head.pk}" not in self.ask(client, "Nguyễn Văn Rời Đi")
        assert head.full_name not in client.get("/tim-kiem/goi-y/", {"q": "nguyen van roi"}).content.decode()

    def test_day_on_which_a_term_ends_takes_the_person_out(self, client_for, department, time_machine):
        time_machine.move_to("2026-03-02T08:00:00+07:00", tick=False)
        head = official(department, "Nguyễn Văn Hết Hạn", term_ends_on=timezone.localdate())
        client = client_for(department)
        assert f"#nguoi-{head.pk}" in self.ask(client, "Nguyễn Văn Hết Hạn")
        time_machine.shift(timedelta(days=1))
        turn_day(timezone.localdate())
        assert f"#nguoi-{head.pk}" not in self.ask(client, "Nguyễn Văn Hết Hạn")

    def test_people_of_a_portal_that_is_closed_are_not_found(self, client_for, department, province):
        head = official(department, "Nguyễn Văn Đóng Cửa")
        PageViewRestriction.objects.create(page=department.site.root_page, restriction_type="login")
        index_changes()
        text = client_for(province).get("/tim-kiem/", {"q": "Nguyễn Văn Đóng Cửa", "pham-vi": "tinh"}).content.decode()
        assert f"#nguoi-{head.pk}" not in text
