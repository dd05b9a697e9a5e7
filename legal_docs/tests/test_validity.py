from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.enums import RelationKind, Status
from legal_docs.validity import Effect, contradiction, end_of, spans, status_on

FIRST = date(2012, 2, 1)
LATER = date(2016, 7, 1)
LAST = date(2022, 8, 15)
A_DAY = timedelta(days=1)


def life(*effects, effective_on=FIRST, expires_on=None):
    return spans(effective_on=effective_on, expires_on=expires_on, effects=effects)


def status(on, *effects, **dates):
    return status_on(on, life(*effects, **dates)).status


class TestOwnDates:
    def test_it_waits_until_its_first_day(self):
        assert status(FIRST - A_DAY) == Status.NOT_YET_IN_FORCE
        assert status(FIRST) == Status.IN_FORCE

    def test_its_own_term_ends_it_on_the_day_named(self):
        assert status(LATER - A_DAY, expires_on=LATER) == Status.IN_FORCE
        assert status(LATER, expires_on=LATER) == Status.EXPIRED

    def test_without_a_first_day_nobody_knows(self):
        assert status(LATER, effective_on=None) == Status.UNKNOWN

    def test_without_a_first_day_it_can_be_repealed_all_the_same(self):
        assert status(LAST, Effect(RelationKind.REPEALS, LATER), effective_on=None) == Status.EXPIRED


class TestWhatOthersDo:
    @pytest.mark.parametrize("kind", [RelationKind.REPLACES, RelationKind.REPEALS])
    def test_replaced_or_repealed_it_is_expired_from_that_day(self, kind):
        effect = Effect(kind, LAST, by="42/2022/NĐ-CP")
        assert status(LAST - A_DAY, effect) == Status.IN_FORCE
        assert status_on(LAST, life(effect)).causes == (effect,)
        assert end_of(life(effect)) == LAST

    def test_repealed_before_it_took_effect_it_never_was_in_force(self):
        effect = Effect(RelationKind.REPEALS, FIRST - A_DAY)
        assert Status.IN_FORCE not in {span.status for span in life(effect)}

    def test_repealed_in_part_it_is_partly_expired_until_it_ends(self):
        part = Effect(RelationKind.PARTLY_REPEALS, LATER, elements=("art_5",))
        assert status(LATER, part) == Status.PARTLY_EXPIRED
        assert status(LAST, part, Effect(RelationKind.REPLACES, LAST)) == Status.EXPIRED

    def test_what_replaces_some_articles_leaves_the_rest(self):
        assert status(LATER, Effect(RelationKind.REPLACES, LATER, elements=("art_5",))) == Status.PARTLY_EXPIRED

    def test_amended_it_stays_in_force_and_names_what_amended_it(self):
        effect = Effect(RelationKind.AMENDS, LATER, by="150/2018/NĐ-CP")
        found = status_on(LATER, life(effect))
        assert (found.status, found.causes) == (Status.IN_FORCE, (effect,))

    def test_suspended_it_comes_back_on_the_day_on_which_that_ends(self):
        effect = Effect(RelationKind.SUSPENDS, LATER, until=LAST)
        assert [span.status for span in life(effect)][1:] == [Status.IN_FORCE, Status.SUSPENDED, Status.IN_FORCE]
        assert status(LAST, effect) == Status.IN_FORCE

    def test_suspended_in_part(self):
        assert status(LAST, Effect(RelationKind.SUSPENDS, LATER, elements=("art_2",))) == Status.PARTLY_SUSPENDED

    @pytest.mark.parametrize("kind", [RelationKind.BASED_ON, RelationKind.GUIDES, RelationKind.REFERS_TO])
    def test_what_only_speaks_of_it_changes_nothing(self, kind):
        assert life(Effect(kind, LATER)) == life()

    def test_the_second_end_changes_nothing(self):
        first, second = Effect(RelationKind.REPEALS, LATER), Effect(RelationKind.REPLACES, LAST)
        assert life(first, second) == life(first)


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
EFFECTS = st.builds(
    Effect,
    kind=st.sampled_from(RelationKind),
    on=DAYS,
    elements=st.sampled_from([(), ("art_1",)]),
    until=st.none() | DAYS,
)


class TestWholeLife:
    @given(st.none() | DAYS, st.none() | DAYS, st.lists(EFFECTS, max_size=6))
    def test_spans_cover_every_day_once(self, effective_on, expires_on, effects):
        found = spans(effective_on=effective_on, expires_on=expires_on, effects=effects)
        assert found[0].since is None
        assert found[-1].until is None
        for one, other in pairwise(found):
            assert one.until == other.since
            assert (one.status, one.causes) != (other.status, other.causes)

    @given(DAYS, st.lists(EFFECTS, max_size=6), DAYS)
    def test_what_has_expired_stays_so(self, effective_on, effects, day):
        found = spans(effective_on=effective_on, expires_on=None, effects=effects)
        end = end_of(found)
        assert (status_on(day, found).status == Status.EXPIRED) == (end is not None and end <= day)


class TestStatedByHand:
    def test_another_status_is_a_contradiction(self):
        ended = life(Effect(RelationKind.REPLACES, LAST))
        assert contradiction(Status.IN_FORCE, ended, LAST).status == Status.EXPIRED

    def test_the_same_or_nothing_is_none(self):
        assert contradiction(Status.IN_FORCE, life(), LATER) is None
        assert contradiction(Status.UNKNOWN, life(), LATER) is None

    def test_no_longer_suitable_is_a_judgement_of_its_own(self):
        assert contradiction(Status.NO_LONGER_SUITABLE, life(), LATER) is None
        ended = life(Effect(RelationKind.REPLACES, LAST))
        assert contradiction(Status.NO_LONGER_SUITABLE, ended, LAST) is not None
