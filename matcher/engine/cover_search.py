"""Local search for a cheap cover: needs that keep being left open weigh more and more.

Row weighting (Gao, Weise and Li 2015), with costs: from a full cover take out whoever is missed least for the cost,
then bring in for an open need whoever covers the most open weight for the cost, as long as it stays cheaper than the
best; every need that is open then grows by one. There is nothing to tune.
"""

import numpy as np

from matcher.engine.kernels import Floats, Rows
from matcher.engine.reach import Reach

STEPS = 10_000  # exchanges tried at most (5,000 lose another of five published optima, 20,000 gain none)
FEWEST, A_CANDIDATE = 300, 10  # exchanges tried at least however large the reach is; for each candidate (prior)
WORK = 500_000_000  # pairs of candidate and need looked at in all steps, about; a second (prior)
SAME = 1e-9  # share by which a cost has to be lower to be less
NOBODY: Rows = np.zeros(0, dtype=np.int64)
FREE = 1e-9  # cost counted for somebody who costs nothing, of the mean cost


class Cover:
    """Some candidates, what each of them is missed for, and what each of the others would bring."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.by_need = reach.transpose()
        mean = float(reach.cost.mean()) if len(reach) else 0.0
        self.cost = np.maximum(reach.cost, FREE * (mean or 1.0))
        self.inside = np.zeros(len(reach), dtype=np.bool_)
        self.many = np.zeros(len(reach.worth), dtype=np.int64)  # (N,) how many of the inside reach the need
        self.sum = np.zeros(len(reach.worth), dtype=np.int64)  # (N,) their numbers added up: if it is one, its number
        self.weight = np.ones(len(reach.worth))
        self.score = reach.count.astype(np.float64)  # (K,) inside: weight covered alone; outside: open weight reached
        self.is_open = self.by_need.count > 0  # (N,) what nobody reaches is never open

    def add(self, one: int) -> None:
        """Bring somebody in."""
        needs = self.reach.needs_of(one).astype(np.int64)
        opened, single = needs[self.many[needs] == 0], needs[self.many[needs] == 1]
        self.score -= self.by_need.sums(opened, self.weight[opened])
        np.subtract.at(self.score, self.sum[single], self.weight[single])
        self.score[one] = self.weight[opened].sum()
        self._count(one, needs, 1)
        self.is_open[opened] = False

    def drop(self, one: int) -> None:
        """Take somebody out."""
        needs = self.reach.needs_of(one).astype(np.int64)
        self._count(one, needs, -1)
        opened, single = needs[self.many[needs] == 0], needs[self.many[needs] == 1]
        self.score[one] = 0.0
        self.score += self.by_need.sums(opened, self.weight[opened])
        np.add.at(self.score, self.sum[single], self.weight[single])
        self.is_open[opened] = True

    def _count(self, one: int, needs: Rows, by: int) -> None:
        self.inside[one] = by > 0
        self.many[needs] += by
        self.sum[needs] += by * one

    def heavier(self, needs: Rows) -> None:
        """Let open needs weigh one more."""
        self.weight[needs] += 1
        self.score += self.by_need.sums(needs, np.ones(len(needs)))

    def greedy(self) -> list[int]:
        """Bring in whoever covers the most open weight for the cost, the first of equals, until nothing is open."""
        chosen = []
        while self.is_open.any():
            chosen.append(int(np.argmax(np.where(self.inside, -1.0, self.score / self.cost))))
            self.add(chosen[-1])
        return chosen

    def without_spare(self) -> Rows:
        """Take out whoever is not needed, the dearest first; who is left, ascending."""
        inside = np.flatnonzero(self.inside)
        for one in inside[np.argsort(-self.cost[inside], kind="stable")].tolist():
            if self.score[one] == 0:
                self.drop(one)
        return np.flatnonzero(self.inside)


def searched(reach: Reach) -> Rows:
    """The cheapest cover that is found in a bounded number of steps, without anybody who is not needed; ascending."""
    search = _Search(Cover(reach))
    search.cover.greedy()
    for _ in range(_steps(reach)):
        search.step()
    return search.best


def _steps(reach: Reach) -> int:
    pairs = len(reach.need)
    if not pairs:
        return 0
    a_step = 3 * pairs**2 / (len(reach) * len(reach.worth))  # somebody out, somebody in, all who share a need with them
    return min(STEPS, A_CANDIDATE * len(reach), max(FEWEST, int(WORK / a_step)))


class _Search:
    """The best cover met so far, and what the next step has to know of the ones before."""

    def __init__(self, cover: Cover) -> None:
        self.cover, self.best, self.least = cover, NOBODY, np.inf
        self.since = np.zeros(len(cover.reach), dtype=np.int64)  # (K,) step in which each went in or out
        self.number = 0
        self.entered: list[int] = []  # in the last step; they stay in this one
        self.random = np.random.default_rng(0)

    def step(self) -> None:
        """Take out until something is open, one more, and fill up again."""
        self.number += 1
        out = []
        while not self.cover.is_open.any():
            cost = float(self.cover.reach.cost[self.cover.inside].sum())
            if cost < self.least * (1 - SAME):
                self.best, self.least = np.flatnonzero(self.cover.inside), cost
            out += self._take_out([])
        out += self._take_out(self.entered)
        self.entered = self._fill_up(out)

    def _take_out(self, stay: list[int]) -> list[int]:
        """Whoever is missed least for the cost goes, the longest unchanged of equals; nobody if all have to stay."""
        inside = np.flatnonzero(self.cover.inside)
        inside = inside[~np.isin(inside, stay)] if stay else inside
        if not len(inside):
            return []
        one = self._first(inside, self.cover.score[inside] / self.cover.cost[inside])
        self.cover.drop(one)
        return [one]

    def _fill_up(self, out: list[int]) -> list[int]:
        """Who comes in, while it stays cheaper than the best, for open needs drawn by lot; `out` stay out."""
        cover, entered = self.cover, list[int]()
        spare = self.least * (1 - SAME) - float(cover.reach.cost[cover.inside].sum())
        while len(open_needs := np.flatnonzero(cover.is_open)):
            need = int(open_needs[self.random.integers(len(open_needs))])
            some = cover.by_need.candidates_of(need).astype(np.int64)
            some = some[(cover.reach.cost[some] < spare) & ~np.isin(some, out)]
            if not len(some):
                break
            one = self._first(some, -cover.score[some] / cover.cost[some])
            cover.add(one)
            entered.append(one)
            spare -= float(cover.reach.cost[one])
            cover.heavier(np.flatnonzero(cover.is_open))
        return entered

    def _first(self, some: Rows, rank: Floats) -> int:
        equal = some[rank <= rank.min()]
        one = int(equal[np.argmin(self.since[equal])])
        self.since[one] = self.number
        return one
