import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """allauth's limits for a network live in the cache; one test's requests do not count for the next."""
    cache.clear()
