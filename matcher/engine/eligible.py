"""Who may fill which need, and how well: needs that nobody may fill with the filter that left nobody."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.answers.covered import FilterName
from matcher.engine.columns import Floats
from matcher.engine.filters import FULL, NAMES, stopped_by
from matcher.engine.fits import Beside, fit
from matcher.engine.kernels import runs
from matcher.engine.kinds import Rows
from matcher.engine.takers import Takers
from matcher.engine.wants import Crossing, Wants, crossings

NOBODY = NAMES.index("service")


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """For each of N needs the takers who may fill it, room aside, the best fit first (E pairs in all)."""

    begins: Rows  # (N + 1,) where the pairs of each need begin
    takers: Rows  # (E,)
    fit: Floats  # (E,) 0-1
    last: NDArray[np.int8]  # (N,) number of the filter after which nobody was left; `FULL` when somebody may fill it

    def of(self, need: int) -> Rows:
        """Who may fill a need."""
        return self.takers[self.begins[need] : self.begins[need + 1]]

    def emptied_by(self, need: int) -> FilterName:
        """The filter that left nobody for a need that stays open; "full" when only room is missing."""
        return NAMES[int(self.last[need])]

    @property
    def counts(self) -> Rows:
        """(N,) how many may fill each need."""
        return np.diff(self.begins)


def eligible(wants: Wants, takers: Takers) -> Eligible:
    """All needs beside all takers, service by service. Of takers who fit the same, the earlier comes first."""
    count = len(wants.services)
    counts, last = np.zeros(count, dtype=np.int64), np.full(count, NOBODY, dtype=np.int8)
    parts: list[tuple[Rows, Rows, Floats]] = []  # needs, and those who may fill them side by side with their fit
    for cross in crossings(wants, takers):
        first = stopped_by(cross)
        passing = first >= FULL
        counts[cross.needs] = passing.sum(axis=1)
        last[cross.needs] = np.minimum(first.max(axis=1), FULL)
        parts.append((cross.needs, *_best_first(cross, *np.nonzero(passing))))
    begins = np.concatenate([[0], np.cumsum(counts)])
    those, fits = np.empty(begins[-1], dtype=np.int64), np.empty(begins[-1])
    for needs, some, fitting in parts:
        place = runs(begins[needs], counts[needs])
        those[place], fits[place] = some, fitting
    return Eligible(begins=begins, takers=those, fit=fits, last=last)


def _best_first(cross: Crossing, row: Rows, column: Rows) -> tuple[Rows, Floats]:
    """Takers and fit of some pairs of a crossing, need by need, the best fit first."""
    found = fit(
        Beside(
            wants=cross.wants,
            takers=cross.takers,
            needs=cross.needs[row],
            those=cross.those[column],
            sure=cross.sure[column],
            distance_km=cross.distance_km[row, column],
        )
    )
    order = np.argsort(row - found / 2, kind="stable")  # a fit is at most 1, so that needs stay together
    return cross.those[column[order]], found[order]
