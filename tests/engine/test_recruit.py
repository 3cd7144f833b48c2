"""Whom to recruit next: the quick answer, its bound and the proved best, against trying everything."""

from dataclasses import replace
from itertools import pairwise
from math import e

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engine.filled import Filled
from matcher.engine.prices import bound
from matcher.engine.prove import best_possible
from matcher.engine.reach import Reach, by_worth, reach_of
from matcher.engine.recruit import next_to_recruit, recruited
from tests.engine.reaches import CLOSE, choices, made, most, reaches, shared_out

SOLVED = 1e-6  # to how much of itself the solver works
ORDERS = st.permutations(range(7))
LONG = 30.0  # seconds; more than small questions ever need


@given(reaches(), ORDERS)
def test_the_sharing_out_is_the_best(reach: Reach, order: list[int]) -> None:
    """Whoever joins in whatever order, the worth taken is that of the best assignment, and grows by what was told."""
    ranked, _ = by_worth(reach, len(reach))
    filled, asked = Filled(ranked, len(reach)), [one for one in order if one < len(reach)]
    for many, one in enumerate(asked, start=1):
        told, before = filled.gain(one), filled.value
        assert filled.add(one) == told == filled.value - before
        assert filled.value == pytest.approx(shared_out(reach, asked[:many]), rel=CLOSE)


@given(reaches(), ORDERS)
def test_gains_fall_while_others_join(reach: Reach, order: list[int]) -> None:
    """What somebody would add is never negative, and never more than it was with fewer others."""
    filled, asked = Filled(by_worth(reach, len(reach))[0], len(reach)), [one for one in order if one < len(reach)]
    *others, last = asked
    gains = [filled.gain(last)]
    for one in others:
        filled.add(one)
        gains.append(filled.gain(last))
    assert min(gains) >= -CLOSE
    assert all(later <= sooner + CLOSE for sooner, later in pairwise(gains))


@given(reaches(), ORDERS)
def test_what_is_left_bounds_each_gain(reach: Reach, order: list[int]) -> None:
    """The needs left are worth at least what a newcomer gains by them, and just that if it has room for one."""
    filled, asked = Filled(by_worth(reach, len(reach))[0], len(reach)), [one for one in order if one < len(reach)]
    for one in asked:
        worth, room = filled.left()[filled.reach.needs_of(one)], int(filled.reach.room[one])
        most_of_it, gain = float(np.sort(worth)[::-1][:room].sum()), filled.add(one)
        assert gain <= most_of_it + CLOSE
        if room == 1 or filled.reach.is_roomy:
            assert gain == pytest.approx(most_of_it, rel=CLOSE)


@given(reaches(), st.integers(0, 4))
def test_an_answer_can_be_done(reach: Reach, k: int) -> None:
    """At most k are asked, nobody takes what they could not, more than they have room for, or what another takes."""
    found = next_to_recruit(reach, k)
    taken = [need for needs in found.taken for need in needs.tolist()]
    assert len(found.chosen) == len(set(found.chosen.tolist())) <= k
    assert len(taken) == len(set(taken))
    for one, needs in zip(found.chosen.tolist(), found.taken, strict=True):
        assert set(needs.tolist()) <= set(reach.needs_of(one).tolist())
        assert len(needs) <= reach.room[one]
    assert found.value == pytest.approx(float(reach.worth[taken].sum()), rel=CLOSE)


@given(reaches(), st.integers(0, 4))
def test_each_adds_what_was_open_before(reach: Reach, k: int) -> None:
    """The needs that somebody adds are worth what the value grows by, and all of them are those taken in the end."""
    found = next_to_recruit(reach, k)
    worths = [float(reach.worth[needs].sum()) for needs in found.added]
    assert worths == pytest.approx(np.diff(found.closed, prepend=0.0), rel=CLOSE)
    assert sorted(np.concatenate([[], *found.added])) == sorted(np.concatenate([[], *found.taken]))


def test_who_comes_first_adds_the_best_even_if_another_takes_it_later() -> None:
    """Of two who could take the same needs, one at a time, the first adds the one worth more."""
    found = next_to_recruit(reach_of([[0, 1], [0, 1]], [2.0, 5.0], [1, 1]), 2)
    assert [needs.tolist() for needs in found.added] == [[1], [0]]


@given(reaches(), st.integers(0, 4))
def test_an_answer_says_what_the_first_close(reach: Reach, k: int) -> None:
    """Each further candidate closes something, the figures are those of the first ones, and of each alone."""
    found = next_to_recruit(reach, k)
    chosen = found.chosen.tolist()
    assert found.closed == pytest.approx([shared_out(reach, chosen[:n]) for n in range(1, len(chosen) + 1)], rel=CLOSE)
    assert found.alone == pytest.approx([shared_out(reach, [one]) for one in chosen], rel=CLOSE)
    assert (np.diff(found.closed, prepend=0.0) > 0).all()
    if len(chosen) < min(k, len(reach)):
        assert found.value == pytest.approx(shared_out(reach, range(len(reach))), rel=CLOSE)


