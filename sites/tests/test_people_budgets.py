"""Queries of the lists of people, groups, units and officials: bounded, and the same for one row and for twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.enums import Role
from sites.models import AgencyGroup, Departure, Official, Unit
from sites.people.group_services import save_group

pytestmark = pytest.mark.django_db

MOST = 40


def people(agency, editor_of, by, number):
    person = editor_of(agency)
    person.groups.add(AgencyGroup.objects.get(agency=agency, role=Role.DESK_OFFICER, name="").group)
    if number % 3 == 0:
        person.groups.clear()
        Departure.objects.create(person=person, agency=agency)


def groups(agency, editor_of, by, number):
    group = AgencyGroup(agency=agency, role=Role.EDITOR, name=f"Tổ {number}")
    sections = [entry.page for entry in agency.sections.select_related("page")[:2]]
    save_group(group=group, sections=sections, members=[editor_of(agency)], by=by)


def units(agency, editor_of, by, number):
    Unit.objects.create(agency=agency, name_vi=f"Phòng số {number}")


def officials(agency, editor_of, by, number):
    unit = Unit.objects.create(agency=agency, name_vi=f"Phòng của {number}")
    Official.objects.create(agency=agency, unit=unit, full_name=f"Cán bộ {number}", job_title="Chuyên viên")


LISTS = {"/admin/users/": people, "/admin/groups/": groups, "/admin/units/": units, "/admin/officials/": officials}


@pytest.mark.parametrize("who", ["administrator", "operator"])
@pytest.mark.parametrize("address", LISTS)
def test_list_asks_as_much_for_twenty_rows_as_for_one(
    address, who, department, administrator_of, editor_of, operator, client_for
):
    administrator = administrator_of(department)
    Unit.objects.all().delete()
    client = client_for(department, administrator if who == "administrator" else operator)

    def count():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    LISTS[address](department, editor_of, administrator, 0)
    few = count()
    assert few <= MOST
    for number in range(1, 20):
        LISTS[address](department, editor_of, administrator, number)
    assert count() == few
