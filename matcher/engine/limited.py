"""The best k candidates where rooms bind: the largest gains first, then one candidate against another while it helps.

A gain in full needs augmenting paths. What the needs of a candidate are worth to a newcomer (`Filled.left`) bounds it
from above within a few percent, so only few candidates are ever tried.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.engine.filled import Filled
from matcher.engine.kernels import Floats, Rows
from matcher.engine.reach import Reach

TRIED = 4  # candidates whose gain is worked out in full for one place, the most promising first (32 find no more)
PASSES = 4  # of swaps at most, as long as they help
WORK = 2_000_000  # candidates x places looked at in all passes, about
WIDE = 64  # needs of a candidate looked at first, the most valuable ones
BLOCK = 1 << 20  # needs looked at in one go
SAME = 1e-9  # share by which one value has to exceed another to be more


def choose(reach: Reach, k: int) -> list[int]:
    """Some k candidates who together close the most, nearly; fewer when nobody else closes any more."""
    alone = most_alone(reach, reach.worth, np.arange(len(reach)))
    chosen = grow(Filled(reach, k), alone.copy(), k).chosen
    for _ in range(max(1, min(PASSES, WORK // max(1, len(reach) * k)))):
        swapped = _swap(reach, chosen, alone)
        if swapped == chosen:
            break
        chosen = swapped
    return chosen


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


def _swap(reach: Reach, chosen: list[int], alone: Floats) -> list[int]:
    """The same with each replaced for whom somebody else gains more beside the others, the largest growth first."""
    found = []
    for place, others in _without_each(Filled(reach, len(chosen)), range(len(chosen)), chosen):
        loss = others.gain(chosen[place])
        some = np.flatnonzero(alone > loss)
        some = some[~np.isin(some, chosen)]
        bound = np.zeros(len(reach))
        bound[some] = most_alone(reach, others.left(), some)
        better = best_next(others, bound, above=loss)
        if better is not None:
            found.append((loss - float(bound[better]), place, better))
    value = together(reach, chosen).value
    for _, place, better in sorted(found):
        trial = chosen[:place] + [better] + chosen[place + 1 :]
        grown = together(reach, trial).value if better not in chosen else 0.0
        if grown > value * (1 + SAME):
            chosen, value = trial, grown
    return chosen


def together(reach: Reach, chosen: Sequence[int]) -> Filled:
    """What some candidates close together."""
    return _joined(Filled(reach, len(chosen)), chosen)


def _joined(filled: Filled, more: Sequence[int]) -> Filled:
    filled = filled.copy()
    for one in more:
        filled.add(one)
    return filled


def _without_each(filled: Filled, places: Sequence[int], chosen: list[int]) -> Iterator[tuple[int, Filled]]:
    """Each place with all the chosen but that one; by halves, so that k log k candidates are added and not k^2."""
    if len(places) == 1:
        yield places[0], filled
    else:
        half = len(places) // 2
        for stay, go in ((places[:half], places[half:]), (places[half:], places[:half])):
            yield from _without_each(_joined(filled, [chosen[place] for place in stay]), go, chosen)


def most_alone(reach: Reach, left: Floats, some: Rows) -> Floats:
    """(n,) what some candidates close alone where needs are worth `left` (N,), at most their worth: the largest `room`.

    Lists go from the most worth on. So when as many needs as there is room for have kept their worth, nothing further
    down can count, and few lists are read far.
    """
    found, kept = np.zeros(len(some)), left >= reach.worth
    waiting, wide = np.arange(len(some)), WIDE
    while len(waiting):
        further = []
        for at in range(0, len(waiting), max(1, BLOCK // wide)):
            block = waiting[at : at + max(1, BLOCK // wide)]
            found[block], settled = _first_of_lists(reach, left, kept, (some[block], wide))
            further.append(block[~settled])
        waiting, wide = np.concatenate(further), 4 * wide
    return found


def _first_of_lists(
    reach: Reach, left: Floats, kept: NDArray[np.bool_], looked: tuple[Rows, int]
) -> tuple[Floats, NDArray[np.bool_]]:
    """The sums over the first `wide` needs of each, and whether they are settled."""
    rows, wide = looked
    place, room, count = np.arange(wide), reach.room[rows][:, None], reach.count[rows][:, None]
    inside = place < count
    need = reach.need[np.where(inside, reach.first[rows][:, None] + place, 0)]
    worth = np.where(inside, left[need], 0.0)
    settled = (count <= wide)[:, 0] | ((kept[need] & inside).sum(axis=1) >= room[:, 0])
    largest = -np.sort(-worth, axis=1)
    return np.where(place < room, largest, 0.0).sum(axis=1), settled