@settings(max_examples=200)
@given(reaches(), st.integers(1, 4))
def test_between_what_is_promised_and_the_best(reach: Reach, k: int) -> None:
    """The quick answer is at least 1 - 1/e of the best, which its bound never falls below."""
    found, best = next_to_recruit(reach, k), most(reach, k)
    assert (1 - 1 / e) * best - CLOSE <= found.value <= best + CLOSE
    assert bound(reach, k) == bound(reach, k, found) >= best * (1 - CLOSE)


@settings(max_examples=200)
@given(reaches(), st.integers(1, 4))
def test_the_best_is_proved(reach: Reach, k: int) -> None:
    """The solver finds what trying all sets finds, and says that it is the best."""
    proved = best_possible(reach, k, LONG)
    assert proved.is_best
    assert proved.best.value == pytest.approx(most(reach, k), rel=SOLVED)
    assert proved.at_most == proved.best.value


@pytest.mark.parametrize("room", [0, 4])
@pytest.mark.parametrize("seed", range(4))
def test_larger_questions(seed: int, room: int) -> None:
    """Among 50 candidates the quick answer reaches 98 % of the proved best, and no bound falls below that."""
    reach = made(seed, 50, 60, room)
    found, proved = next_to_recruit(reach, 5), best_possible(reach, 5, LONG)
    assert proved.is_best
    assert 0.98 * proved.best.value <= found.value <= proved.best.value <= bound(reach, 5) * (1 + SOLVED)
    assert proved.best.value == pytest.approx(shared_out(reach, proved.best.chosen.tolist()), rel=CLOSE)
    assert bound(reach, 5) <= 1.1 * proved.best.value


def test_swaps_find_what_the_largest_gain_first_misses() -> None:
    """Two who together cover everything are found, though a third one covers more than either."""
    for room in ((), (3, 3, 4)):
        reach = reach_of([[0, 1, 2], [3, 4, 5], [1, 2, 3, 4]], [1.0] * 6, room)
        assert sorted(next_to_recruit(reach, 2).chosen.tolist()) == [0, 1]


def test_the_first_of_equals_is_asked_first() -> None:
    """Of candidates whom nothing tells apart, the one that stands first is chosen."""
    for room in ((), [1] * 4):
        reach = reach_of([[0], [1, 2], [1, 2], [1, 2]], [1.0, 5.0, 5.0], room)
        assert next_to_recruit(reach, 1).chosen.tolist() == [1]


def test_the_order_is_that_of_the_largest_gain() -> None:
    """Whoever closes most comes first, whatever order they are given in."""
    reach = reach_of([[0], [1], [2]], [1.0, 3.0, 2.0])
    told = recruited(reach, [0, 2, 1])
    assert told.chosen.tolist() == [1, 2, 0]
    assert told.closed.tolist() == [3.0, 5.0, 6.0]
    assert [needs.tolist() for needs in told.taken] == [[1], [2], [0]]


@pytest.mark.parametrize("lists", [[], [[]], [[], []]])
def test_nobody_to_ask(lists: list[list[int]]) -> None:
    """Without candidates, or with candidates who could take nothing, nobody is asked and nothing is closed."""
    reach = reach_of(lists, [1.0, 2.0])
    found, proved = next_to_recruit(reach, 3), best_possible(reach, 1, LONG)
    assert (found.value, bound(reach, 1), proved.at_most) == (0.0, 0.0, 0.0)
    assert len(found.chosen) == len(proved.best.chosen) == 0


@pytest.mark.parametrize("room", [0, 4])
def test_when_the_time_is_up_the_quick_answer_stands(room: int) -> None:
    """Without time for a proof the answer is at least the quick one, with a bound, and says that it is not proved."""
    reach = made(1, 120, 200, room)
    found, proved = next_to_recruit(reach, 8), best_possible(reach, 8, 0.0)
    assert not proved.is_best
    assert found.value <= proved.best.value < proved.at_most <= bound(reach, 8, found)


def test_a_question_too_large_is_only_bounded() -> None:
    """Where the solver would not come to anything, the bound of the prices is given."""
    reach = made(1, 120, 200)
    found, proved = next_to_recruit(reach, 8), best_possible(reach, 8, LONG, largest=10)
    assert (proved.best.value, proved.at_most, proved.is_best) == (found.value, bound(reach, 8, found), False)


@given(reaches(), st.integers(1, 3))
def test_costs_do_not_matter(reach: Reach, k: int) -> None:
    """Whom to recruit next does not depend on what it costs to ask."""
    dear = replace(reach, cost=1 + reach.cost[::-1])
    assert next_to_recruit(dear, k).chosen.tolist() == next_to_recruit(reach, k).chosen.tolist()


@given(reaches(), st.integers(1, 3))
def test_no_set_of_that_size_is_forgotten(reach: Reach, k: int) -> None:
    """Asked for one, it is whoever closes most alone."""
    best = max(shared_out(reach, some) for some in choices(reach, 1))
    assert next_to_recruit(reach, 1).value == pytest.approx(best, rel=CLOSE)
    assert next_to_recruit(reach, k).value >= best * (1 - CLOSE)
