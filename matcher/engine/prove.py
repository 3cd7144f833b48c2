"""The best possible choice of whom to recruit, proved with HiGHS; for those who want to know what the quick one lacks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from matcher.engine.kernels import Rows
from matcher.engine.merged import Merged, merged
from matcher.engine.prices import could_be_better, priced
from matcher.engine.reach import Reach, by_worth
from matcher.engine.recruit import Recruited, in_order, next_to_recruit

SAME = 1e-6  # share by which a value may differ from the solver's, which works to that


@dataclass(frozen=True, eq=False)
class Proved:
    """The best choice found, and what no choice exceeds."""

    best: Recruited
    at_most: float  # no k candidates close more
    is_best: bool  # whether that proves it the best, to a millionth


def best_possible(reach: Reach, k: int, seconds: float) -> Proved:
    """The k candidates who close the most, if the solver proves it within some seconds; else the best found.

    Prices leave out whoever cannot be in a better choice than the quick one, equals are merged, and the rest is

        max sum_n w_n y_n    y_n <= t_n sum z_c + sum x_cn    sum_n x_cn <= room_c z_c    sum_c z_c <= k
        0 <= y_n, x_cn <= t_n    z_c in {0, 1, ..., members of the class},

    z over all classes, in the first constraint over those whose room cannot bind; x over the others. With z whole, the
    other variables are a flow, and so whole by themselves.
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
    solved = _solved(small, k, seconds)
    unit = float(small.reach.worth.max())
    if solved.x is not None:
        count = np.rint(solved.x[: len(small.reach)]).astype(np.int64)
        found = max(found, in_order(ranked, number, small.chosen(count).tolist()), key=lambda one: one.value)
    bound = now.at_most if solved.mip_dual_bound is None else min(now.at_most, -solved.mip_dual_bound * unit)
    if bound <= found.value * (1 + SAME):
        return Proved(found, found.value, is_best=True)
    return Proved(found, bound, is_best=False)


def _solved(small: Merged, k: int, seconds: float) -> OptimizeResult:
    """What HiGHS finds; the columns are z, y and x, worths in units of the largest."""
    reach, times = small.reach, small.times
    owner = np.repeat(np.arange(len(reach)), reach.count)
    roomy = reach.room >= np.bincount(owner, times[reach.need], len(reach))
    shared = ~roomy[owner]
    x_owner, x_need = owner[shared], reach.need[shared]
    z, y = np.arange(len(reach)), len(reach) + np.arange(len(times))
    x = y[-1] + 1 + np.arange(len(x_owner))
    width = len(z) + len(y) + len(x)
    free_owner, free_need = owner[~shared], reach.need[~shared]
    closed = _rows(
        (np.r_[np.arange(len(y)), x_need, free_need], np.r_[y, x, free_owner]),
        np.r_[np.ones(len(y)), -np.ones(len(x)), -times[free_need]],
        (len(y), width),
    )
    rooms = _rows(
        (np.r_[x_owner, z[~roomy]], np.r_[x, z[~roomy]]),
        np.r_[np.ones(len(x)), -reach.room[~roomy]],
        (len(z), width),
    )
    asked = np.r_[np.ones(len(z)), np.zeros(width - len(z))]
    most = np.r_[[len(members) for members in small.members], times, times[x_need]]
    return milp(
        -np.r_[np.zeros(len(z)), reach.worth / reach.worth.max(), np.zeros(len(x))],
        integrality=asked,
        bounds=Bounds(0, most),
        constraints=[
            LinearConstraint(closed, -np.inf, 0),
            LinearConstraint(rooms, -np.inf, 0),
            LinearConstraint(asked[None], -np.inf, k),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )


def _rows(at: tuple[Rows, Rows], values: Any, shape: tuple[int, int]) -> Any:
    return sparse.csr_array((values, at), shape=shape)
