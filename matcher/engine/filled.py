"""Which needs some candidates take so that the most worth is closed, kept exact while candidates are added.

The needs that can be given to a set of candidates with limited room form a transversal matroid. So the worth f(S) of
the best sharing out is monotone and submodular, and a need once filled stays filled when somebody joins: a place that
is added goes to the most valuable open need that it reaches, directly or by taking over what others could pass on
(Kuhn's augmenting path, searched from the place).
"""

from collections.abc import Sequence

import numpy as np

from matcher.engine.kernels import Floats, Rows
from matcher.engine.reach import Numbers, Reach

OPEN = -1  # nobody has taken the need
NONE = -1  # no need is open to somebody


class Filled:
    """The best sharing out of needs among the candidates added so far; `reach` numbers needs from the most worth on."""

    def __init__(self, reach: Reach, most: int) -> None:
        """Nobody yet, and place for `most` candidates."""
        needs = len(reach.worth)
        self.reach = reach
        self.value = 0.0
        self.gains: list[float] = []  # what the value grew by as each of the chosen joined
        self.chosen: list[int] = []
        self.taker = np.full(needs, OPEN, dtype=np.int32)  # (N,) place in `chosen`
        self._more = np.zeros(most)  # what one more place at each would close
        self._onward = np.zeros(most, dtype=np.int64)  # from whom each would take a need for it; oneself if it is open
        self._best_open = np.full(most, NONE, dtype=np.int64)  # the open need worth most of those it could take
        self._able = np.zeros((most, needs), dtype=np.bool_)
        self._could_take = np.zeros((most, most), dtype=np.int64)  # [c, d] how many needs of d could go to c

    def copy(self) -> "Filled":
        """The same, to go on from apart."""
        twin = Filled.__new__(Filled)
        twin.reach, twin.value = self.reach, self.value
        twin.gains, twin.chosen = self.gains.copy(), self.chosen.copy()
        twin.taker, twin._more = self.taker.copy(), self._more.copy()
        twin._onward, twin._best_open = self._onward.copy(), self._best_open.copy()
        twin._able, twin._could_take = self._able.copy(), self._could_take.copy()
        return twin

    def joined(self, candidates: Sequence[int]) -> "Filled":
        """The same with some more."""
        twin = self.copy()
        for candidate in candidates:
            twin.add(candidate)
        return twin

    def gain(self, candidate: int) -> float:
        """What somebody would add to the value."""
        return self.copy().add(candidate)

    def add(self, candidate: int) -> float:
        """Let somebody join; what the value grows by."""
        before, new = self.value, self._seat(candidate)
        free = int(self.reach.room[candidate])
        while free:
            wanted = self._wanted(new, free)
            if not len(wanted):
                break
            taken = self.taker[wanted] != OPEN
            at_once = int(np.argmax(taken)) if taken.any() else len(wanted)
            if at_once:
                self._give(wanted[:at_once], new)
            else:
                self._take_over(int(wanted[0]), new)
            free -= max(at_once, 1)
            if at_once == len(wanted):
                break
            self._look_around()
        self._look_around()
        self.gains.append(self.value - before)
        return self.gains[-1]

    def left(self) -> Floats:
        """(N,) the most that a place of a newcomer could gain by each need: its worth, or what its taker then takes.

        In terms of linear programming: worth less the price of the need. So the `room` largest of these among the
        needs of a candidate are together at least what it would add; exactly that if its room is 1, or no room binds.
        """
        left = self.reach.worth.copy()
        filled = np.flatnonzero(self.taker != OPEN)
        left[filled] = self._more[self.taker[filled]]
        return left

    def taken(self) -> list[Rows]:
        """The needs that each of the chosen takes."""
        return [np.flatnonzero(self.taker == place) for place in range(len(self.chosen))]

    def _seat(self, candidate: int) -> int:
        new, needs = len(self.chosen), self.reach.needs_of(candidate)
        self.chosen.append(candidate)
        self._able[new, needs] = True
        self._best_open[new] = needs[0] if len(needs) else NONE
        takers = self.taker[needs]
        self._could_take[new] = np.bincount(takers[takers != OPEN], minlength=len(self._more))
        return new

    def _wanted(self, new: int, free: int) -> Numbers:
        """The needs that fill the free places of a newcomer best, the best first."""
        needs = self.reach.needs_of(self.chosen[new])
        taker = self.taker[needs]
        gain = np.where(taker == OPEN, self.reach.worth[needs], self._more[taker])
        gain[taker == new] = 0.0
        some = np.arange(len(needs)) if free >= len(needs) else np.argpartition(-gain, free - 1)[:free]
        some = some[gain[some] > 0]
        return needs[some[np.argsort(-gain[some], kind="stable")]]

    def _give(self, needs: Numbers | Rows, new: int) -> None:
        """Open needs to somebody."""
        self.taker[needs] = new
        self.value += float(self.reach.worth[needs].sum())
        self._could_take[:, new] += self._able[:, needs].sum(axis=1)

    def _take_over(self, need: int, new: int) -> None:
        """A filled need to somebody; who had it fills the place with another, and so on to an open one."""
        giver = int(self.taker[need])
        self._move(need, new)
        while (further := int(self._onward[giver])) != giver:
            needs = self.reach.needs_of(self.chosen[giver])
            self._move(int(needs[np.argmax(self.taker[needs] == further)]), giver)
            giver = further
        self._give(self._best_open[giver : giver + 1], giver)

    def _move(self, need: int, to: int) -> None:
        able = self._able[:, need]
        self._could_take[:, self.taker[need]] -= able
        self._could_take[:, to] += able
        self.taker[need] = to

    def _look_around(self) -> None:
        """What one more place at each would close: its best open need, or that of whoever it could take a need from.

        Whom somebody would take from had that much before them, so following `_onward` comes to an end.
        """
        many = len(self.chosen)
        more, onward, everybody = self._open_worths(), np.arange(many), np.arange(many)
        could_take = self._could_take[:many, :many] > 0
        while True:
            offers = np.where(could_take, more, 0.0)
            best = offers.argmax(axis=1)
            offer = offers[everybody, best]
            higher = offer > more
            if not higher.any():
                break
            more[higher], onward[higher] = offer[higher], best[higher]
        self._more[:many], self._onward[:many] = more, onward

    def _open_worths(self) -> Floats:
        """The worth of the best open need that each could take, 0 if there is none."""
        best = self._best_open[: len(self.chosen)]
        for place in np.flatnonzero((best != NONE) & (self.taker[best] != OPEN)).tolist():
            needs = self.reach.needs_of(self.chosen[place])
            further = needs[np.searchsorted(needs, best[place]) + 1 :]
            open_ones = self.taker[further] == OPEN
            best[place] = further[np.argmax(open_ones)] if open_ones.any() else NONE
        return np.where(best == NONE, 0.0, self.reach.worth[best])
