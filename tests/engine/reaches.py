"""Small made reaches, and the plainest ways to their answers."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matcher.engine.reach import Reach, reach_of

CLOSE = 1e-9  # to how much of itself a sum may differ by the order of adding


@st.composite
def reaches(draw: st.DrawFn, roomy: bool | None = None) -> Reach:
    """Up to seven candidates and eight needs, with equal worths, equal candidates and needs that nobody reaches."""
    needs = draw(st.integers(1, 8))
    lists = draw(st.lists(st.sets(st.integers(0, needs - 1)), min_size=1, max_size=7))
    worth = draw(st.lists(st.sampled_from([1.0, 2.0, 2.5, 7.0, 7.5, 30.0]), min_size=needs, max_size=needs))
    cost = draw(st.lists(st.sampled_from([1.0, 1.5, 4.0]), min_size=len(lists), max_size=len(lists)))
    rooms = st.lists(st.integers(1, 3), min_size=len(lists), max_size=len(lists))
    with_room = draw(st.booleans()) if roomy is None else roomy
    return reach_of([list(one) for one in lists], worth, () if with_room else draw(rooms), cost)


def made(seed: int, candidates: int, needs: int, room: int = 0) -> Reach:
    """A larger reach by seed, a tenth of all pairs; room for all of their needs, or up to so many."""
    rng = np.random.default_rng(seed)
    lists = [np.flatnonzero(rng.random(needs) < 0.1).tolist() for _ in range(candidates)]
    rooms = rng.integers(1, room + 1, candidates).tolist() if room else ()
    return reach_of(lists, rng.lognormal(0, 1, needs).tolist(), rooms)


def shared_out(reach: Reach, chosen: Sequence[int], times: Sequence[int] | None = None) -> float:
    """f: the most worth that some candidates can take, as an assignment of needs to places (Hungarian method)."""
    times = [1] * len(reach.worth) if times is None else times
    copies = np.repeat(np.arange(len(reach.worth)), times)
    places = [one for one in chosen for _ in range(min(int(reach.room[one]), len(copies)))]
    able = np.array([np.isin(copies, reach.needs_of(one)) for one in places]).reshape(len(places), len(copies))
    worth = np.where(able, reach.worth[copies], 0.0)
    return float(worth[linear_sum_assignment(worth, maximize=True)].sum())


def choices(reach: Reach, k: int) -> Iterator[tuple[int, ...]]:
    """All sets of k candidates, or of all if there are fewer."""
    return combinations(range(len(reach)), min(k, len(reach)))


def most(reach: Reach, k: int) -> float:
    """The most that any k candidates close, by trying all."""
    return max(shared_out(reach, some) for some in choices(reach, k))


def cheapest(reach: Reach) -> float:
    """The least that a cover costs, by trying all sets."""
    everything = set(reach.need.tolist())
    found = [
        float(reach.cost[list(some)].sum())
        for size in range(len(reach) + 1)
        for some in combinations(range(len(reach)), size)
        if everything <= {need for one in some for need in reach.needs_of(one).tolist()}
    ]
    return min(found)
