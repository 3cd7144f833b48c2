"""The cheapest set of partners that covers everything: the fewest asks that close every gap.

Every need that anybody reaches is covered by somebody; rooms are not looked at. With a cost of 1 each the set is the
smallest, with a cost of 1 / chance of a yes the one that takes the fewest asks.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.engine.cover_search import searched
from matcher.engine.kernels import Rows
from matcher.engine.merged import merged
from matcher.engine.reach import Reach

SAME = 1e-6  # share by which a cost may differ from the solver's, which works to that


@dataclass(frozen=True, eq=False)
class ProvedCover:
    """The cheapest cover found, and what no cover falls below."""

    chosen: Rows  # ascending
    cost: float
    at_least: float  # no cover costs less
    is_best: bool  # whether that proves it the cheapest, to a millionth


def cheapest_cover(reach: Reach) -> Rows:
    """Candidates who cover all that anybody reaches, for nearly the lowest cost; ascending, always the same."""
    return searched(reach)


def cheapest_cover_proved(reach: Reach, seconds: float) -> ProvedCover:
    """The cheapest set that covers everything, if the solver proves it within some seconds; else the best found."""
    chosen = cheapest_cover(reach)
    cost = float(reach.cost[chosen].sum())
    small = merged(replace(reach, room=np.maximum(reach.count, 1)), 1, by_cost=True)
    count, needs = len(small.reach), len(small.times)
    if not count:
        return ProvedCover(chosen, cost, cost, is_best=True)
    by_need = small.reach.transpose()
    covers = sparse.csr_array((np.ones(len(by_need.candidate)), by_need.candidate, by_need.first), (needs, count))
    solved = milp(
        small.reach.cost,
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(covers, 1, np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if solved.x is not None:
        other = small.chosen(np.rint(solved.x).astype(np.int64))
        chosen = min(chosen, other, key=lambda some: float(reach.cost[some].sum()))
        cost = float(reach.cost[chosen].sum())
    at_least = 0.0 if solved.mip_dual_bound is None else max(0.0, float(solved.mip_dual_bound))
    is_best = at_least >= cost * (1 - SAME)
    return ProvedCover(chosen, cost, cost if is_best else at_least, is_best)
