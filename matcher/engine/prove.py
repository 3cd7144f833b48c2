"""The best possible choice of whom to recruit, proved with HiGHS, for those who want to know what the quick one lacks.

The quick answer stands when the time is up: nothing is raised.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from matcher.engine.merged import Merged, merged
from matcher.engine.prices import could_be_better, priced
from matcher.engine.reach import Reach, by_worth
from matcher.engine.recruit import Recruited, in_order, next_to_recruit

LARGE = 3_000_000  # pairs of candidate and need beyond which the solver is not tried: it would take minutes to start
INFEASIBLE = 2  # what `milp` says when nothing closes as much
SAME = 1e-6  # share by which a value may differ from the solver's, which works to that


@dataclass(frozen=True, eq=False)
class Proved:
    """The best choice found, and what no choice exceeds."""

    best: Recruited
    at_most: float  # no k candidates close more
    is_best: bool  # whether that proves it the best, to a millionth


def best_possible(reach: Reach, k: int, seconds: float, *, largest: int = LARGE) -> Proved:
    """The k candidates who close the most, if the solver proves it within some seconds; else the best found.

    Prices leave out whoever cannot be in a better choice than the quick one, equals are merged, and the rest is

        max sum_n w_n y_n    y_n <= t_n sum z_c + sum x_cn    sum_n x_cn <= room_c z_c    sum_c z_c <= k
        0 <= y_n, x_cn <= t_n    z_c in {0, 1, ..., members of the class},

    z over all classes, in the first constraint over those whose room cannot bind; x over the others. With z whole, the
    other variables are a flow, and so whole by themselves. That it closes at least what the quick choice does is a
    constraint, too, which halves the time where rooms do not bind. With more than `largest` pairs left it is not tried.
    """
    k = max(0, min(k, len(reach)))
    found = next_to_recruit(reach, k)
    if k in (0, len(reach)):
        return Proved(found, found.value, is_best=True)
    ranked, number = by_worth(reach, k)
    now = priced(ranked, k, found)
    small = merged(ranked.keep(could_be_better(ranked, now, found.value)), k)
    if not len(small.reach):
        return Proved(found, found.value, is_best=True)
    if len(small.reach.need) > largest:
        return Proved(found, max(found.value, now.at_most), is_best=now.at_most <= found.value * (1 + SAME))
    solved, unit = _solved(small, k, found.value, seconds), float(small.reach.worth.max())
    if solved.x is not None:
        count = np.rint(solved.x[: len(small.reach)]).astype(np.int64)
        found = max(found, in_order(ranked, number, small.chosen(count).tolist()), key=lambda one: one.value)
    limit = found.value if solved.status == INFEASIBLE else now.at_most
    if solved.mip_dual_bound is not None and solved.status != INFEASIBLE:
        limit = min(limit, -float(solved.mip_dual_bound) * unit)
    is_best = limit <= found.value * (1 + SAME)
    return Proved(found, found.value if is_best else limit, is_best)


def _solved(small: Merged, k: int, value: float, seconds: float) -> OptimizeResult:
    """What HiGHS finds that closes at least `value`; the columns are z, y and x, worths in units of the largest."""
    reach, times = small.reach, small.times
    owner, need = np.repeat(np.arange(len(reach)), reach.count), reach.need
    binds = reach.room < np.bincount(owner, times[need], len(reach))
    shared = binds[owner]
    z, y = np.arange(len(reach)), len(reach) + np.arange(len(times))
    x = len(z) + len(y) + np.arange(np.count_nonzero(shared))
    width = len(z) + len(y) + len(x)
    closed = sparse.csr_array(
        (
            np.r_[np.ones(len(y)), -np.ones(len(x)), -times[need[~shared]]],
            (np.r_[np.arange(len(y)), need[shared], need[~shared]], np.r_[y, x, owner[~shared]]),
        ),
        shape=(len(y), width),
    )
    rooms = sparse.csr_array(
        (
            np.r_[np.ones(len(x)), -reach.room[binds]],
            (np.r_[owner[shared], z[binds]], np.r_[x, z[binds]]),
        ),
        shape=(len(z), width),
    )
    asked, worth = np.zeros(width), np.zeros(width)
    asked[z], worth[y] = 1.0, reach.worth / reach.worth.max()
    return milp(
        -worth,
        integrality=asked,
        bounds=Bounds(0, np.r_[[len(members) for members in small.members], times, times[need[shared]]]),
        constraints=[
            LinearConstraint(closed, -np.inf, 0),
            LinearConstraint(rooms, -np.inf, 0),
            LinearConstraint(asked[None], -np.inf, k),
            LinearConstraint(worth[None], value / reach.worth.max(), np.inf),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
