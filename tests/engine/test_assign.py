"""Who gets which of the needs that can be filled."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.engine import assign
from matcher.engine.assign import FAIRNESS, slot_cost
from matcher.engine.eligible import Eligible
from matcher.engine.fill import fill
from matcher.engine.match import matched
from matcher.engine.served import assignment_of
from matcher.engine.takers import Told
from tests.bench.assigning import FLOW, HOME, gain, made_needs, made_takers, optimum
from tests.engine import plainly
from tests.engine.needy import (
    Town,
    business,
    filled_by,
    need,
    partners_of,
    tight_towns,
    towns,
)

Array = NDArray[Any]
ANY_TOWN = st.one_of(towns(), tight_towns())


@settings(max_examples=150)
@given(ANY_TOWN)
def test_as_good_as_three_solvers_find(town: Town) -> None:
    """What the assignment comes to is what trying everything, linear programming and networkx come to."""
    match = town.match()
    filled, partners = filled_by(match), partners_of(match)
    ours = plainly.gain(town, {one: partners[one] or 0 for one in filled})
    assert ours == pytest.approx(plainly.best_gain(town, sorted(filled)))
    assert ours == pytest.approx(plainly.gain(town, plainly.by_networkx(town, sorted(filled))))
    assert ours == pytest.approx(
        max(plainly.gain(town, way) for way in plainly.everything(town) if way.keys() == filled)
    )


@settings(max_examples=100)
@given(ANY_TOWN, st.lists(st.sampled_from([0.0, 1.0, 50.0]), min_size=5, max_size=5))
def test_fairness_decides_who_and_never_whether(town: Town, loads: list[float]) -> None:
    """Whatever partners got lately, the same needs are filled."""
    changed = town
    for one, load in zip(town.businesses, loads, strict=False):
        changed = changed.telling(one.business_id or 0, load=load)
    assert filled_by(changed.match()) == filled_by(town.match())


@settings(max_examples=100)
@given(ANY_TOWN, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(town: Town, random: Random) -> None:
    """The same needs and partners in another order give the same answer."""
    needs, those = list(town.needs), list(town.businesses)
    random.shuffle(needs)
    random.shuffle(those)
    shuffled = replace(town, needs=needs, businesses=those)
    assert assignment_of(shuffled.match()) == assignment_of(town.match())


def test_alike_partners_take_turns() -> None:
    """Partners who fit the same share the needs evenly, and who got many lately gets fewer."""
    needs = [need(n) for n in range(1, 13)]
    even = Town([business(n) for n in (1, 2, 3)], {n: Told(room=12) for n in (1, 2, 3)}, needs)
    assert even.match().given.tolist() == [4, 4, 4]
    assert even.telling(1, load=3.0).match().given.tolist() == [2, 5, 5]


def test_a_much_better_partner_gets_it_all_the_same() -> None:
    """Fairness costs a bounded share of a need, so a partner twice as good gets it however much they got lately."""
    town = Town(
        [business(1), business(2, services={"electrician": 0.5})],
        {1: Told(load=1000.0, trust_share=1.0), 2: Told(trust_share=1.0)},
        [need(1)],
    )
    assert partners_of(town.match()) == {1: 1}


def test_what_a_slot_costs() -> None:
    """A slot costs nothing to who got nothing, more to who got more, and never more than the bound."""
    costs = slot_cost(np.array([0.0, 1.0, 5.0, 50.0, 1e9]))
    assert costs[0] == 0
    assert (np.diff(costs) > 0).all()
    assert costs[2] == FAIRNESS / 2
    assert costs[-1] <= FAIRNESS


def made_pairs(needs: int, takers: int, seed: int) -> tuple[Eligible, Array, Array]:
    """Pairs with fits by chance, the room of each taker, and what each need is worth."""
    rng = np.random.default_rng(seed)
    may = rng.random((needs, takers)) < 0.3
    fits = np.where(may, rng.uniform(0.2, 1.0, (needs, takers)), 0.0)
    order = np.argsort(-fits, axis=1, kind="stable")
    counts = may.sum(axis=1)
    first = [order[n, : counts[n]] for n in range(needs)]
    found = Eligible(
        begins=np.concatenate([[0], np.cumsum(counts)]),
        takers=np.concatenate(first),
        fit=np.concatenate([fits[n, some] for n, some in enumerate(first)]),
        last=np.full(needs, 7, dtype=np.int8),
    )
    return found, rng.integers(1, 9, takers), rng.lognormal(5, 1, needs)


def total(pairs: Eligible, partner: Array, worth: Array, load: Array) -> float:
    """What an assignment comes to."""
    filled = np.flatnonzero(partner >= 0)
    value = worth[filled] / worth[filled].mean()
    fits = [pairs.fit[pairs.begins[n] + int(np.flatnonzero(pairs.of(n) == partner[n])[0])] for n in filled.tolist()]
    many = np.bincount(partner[filled], minlength=len(load))
    costs = sum(slot_cost(load[p] + np.arange(count)).sum() for p, count in enumerate(many.tolist()))
    return float(value @ np.array(fits) - costs)


@pytest.mark.parametrize("seed", range(3))
def test_with_very_many_pairs_hardly_anything_is_lost(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at the best takers of each need alone reaches 99 % of the optimum and fills the same needs."""
    pairs, room, worth = made_pairs(300, 120, seed)
    load = np.zeros(len(room))
    first = fill_all(pairs, room, worth)
    whole = assign.assign(pairs, first, worth, room, load)
    monkeypatch.setattr(assign, "MANY", 0)
    monkeypatch.setattr(assign, "MANY_SLOTS", 300 * 10 * 4)
    few = assign.assign(pairs, first, worth, room, load)
    assert ((few >= 0) == (whole >= 0)).all()
    assert (np.bincount(few[few >= 0], minlength=len(room)) <= room).all()
    assert 0.99 * total(pairs, whole, worth, load) <= total(pairs, few, worth, load) <= total(pairs, whole, worth, load)
    assert total(pairs, first, worth, load) < total(pairs, few, worth, load)


