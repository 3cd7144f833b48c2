"""The best k candidates where nobody's room binds: a need counts once, whoever reaches it (weighted maximum coverage).

What each candidate would add is kept as one column and changed with every need that is covered or left, so that the
growth by every swap of one chosen for one not chosen comes out of one look at the needs that a single one covers.
"""

import numpy as np

from matcher.engine.alone import most_alone
from matcher.engine.kernels import Floats
from matcher.engine.reach import Numbers, Reach

SWAPS = 100  # swaps tried at most (measured: 20 lose .2 %, 300 gain .1 %)
WORK = 40_000_000  # pairs of candidate and need looked at while swapping, about; half a second (prior)
STAY = 12  # swaps for which somebody swapped out stays out, at least (measured: 5 lose .1 %, 40 do as well)
SAME = 1e-9  # share of the whole that a gain has to exceed to count


class Covered:
    """What some candidates cover, and what each of the others would add."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.by_need = reach.transpose()
        self.many = np.zeros(len(reach.worth), dtype=np.int32)  # (N,) how many of the chosen reach the need
        self.gain = most_alone(reach, reach.worth)  # (K,) worth of the needs that nobody chosen reaches

    @property
    def value(self) -> float:
        """What the chosen close together."""
        return float(self.reach.worth[self.many > 0].sum())

    def add(self, candidate: int) -> None:
        """Let somebody join."""
        needs = self.reach.needs_of(candidate)
        self.gain -= self.worth_by_candidate(needs[self.many[needs] == 0])
        self.many[needs] += 1

    def drop(self, candidate: int) -> None:
        """Let somebody go."""
        self.gain += self.worth_by_candidate(self.only(candidate))
        self.many[self.reach.needs_of(candidate)] -= 1

    def only(self, candidate: int) -> Numbers:
        """The needs that somebody chosen covers alone."""
        needs: Numbers = self.reach.needs_of(candidate)
        alone: Numbers = needs[self.many[needs] == 1]
        return alone

    def worth_by_candidate(self, needs: Numbers) -> Floats:
        """(K,) how much of some needs each candidate reaches."""
        return self.by_need.sums(needs, self.reach.worth[needs])


def choose(reach: Reach, k: int) -> list[int]:
    """Some k candidates who together close the most, nearly; fewer when nobody else closes any more.

    The largest gain first, then swaps: always the best one, even one that loses, but nobody returns at once (a tabu
    search, Glover 1989). The best set seen is kept.
    """
    covered, chosen = Covered(reach), list[int]()
    least = SAME * float(reach.worth.sum())
    while len(chosen) < k and len(reach):
        best = int(np.argmax(covered.gain))
        if covered.gain[best] <= least:
            return chosen
        covered.add(best)
        chosen.append(best)
    return _swapped(covered, chosen, least) if 0 < k < len(reach) else chosen


def _swapped(covered: Covered, chosen: list[int], least: float) -> list[int]:
    """The best set that is met while swapping."""
    value = best = covered.value
    chosen, kept = chosen.copy(), chosen.copy()
    back = np.zeros(len(covered.reach), dtype=np.int64)  # (K,) number of the swap from which each may come in again
    for number in range(max(2, min(SWAPS, WORK // max(1, len(covered.reach.need))))):
        growth = _growth(covered, chosen)
        growth[:, back > number] = np.where(value + growth > best + least, growth, -np.inf)[:, back > number]
        place, enters = divmod(int(np.argmax(growth)), growth.shape[1])
        if growth[place, enters] == -np.inf:
            break
        value += growth[place, enters]
        covered.drop(chosen[place])
        covered.add(enters)
        back[chosen[place]] = number + STAY + number % 3  # in turns, so that no circle repeats
        chosen[place] = enters
        if value > best + least:
            best, kept = value, chosen.copy()
    return kept


def _growth(covered: Covered, chosen: list[int]) -> Floats:
    """(k, K) what the value grows by when one chosen makes place for one not chosen."""
    growth = np.empty((len(chosen), len(covered.reach)))
    for place, one in enumerate(chosen):
        growth[place] = covered.gain + covered.worth_by_candidate(covered.only(one))
        growth[place] -= growth[place, one]
    growth[:, chosen] = -np.inf
    return growth
