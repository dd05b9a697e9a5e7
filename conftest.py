"""Fixtures for all tests: three open portals, people who work on them, and browsers that visit them."""

import os

import pytest

from tests import loopback, second_factor, strict_templates

PORTALS = {"province": "binhduong", "department": "stttt", "district": "thuanan"}
PASSWORD = "mat-khau-thu-nghiem"  # noqa: S105 - of people who live as long as a test


# Fixtures by which pytest-django lets a test at the database; it refuses it to all others.
_LET_AT_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out the tests that ask no database: they say the same on each",
    )


def pytest_configure():
    from django.conf import settings

    strict_templates.install(settings)
    loopback.install()


def pytest_sessionstart():
    second_factor.count_forced_sign_ins()


def pytest_collection_modifyitems(config, items):
    """Leave out what is for the other database, and let a flushed database be filled again."""
    from django.db import connection

    foreign = {"postgresql", "sqlite"} - {connection.vendor}
    if not os.environ.get("ELASTICSEARCH_URL"):
        # Chosen where there is a node: tools/checks.py starts one for them.
        foreign.add("elasticsearch")
    is_for_all = not config.getoption("--only-database")
    left_out = [
        item
        for item in items
        if any(item.get_closest_marker(name) for name in foreign) or not (is_for_all or _asks_database(item))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if (marker and marker.kwargs.get("transaction")) or fixtures & {"transactional_db", "live_server"}:
            item.fixturenames += ["django_db_serialized_rollback", "flushable_trail"]


def _asks_database(item):
    return bool(item.get_closest_marker("django_db") or _LET_AT_DATABASE & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    _refuse_skipping(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    outcome = yield
    _refuse_skipping(outcome.get_result())


def _refuse_skipping(report):
    """On a build server a skipped test is a failed one: nothing may be missing there that can be installed.

    The real documents, which lie beside the checkout (CONGKHAI_DATA), cannot; tests say so in their reason.
    """
    may_skip = hasattr(report, "wasxfail") or "CONGKHAI_DATA" in str(report.longrepr)
    if report.skipped and not may_skip and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped although CI=true: {report.longrepr}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Open the three portals once for all tests; each test's changes to them are rolled back."""
    from django.db import DEFAULT_DB_ALIAS, connections

    from sites.agencies_file import read_agencies
    from sites.models import Agency
    from sites.services import open_portal, record_agencies

    with django_db_blocker.unblock():
        record_agencies(read_agencies())
        for code in PORTALS.values():
            open_portal(Agency.objects.get(code=code))
        # Tests with transactions of their own empty the database; this is what it is filled with again.
        # On the class, because Playwright's event loop gives its tests a connection object of their own.
        connection = connections[DEFAULT_DB_ALIAS]
        vars(connection).pop("_test_serialized_contents", None)
        type(connection)._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture
def flushable_trail(transactional_db):
    """Let the database be emptied after a test with transactions of its own, which the trail's guard would refuse."""
    from audit.guard import lift_guard, set_guard

    set_guard()
    yield
    lift_guard()


@pytest.fixture
def province(db):
    """The agency of the province, with its portal."""
    return _agency("province")


@pytest.fixture
def department(db):
    """A department, with its portal."""
    return _agency("department")


@pytest.fixture
def district(db):
    """A district, with its portal."""
    return _agency("district")


def _agency(kind):
    from sites.models import Agency

    return Agency.objects.select_related("site__root_page", "collection").get(code=PORTALS[kind])


@pytest.fixture
def client_for():
    """Give a browser that visits an agency's portal: client_for(agency).get("/tin-tuc/")."""
    from django.test import Client

    def visit(agency, user=None):
        client = Client(headers={"host": f"{agency.code}.localhost"})
        if user is not None:
            client.force_login(user)
        return client

    return visit


@pytest.fixture
def editor_of(db):
    """Give a person who writes for an agency: editor_of(agency)."""
    return _giver_of("EDITOR")


@pytest.fixture
def approver_of(db):
    """Give a person who publishes for an agency."""
    return _giver_of("APPROVER")


@pytest.fixture
def administrator_of(db):
    """Give a person who runs an agency's portal."""
    return _giver_of("ADMINISTRATOR")


def _giver_of(role_name):
    from django.contrib.auth import get_user_model

    from sites.enums import Role

    def give(agency):
        role = Role[role_name]
        number = get_user_model().objects.count() + 1
        user = get_user_model().objects.create_user(
            username=f"{role.value}.{agency.code}.{number}", password=PASSWORD, full_name=f"{agency.code} {role.value}"
        )
        user.groups.add(agency.groups.get(role=role, name="").group)
        return user

    return give


@pytest.fixture
def operator(db, django_user_model):
    """A person who runs the whole install."""
    return django_user_model.objects.create_superuser(username="quantri", password=PASSWORD)
