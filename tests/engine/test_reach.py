"""Reaches, and the smaller question that has the same answer."""

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engine.alone import WIDE, most_alone
from matcher.engine.filled import Filled
from matcher.engine.merged import Merged, merged
from matcher.engine.reach import Reach, by_worth, reach_of
from tests.engine.reaches import CLOSE, cheapest, choices, made, most, reaches, shared_out

THREE = reach_of([[0, 2], [], [2, 1]], [1.0, 5.0, 3.0], [1, 1, 2])


def test_the_other_way_round() -> None:
    """Each need knows who could take it, and adds up weights by candidate."""
    by_need = THREE.transpose()
    assert [by_need.candidates_of(need).tolist() for need in range(3)] == [[0], [2], [0, 2]]
    assert by_need.sums(np.array([2, 0]), np.array([10.0, 1.0])).tolist() == [11.0, 0.0, 10.0]


def test_a_part_of_the_candidates() -> None:
    """A subset holds the candidates asked for in the order given, with their needs, rooms and costs."""
    part = replace(THREE, cost=np.array([1.0, 2.0, 3.0])).subset(np.array([2, 0]))
    assert [part.needs_of(one).tolist() for one in range(2)] == [[1, 2], [0, 2]]
    assert (part.room.tolist(), part.cost.tolist(), part.worth.tolist()) == ([2, 1], [3.0, 1.0], [1.0, 5.0, 3.0])


def test_a_candidate_costs_one_unless_told() -> None:
    """Without costs, each candidate costs one."""
    assert THREE.cost.tolist() == [1.0, 1.0, 1.0]


@given(reaches(), st.integers(0, 4))
def test_needs_from_the_most_worth_on(reach: Reach, k: int) -> None:
    """Numbered by worth and cut short, k candidates close as much as before, whoever they are."""
    ranked, number = by_worth(reach, k)
    assert ranked.worth.tolist() == reach.worth[number].tolist() == sorted(reach.worth.tolist(), reverse=True)
    for some in choices(reach, k):
        assert shared_out(ranked, some) == pytest.approx(shared_out(reach, some), rel=CLOSE)


@pytest.mark.parametrize("room", [0, 3, 40])
@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_what_each_closes_alone(room: int, seed: int) -> None:
    """Alone, a candidate closes the needs worth most, as many as it has room for, also where lists are long."""
    ranked, _ = by_worth(made(seed, 30, 20 * WIDE, room), 30)
    rng = np.random.default_rng(seed)
    left = ranked.worth * np.where(rng.random(len(ranked.worth)) < 0.5, rng.random(len(ranked.worth)), 1.0)
    plain = [sum(sorted(left[ranked.needs_of(one)])[::-1][: ranked.room[one]]) for one in range(len(ranked))]
    assert most_alone(ranked, left, np.arange(30)) == pytest.approx(plain, rel=CLOSE)
    assert most_alone(ranked, left) == pytest.approx(plain, rel=CLOSE)


def most_of_merged(small: Merged, k: int) -> float:
    """The most that k members of the classes close, by trying all."""
    found = [0.0]
    for some in combinations_with_replacement(range(len(small.reach)), k):
        if all(some.count(one) <= len(small.members[one]) for one in set(some)):
            found.append(shared_out(small.reach, some, small.times.tolist()))
    return max(found)


@given(reaches(), st.integers(1, 3))
def test_merging_changes_no_optimum(reach: Reach, k: int) -> None:
    """The best k of the merged question close as much as the best k of the whole one, and are the same candidates."""
    small = merged(reach, k)
    k = min(k, sum(map(len, small.members)))
    assert most_of_merged(small, k) == pytest.approx(most(reach, k), rel=CLOSE)
    kept = small.chosen(np.array([len(members) for members in small.members]))
    assert max(
        shared_out(reach, kept[list(some)].tolist()) for some in choices(reach.subset(kept), k)
    ) == pytest.approx(most(reach, k), rel=CLOSE)


@given(reaches(roomy=True))
def test_merging_keeps_a_cheapest_cover(reach: Reach) -> None:
    """Among those kept there is a cover that costs no more than the cheapest of all."""
    assert cheapest(merged(reach, 1, by_cost=True).reach) == pytest.approx(cheapest(reach), rel=CLOSE)


def test_equal_candidates_are_a_class() -> None:
    """Equal candidates stand together in their order, no more than are asked, and equal needs count twice."""
    reach = reach_of([[0, 1, 2], [1, 2, 0], [0, 1, 2], [3]], [4.0, 4.0, 5.0, 1.0], [1, 1, 1, 1])
    small = merged(reach, 2)
    assert [members.tolist() for members in small.members] == [[0, 1], [3]]
    assert (small.times.tolist(), small.needs.tolist()) == ([2, 1, 1], [0, 2, 3])


def test_a_dominated_candidate_stays_while_rooms_bind() -> None:
    """Who could take less than another is kept as long as both may be wanted, and left out once k others can more."""
    needs, worth = [[0, 1, 2, 3], [0, 1, 2], [0, 1]], [1.0, 1.0, 2.0, 3.0]
    for rooms, k, kept in (
        ([1, 1, 1], 2, [0, 1]),
        ([1, 1, 1], 3, [0, 1, 2]),
        ([4, 1, 1], 3, [0]),
        ([1, 1, 2], 2, [0, 1, 2]),
    ):
        found = merged(reach_of(needs, worth, rooms), k)
        assert [members.tolist() for members in found.members] == [[one] for one in kept]


def test_a_copy_goes_its_own_way() -> None:
    """What somebody would gain is told without their joining."""
    filled = Filled(by_worth(THREE, 3)[0], 3)
    assert (filled.gain(2), filled.value, filled.chosen) == (8.0, 0.0, [])
    assert (filled.add(2), filled.gain(0), filled.add(0)) == (8.0, 1.0, 1.0)
