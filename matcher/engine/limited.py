"""The best k candidates where rooms bind: the largest gains first, then one candidate against another while it helps.

A gain in full needs augmenting paths. What the needs of a candidate are worth to a newcomer (`Filled.left`) bounds it
from above, by 2 % too much on average, so only few candidates are ever tried.
"""

from collections.abc import Iterator

import numpy as np

from matcher.engine.alone import WIDE, most_alone
from matcher.engine.filled import Filled
from matcher.engine.kernels import Floats
from matcher.engine.reach import Reach

TRIED = 4  # candidates whose gain is worked out in full for one place, the most promising first (32 find no more)
SWAPS = 30  # at most (50 candidates: the best in 25 of 25 trials; 99.7 % of it with swaps that help alone)
FEWEST = 2  # swaps at least (20,000 candidates: the best in 2 of 3 trials, 99.87 % of it or more with one)
WORK = 10_000_000  # needs looked at in all swaps, about; a quarter of a second (prior)
STAY = 8  # swaps for which somebody swapped out stays out (measured: 3 lose .1 %)
SAME = 1e-9  # share by which one value has to exceed another to be more


def choose(reach: Reach, k: int) -> list[int]:
    """Some k candidates who together close the most, nearly; fewer when nobody else closes any more.

    The largest gain first. Then swaps, always the best one, even one that loses, but whoever is swapped out stays out
    for a while (a tabu search, Glover 1989). The best set met is kept.
    """
    alone = most_alone(reach, reach.worth)
    now = best = grow(Filled(reach, k), alone.copy(), k)
    swaps = min(SWAPS, max(FEWEST, WORK // max(1, len(reach) * k * WIDE))) if now.chosen else 0
    back = np.zeros(len(reach), dtype=np.int64)  # (K,) the last swap at which each stays out
    for number in range(1, swaps + 1):
        swapped = _swapped(now, np.where(back < number, alone, 0.0))
        if swapped is None:
            break
        back[list(set(now.chosen) - set(swapped.chosen))] = number + STAY
        now = swapped
        best = now if now.value > best.value * (1 + SAME) else best
    return best.chosen


def grow(filled: Filled, bound: Floats, k: int) -> Filled:
    """Add whoever gains most until k are there; `bound` (K,) is the most that each can gain, 0 for whom not to ask.

    It is lowered on the way. A gain only falls while others join, so it stays a bound.
    """
    while len(filled.chosen) < k:
        best = _best_next(filled, bound)
        if best is None:
            break
        filled.add(best)
        bound[best] = 0.0
    return filled


def _best_next(filled: Filled, bound: Floats) -> int | None:
    """Who gains most, the first of equals, if anybody gains; the bounds are lowered to what turns out."""
    best, most, left, seen, tried = None, 0.0, filled.left(), set[int](), 0
    least = SAME * (filled.value or float(bound.max(initial=0.0)))
    while tried < TRIED:
        one = int(np.argmax(bound)) if len(bound) else 0
        if not len(bound) or bound[one] <= most + least or one == best:
            break
        if one not in seen:
            seen.add(one)
            bound[one] = min(bound[one], _largest(left[filled.reach.needs_of(one)], int(filled.reach.room[one])))
            continue
        tried += 1
        gain = min(filled.gain(one), bound[one])
        bound[one] = gain
        if gain > most + least:
            best, most = one, gain
    return best


def _largest(worth: Floats, room: int) -> float:
    if room >= len(worth):
        return float(worth.sum())
    return float(np.partition(worth, len(worth) - room)[len(worth) - room :].sum())


def _swapped(now: Filled, could: Floats) -> Filled | None:
    """With the one swap after which the most is closed, be it less than now; `could` (K,) is 0 for who stays out.

    For each place only whoever could gain most there is tried, if that could be more than elsewhere.
    """
    best, most = None, 0.0
    for others in _without_each(Filled(now.reach, len(now.chosen)), now.chosen):
        some = np.flatnonzero(could > now.value - others.value)
        some = some[~np.isin(some, now.chosen)]
        if len(some):
            reached = others.value + most_alone(now.reach, others.left(), some)  # at most
            one = int(np.argmax(reached))
            trial = others.joined([int(some[one])]) if reached[one] > most * (1 + SAME) else others
            if trial.value > most * (1 + SAME):
                best, most = trial, trial.value
    return best


def _without_each(filled: Filled, others: list[int]) -> Iterator[Filled]:
    """All but one of the others added, for each of them; by halves, so that k log k are added and not k^2."""
    if len(others) == 1:
        yield filled
    else:
        half = len(others) // 2
        for stay, go in ((others[:half], others[half:]), (others[half:], others[:half])):
            yield from _without_each(filled.joined(stay), go)
