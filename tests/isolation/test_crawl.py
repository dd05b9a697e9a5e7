"""Everybody of every kind of agency tries every address of the admin with the things of the others."""

import pytest

from sites.doors import VIEWSET_DOORS, verdict
from sites.enums import PROVINCE_WIDE, Role
from sites.models import Agency
from sites.ownership import is_declared

from .addresses import all_addresses
from .visits import Visitor
from .world import furnish

pytestmark = pytest.mark.django_db
CODES = {"province": "binhduong", "department": "stttt", "district": "thuanan"}
INSIDE = [role for role in Role if role not in PROVINCE_WIDE]


def test_every_address_of_the_admin_has_a_verdict():
    without = [str(address) for address in all_addresses() if verdict(address.name, address.model) is None]
    assert not without, "Say in sites/doors.py, or with open_door(), who may come in here."


def test_every_model_behind_a_viewset_has_an_owner():
    models = {
        address.model
        for address in all_addresses()
        if isinstance(address.model, type) and address.name.rpartition(":")[2] in VIEWSET_DOORS
    }
    assert len(models) > 5
    assert not [model for model in models if not is_declared(model)], "Declare in owners.py to whom its objects belong."


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize("kind", CODES)
def test_nobody_sees_or_changes_what_another_agency_has(kind, role):
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=CODES.values())}
    belongings = {code: furnish(agency) for code, agency in agencies.items()}
    own = belongings.pop(CODES[kind])
    visitor = Visitor(own.people[role], own, list(belongings.values()))
    for address in all_addresses():
        visitor.visit(address)
    assert visitor.checks > 1_000
    assert not visitor.leaks, f"{len(visitor.leaks)} leaks:\n" + "\n".join(sorted(set(visitor.leaks))[:40])
