"""What each candidate would close alone, at the worth that needs have left: the first bound of every search."""

import numpy as np
from numpy.typing import NDArray

from matcher.engine.kernels import Floats, Rows
from matcher.engine.reach import Reach

WIDE = 64  # needs of a candidate looked at first, the most valuable ones; some times the usual room (prior)
BLOCK = 1 << 20  # needs looked at in one go, so that they take a few MB


def most_alone(reach: Reach, left: Floats, some: Rows | None = None) -> Floats:
    """(n,) the `room` largest of what is `left` (N,) of the worths of the needs of some candidates, added up.

    `reach` numbers needs from the most worth on, and `left` is at most the worth. So when as many needs as there is
    room for have kept their worth, nothing further down a list can count, and few lists are read far.
    """
    if reach.is_roomy and some is None:
        return _of_whole_lists(reach, left)
    some = np.arange(len(reach)) if some is None else some
    found, kept = np.zeros(len(some)), left >= reach.worth
    waiting, wide = np.flatnonzero(reach.count[some]), WIDE
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


def _of_whole_lists(reach: Reach, left: Floats) -> Floats:
    sums = np.empty(len(reach))
    step = 1 + int(BLOCK / max(1.0, float(reach.count.mean()))) if len(reach) else 1
    for begin in range(0, len(reach), step):
        end = min(begin + step, len(reach))
        count = reach.count[begin:end]
        needs = reach.need[reach.first[begin] : reach.first[end]]
        sums[begin:end] = np.bincount(np.repeat(np.arange(len(count)), count), left[needs], minlength=len(count))
    return sums
