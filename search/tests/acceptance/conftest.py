"""The engines that must keep the contract of `search.engine`."""

import pytest

from search.database.engine import DatabaseEngine

# Names of fixtures, each of which gives one empty engine. A further engine adds its name here and its fixture below.
ENGINES = ["database_engine", pytest.param("elastic_engine", marks=pytest.mark.elasticsearch)]


@pytest.fixture(params=ENGINES)
def engine(request):
    """Each engine in turn, with nothing in it."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def database_engine(db):
    return DatabaseEngine()


@pytest.fixture
def elastic_engine(node):
    return node