def fill_all(pairs: Eligible, room: Array, worth: Array) -> Array:
    """Any way to fill the needs, the most valuable first."""
    return fill(pairs, np.argsort(-worth), room).partner


def test_as_many_slots_as_needs() -> None:
    """Where every place is taken, and many needs differ little, the answer comes and is the best one."""
    pairs, room, worth = made_pairs(260, 40, 5)
    first = fill_all(pairs, room, worth)
    assert (first >= 0).sum() == room.sum()
    found = assign.assign(pairs, first, worth, room, np.zeros(40))
    assert total(pairs, found, worth, np.zeros(40)) > total(pairs, first, worth, np.zeros(40))


def test_a_whole_network_is_served_as_well_as_can_be() -> None:
    """3,000 needs and 60 partners are matched to the optimum of a linear program over all pairs."""
    match = matched(made_needs(), made_takers(60), HOME, FLOW)
    assert 300 < match.covered < 3000
    assert gain(match) == pytest.approx(optimum(match), rel=1e-9)


def test_many_dead_ends() -> None:
    """Needs in layers, each of which could move to two takers of the next, are given out all the same.

    There are 2^40 ways through these layers to a dead end, and one way out beside them.
    """
    layers = 40
    own = [[2 * n, 2 * n + 2, 2 * n + 3] for n in range(layers)] + [
        [2 * n + 1, 2 * n + 2, 2 * n + 3] for n in range(layers)
    ]
    path = range(2 * layers + 2, 3 * layers + 2)
    rows = own + [[2 * layers], [2 * layers + 1]] + [[n, n + 1] for n in path] + [[path[0], 0, 1]]
    counts = np.array([len(row) for row in rows])
    pairs = Eligible(
        begins=np.concatenate([[0], np.cumsum(counts)]),
        takers=np.concatenate(rows),
        fit=np.concatenate([1 / np.arange(1, count + 1) for count in counts]),
        last=np.full(len(rows), 7, dtype=np.int8),
    )
    room, worth = np.ones(3 * layers + 3, dtype=np.int64), np.arange(len(rows), 0, -1).astype(np.float64)
    first = fill(pairs, np.arange(len(rows)), room).partner
    found = assign.assign(pairs, first, worth, room, np.zeros(len(room)))
    assert sorted(found.tolist()) == list(range(len(rows)))
