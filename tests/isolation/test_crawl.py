"""Everybody of every kind of agency tries every address of the admin with the things of the others.

Here each role meets each address once, with the things of one other agency; `make bench ARGS="--only isolation"` tries
all roles of all kinds of agency with the things of all others.
"""

import logging
from itertools import cycle

import pytest
from django.apps import apps

from sites.doors import VIEWSET_DOORS, verdict
from sites.enums import Role
from sites.models import Agency
from sites.ownership import is_declared

from .addresses import all_addresses, walked_addresses
from .visits import Visitor
from .world import furnish, look_at_each_other

pytestmark = pytest.mark.django_db
CODES = {"province": "binhduong", "department": "stttt", "district": "thuanan"}
# Each role once, and over all roles each kind of agency.
COVERING = {
    Role.EDITOR: "department",
    Role.APPROVER: "district",
    Role.ADMINISTRATOR: "department",
    Role.CONSULTATION_OFFICER: "province",
    Role.DESK_OFFICER: "district",
}
# What no address of the admin shows as such: plumbing of the framework, or Wagtail's tables in whose place ours stand.
PLUMBING = {
    "wagtailembeds.Embed", "wagtaildocs.Document", "wagtailimages.Image", "wagtailimages.Rendition",
    "wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry", "wagtailadmin.Admin", "wagtailcore.APIToken",
    "wagtailcore.WorkflowContentType", "wagtailcore.WorkflowTask", "wagtailcore.ReferenceIndex",
    "django_tasks_database.DBTaskResult", "sessions.Session", "sites.Site",
}  # fmt: skip


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of answers are refusals, as they should be; none is worth a line."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(db):
    """What each of the three agencies has, by code."""
    agencies = Agency.objects.filter(code__in=CODES.values()).select_related("site__root_page", "collection")
    belongings = {agency.code: furnish(agency) for agency in agencies}
    look_at_each_other(belongings.values())
    return belongings


def test_every_address_of_the_admin_has_a_verdict():
    without = [str(address) for address in all_addresses() if verdict(address.name, address.model) is None]
    assert not without, "Say in an owners.py, with open_door(), who may come in here."


def test_every_model_behind_a_viewset_has_an_owner():
    models = {
        address.model
        for address in all_addresses()
        if isinstance(address.model, type) and address.name.rpartition(":")[2] in VIEWSET_DOORS
    }
    assert len(models) > 5
    assert not [model for model in models if not is_declared(model)], "Declare in owners.py to whom its objects belong."


def test_every_model_has_an_owner():
    models = {model._meta.label for model in apps.get_models() if not is_declared(model)}
    assert models - PLUMBING == set(), "Declare in an owners.py to whom its objects belong."


def crawl(visitor, record_property):
    others = cycle(visitor.others)
    for address in walked_addresses():
        visitor.visit(address, [next(others)])
    record_property("checks", visitor.checks)
    assert not visitor.leaks, f"{len(visitor.leaks)} leaks:\n" + "\n".join(sorted(set(visitor.leaks))[:40])
    # Somebody who is let in nowhere would find nothing either.
    assert visitor.checks > 800
    assert visitor.answers[200] > 100


@pytest.mark.crawl
@pytest.mark.parametrize("role", COVERING)
def test_nobody_sees_or_changes_what_another_agency_has(role, world, record_property):
    own = world.pop(CODES[COVERING[role]])
    crawl(Visitor(own.people[role], own, list(world.values()), is_thorough=False), record_property)


@pytest.mark.crawl
def test_auditor_changes_nothing_anywhere(world, record_property):
    own = world.pop("binhduong")
    visitor = Visitor(own.people[Role.AUDITOR], own, list(world.values()), reads_all=True, is_thorough=False)
    crawl(visitor, record_property)


@pytest.mark.crawl
def test_provincial_administrator_meets_no_failing_screen(world, record_property):
    own = world.pop("binhduong")
    person = own.people[Role.PROVINCIAL_ADMINISTRATOR]
    crawl(Visitor(person, own, list(world.values()), acts_for_all=True, is_thorough=False), record_property)
