"""When an engine is given up, and when it is tried again."""

import pytest
from django.core.cache import cache

from search.breaker import MOST_FAILURES, PAUSE, WITHIN, Breaker


@pytest.fixture
def breaker():
    cache.clear()
    yield Breaker("some")
    cache.clear()


def fail(breaker, times, now):
    for _ in range(times):
        breaker.failed(now)


def test_a_few_failures_are_borne(breaker):
    fail(breaker, MOST_FAILURES - 1, 0.0)
    assert breaker.lets_through(0.0)


def test_failures_long_ago_do_not_count(breaker):
    fail(breaker, MOST_FAILURES - 1, 0.0)
    breaker.failed(WITHIN)
    assert breaker.lets_through(WITHIN)


def test_an_answer_forgives_what_was_before(breaker):
    fail(breaker, MOST_FAILURES - 1, 0.0)
    breaker.succeeded()
    breaker.failed(0.0)
    assert breaker.lets_through(0.0)


def test_after_many_failures_nobody_waits_for_it(breaker):
    fail(breaker, MOST_FAILURES, 0.0)
    assert not breaker.lets_through(0.0)
    assert not breaker.lets_through(PAUSE - 0.1)
    assert not Breaker("some").lets_through(PAUSE - 0.1)
    assert Breaker("other").lets_through(0.0)


def test_after_the_pause_one_question_tries_it(breaker):
    fail(breaker, MOST_FAILURES, 0.0)
    assert [breaker.lets_through(PAUSE) for _ in range(3)] == [True, False, False]


def test_it_is_back_when_that_question_is_answered(breaker):
    fail(breaker, MOST_FAILURES, 0.0)
    assert breaker.lets_through(PAUSE)
    breaker.succeeded()
    assert [breaker.lets_through(PAUSE) for _ in range(3)] == [True, True, True]


def test_it_is_given_up_again_when_that_question_fails(breaker):
    fail(breaker, MOST_FAILURES, 0.0)
    assert breaker.lets_through(PAUSE)
    breaker.failed(PAUSE)
    assert not breaker.lets_through(PAUSE + 1)
    assert breaker.lets_through(2 * PAUSE)


def test_a_process_that_dies_trying_is_no_reason_to_wait_for_ever(breaker):
    fail(breaker, MOST_FAILURES, 0.0)
    assert breaker.lets_through(PAUSE)
    assert breaker.lets_through(PAUSE + 60)
