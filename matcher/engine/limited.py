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
ROUNDS = 30  # of swaps at most (small questions: 99.99 % of the best, 99.6 % if only swaps that help are made)
WORK = 6_000_000  # needs looked at in all rounds, about; a fifth of a second (prior)
STAY = 3  # rounds for which somebody swapped out stays out (prior)
SAME = 1e-9  # share by which one value has to exceed another to be more


def choose(reach: Reach, k: int) -> list[int]:
    """Some k candidates who together close the most, nearly; fewer when nobody else closes any more.

    The largest gain first. Then rounds of all swaps that help, or of the one that loses least; whoever is swapped out
    stays out for a while (a tabu search, Glover 1989). The best set met is kept.
    """
    alone = most_alone(reach, reach.worth)
    now = best = grow(Filled(reach, k), alone.copy(), k)
    rounds = min(ROUNDS, max(1, WORK // max(1, len(reach) * k * WIDE))) if now.chosen else 0
    back = np.zeros(len(reach), dtype=np.int64)  # (K,) the last round in which each stays out
    for number in range(1, rounds + 1):
        before, now = now, _swapped(now, np.where(back < number, alone, 0.0))
        back[list(set(before.chosen) - set(now.chosen))] = number + STAY
        best = now if now.value > best.value * (1 + SAME) else best
    return best.chosen


def grow(filled: Filled, bound: Floats, k: int) -> Filled:
    """Add whoever gains most until k are there; `bound` (K,) is the most that each can gain, 0 for whom not to ask.

    It is lowered on the way. A gain only falls while others join, so it stays a bound.
    """
    while len(filled.chosen) < k:
        best = best_next(filled, bound, filled.left())
        if best is None:
            break
        filled.add(best)
        bound[best] = 0.0
    return filled


def best_next(filled: Filled, bound: Floats, left: Floats | None = None, above: float = 0.0) -> int | None:
    """Who gains most, the first of equals, if that is more than `above`; the bounds are lowered to what turns out.

    `left` tells to bring each bound up to date before its gain is worked out.
    """
    best, most, seen, tried = None, above, set[int](), 0
    least = SAME * (filled.value or float(bound.max(initial=0.0)))
    while tried < TRIED:
        one = int(np.argmax(bound)) if len(bound) else 0
        if not len(bound) or bound[one] <= most + least or one == best:
            break
        if left is not None and one not in seen:
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


def _swapped(now: Filled, could: Floats) -> Filled:
    """With all swaps that help, the best first, or else with the one that loses least."""
    swapped = first = now
    for growth, place, enters in sorted(_swaps(now, could), key=lambda swap: (-swap[0], *swap[1:])):
        if growth <= 0 and first is not now:
            break
        if enters not in swapped.chosen:
            chosen = [*swapped.chosen[:place], enters, *swapped.chosen[place + 1 :]]
            trial = Filled(now.reach, len(chosen)).joined(chosen)
            first = trial if first is now else first
            swapped = trial if trial.value > swapped.value * (1 + SAME) else swapped
    return first if swapped is now else swapped


def _swaps(now: Filled, could: Floats) -> Iterator[tuple[float, int, int]]:
    """For each place whoever gains most there beside the others: growth of the value, place, candidate.

    `could` (K,) is what each closes alone, 0 for whom not to ask.
    """
    for place, others in _without_each(Filled(now.reach, len(now.chosen)), range(len(now.chosen)), now.chosen):
        loss = now.value - others.value
        some = np.flatnonzero(could > loss)
        some = some[~np.isin(some, now.chosen)]
        bound = np.zeros(len(could))
        bound[some] = most_alone(now.reach, others.left(), some)
        enters = best_next(others, bound)
        if enters is not None:
            yield float(bound[enters]) - loss, place, enters


def _without_each(filled: Filled, places: range, chosen: list[int]) -> Iterator[tuple[int, Filled]]:
    """Each place with all the chosen but that one; by halves, so that k log k candidates are added and not k^2."""
    if len(places) == 1:
        yield places[0], filled
    else:
        half = len(places) // 2
        for stay, go in ((places[:half], places[half:]), (places[half:], places[:half])):
            yield from _without_each(filled.joined([chosen[place] for place in stay]), go, chosen)
