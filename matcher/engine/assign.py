"""Who gets which of the needs that can be filled: the best partners for each, while nobody gets everything.

With exactly the needs F that `fill` found, and at most one slot a need, the assignment maximises

    sum over needs n:  v_n x fit(n, p(n))  -  FAIRNESS x mean(v) x sum over slots taken:  b / (b + HALF),

v = worth of a need; b = needs that the taker of the slot got lately and before in this assignment (its load + 0, 1, 2,
...). The next slot of a taker is never cheaper than the one before, so the sum is that of a min-cost flow and its
optimum is whole; a slot costs at most FAIRNESS x mean(v), and as F is fixed it decides who, never whether.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matcher.engine.columns import Floats
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.eligible import Eligible
from matcher.engine.fill import NOBODY
from matcher.engine.kernels import runs
from matcher.engine.kinds import Rows

FAIRNESS = Constant(0.25, "Most that a slot costs for what its partner got lately, in mean values of a need.", PRIOR)
HALF = Constant(5.0, "Needs got lately at which the next slot costs half of that.", PRIOR)
# All pairs of a need and a taker are looked at up to so many, or so many pairs of a need and a slot: then the answer is
# the optimum. Of more, for each need the takers who are best after what their next slot costs, as many as that allows.
# What it loses is in `python -m tests.bench coverage`.
MANY, MANY_SLOTS = 100_000, 500_000
FEW = 8  # takers of each need that are looked at, however many needs there are (prior)


def assign(choices: Eligible, first: Rows, worth: Floats, free: Rows, load: Floats) -> Rows:
    """(N,) the taker of each need, `NOBODY` for those that `first` leaves to nobody.

    `first` (N,) is any way to fill the needs, `worth` (N,) what each is worth (> 0), `free` (P,) slots, `load` (P,).
    """
    filled = np.flatnonzero(first != NOBODY)
    if not len(filled):
        return first
    value = worth[filled] / worth[filled].mean()
    counts = choices.counts[filled]
    place = runs(choices.begins[filled], counts)
    need, taker = np.repeat(np.arange(len(filled)), counts), choices.takers[place]
    gain = value[need] * choices.fit[place]
    slots = np.minimum(free, len(filled))[taker].sum()
    if len(need) > MANY and slots > MANY_SLOTS:
        next_slot = slot_cost(load + np.bincount(first[filled], minlength=len(free)))
        few = max(FEW, int(MANY_SLOTS / slots * len(need) / len(filled)))
        kept = _few(need, gain - next_slot[taker], few) | (taker == first[filled][need])
        need, taker, gain = need[kept], taker[kept], gain[kept]
    answer = first.copy()
    answer[filled] = _solved(need, taker, gain, first=first[filled], free=free, load=load)
    return answer


def slot_cost(given: Floats) -> Floats:
    """What a slot of a taker costs who got so many needs before it, in mean values of a need: 0 to FAIRNESS."""
    return np.asarray(FAIRNESS * given / (given + HALF))


def _few(need: Rows, net: Floats, few: int) -> NDArray[np.bool_]:
    """Which pairs are among the few best of their need; the pairs of a need stand together."""
    order = np.argsort(need - net / (2 * np.abs(net).max() + 1), kind="stable")
    kept = np.zeros(len(need), dtype=np.bool_)
    kept[order[np.arange(len(need)) - np.searchsorted(need, need) < few]] = True
    return kept


def _solved(need: Rows, taker: Rows, gain: Floats, *, first: Rows, free: Rows, load: Floats) -> Rows:
    """The taker of each need by a full matching of needs and slots of least cost (Jonker and Volgenant).

    SciPy first looks for any full matching, by ways of which there may be very many (its issue 26147). As it begins
    with the first slot of each need, the first answer stands there, and it looks no further. One column more than slots
    keeps it from a shortcut for square tables in which rounding can hold it for ever.
    """
    slots = np.minimum(free, np.bincount(taker, minlength=len(free)))
    begins = np.cumsum(slots) - slots
    owner = np.repeat(np.arange(len(free)), slots)
    cost = slot_cost(load[owner] + np.arange(len(owner)) - begins[owner])
    columns = runs(begins[taker], slots[taker])
    costs = cost[columns] - np.repeat(gain, slots[taker])
    many = np.bincount(need, weights=slots[taker]).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(many)])
    own = np.flatnonzero(columns == np.repeat(begins[first] + _turn(first), many))
    for values in (columns, costs):
        values[own], values[ends[:-1]] = values[ends[:-1]], values[own]
    graph = csr_array((costs - costs.min() + 1, columns, ends), shape=(len(first), len(owner) + 1))
    return np.asarray(owner[min_weight_full_bipartite_matching(graph)[1]], dtype=np.int64)


def _turn(first: Rows) -> Rows:
    """(n,) how many before each have the same taker."""
    order = np.argsort(first, kind="stable")
    turn = np.empty(len(first), dtype=np.int64)
    turn[order] = np.arange(len(first)) - np.searchsorted(first[order], first[order])
    return turn
