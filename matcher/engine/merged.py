"""A smaller question with the same answer: equals are counted, and who is never better than others is left out."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.engine.kernels import Rows
from matcher.engine.reach import Reach

Flags = NDArray[np.bool_]
WORK = 1_000_000_000  # pairs of entries up to which candidates are compared with each other (seconds)


@dataclass(frozen=True, eq=False)
class Merged:
    """C classes of equal candidates and the different needs, each with how often it is there."""

    reach: Reach  # of the classes and the different needs
    times: Rows  # (n,) how many equal needs each stands for
    needs: Rows  # (n,) the first of them
    members: tuple[Rows, ...]  # the candidates of each class, the best first; no more than can be of use

    def chosen(self, count: Rows) -> Rows:
        """The first so many (C,) candidates of each class, ascending."""
        some = [members[:many] for members, many in zip(self.members, count.tolist(), strict=True)]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *some]))


def merged(reach: Reach, k: int, *, by_cost: bool = False) -> Merged:
    """The same question with equals merged and the dominated left out; no choice of k is worse for it.

    Needs are equal with the same candidates and worth. Candidates are equal with the same needs and room for as many of
    them; who comes first in `reach` comes first in the class. Somebody is dominated by a candidate that could take all
    the same needs and has room for as many. With both chosen, the dominated one may still be of use once the other is
    full, so it is left out only if

    - the other has room for all that it could take, so that nothing is left for the dominated one, or
    - k candidates dominate it: one of them is not among the k chosen and can stand in for it.

    With `by_cost`, candidates are equal only if they cost the same, and nobody is dominated by somebody who costs more.
    Comparing everybody with everybody is not tried on more than `WORK` pairs of entries: it would take longer than it
    saves.
    """
    needs, times = _different_needs(reach)
    reach = _with_needs(reach, needs)
    many = np.bincount(_owner(reach), times[reach.need], len(reach)).astype(np.int64)
    room = np.minimum(reach.room, many)
    classes = _classes(reach, room, by_cost=by_cost)
    first = np.array([members[0] for members in classes], dtype=np.int64)
    one_of_each = replace(reach.subset(first), room=room[first])
    size = np.array([len(members) for members in classes], dtype=np.int64)
    roomy = room[first] >= many[first]
    use = np.where(roomy, 1, np.minimum(size, k))
    by_roomy, dominators = _dominated(one_of_each, (roomy, size), by_cost=by_cost)
    use = np.where(by_roomy | (many[first] == 0), 0, np.minimum(use, np.maximum(0, k - dominators)))
    kept = np.flatnonzero(use)
    members = tuple(np.array(classes[one][: use[one]], dtype=np.int64) for one in kept.tolist())
    return Merged(one_of_each.subset(kept), times, needs, members)


def _owner(reach: Reach) -> Rows:
    return np.repeat(np.arange(len(reach)), reach.count)


def _different_needs(reach: Reach) -> tuple[Rows, Rows]:
    """The first of each kind of need, ascending, and how many there are of it; none of what nobody reaches."""
    by_need = reach.transpose()
    kinds: dict[Hashable, list[int]] = {}
    for need in np.flatnonzero(by_need.count).tolist():
        kind = (float(reach.worth[need]), by_need.candidates_of(need).tobytes())
        kinds.setdefault(kind, [need, 0])[1] += 1
    found = np.array(list(kinds.values()), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _with_needs(reach: Reach, needs: Rows) -> Reach:
    """Only some needs, numbered anew in the same order."""
    number = np.full(len(reach.worth), -1, dtype=np.int32)
    number[needs] = np.arange(len(needs))
    kept = reach.keep(number[reach.need] >= 0)
    return replace(kept, need=number[kept.need], worth=reach.worth[needs])


def _classes(reach: Reach, room: Rows, *, by_cost: bool) -> list[list[int]]:
    classes: dict[Hashable, list[int]] = defaultdict(list)
    for one in range(len(reach)):
        cost = float(reach.cost[one]) if by_cost else 0.0
        classes[int(room[one]), cost, reach.needs_of(one).tobytes()].append(one)
    return list(classes.values())


def _dominated(reach: Reach, classes: tuple[Flags, Rows], *, by_cost: bool) -> tuple[Flags, Rows]:
    """(C,) whether somebody roomy dominates each class, and how many candidates of other classes do."""
    roomy, size = classes
    by_roomy, dominators = np.zeros(len(reach), dtype=np.bool_), np.zeros(len(reach), dtype=np.int64)
    in_need = np.bincount(reach.need, minlength=len(reach.worth)).astype(np.float64)
    if not len(reach.need) or in_need @ in_need > WORK:
        return by_roomy, dominators
    can = sparse.csr_array((np.ones(len(reach.need), np.int32), reach.need, reach.first), (len(reach), len(in_need)))
    common = (can @ can.T).tocoo()
    one, other = common.coords
    over = (common.data == reach.count[one]) & (one != other) & (reach.room[other] >= reach.room[one])
    if by_cost:
        over &= reach.cost[other] <= reach.cost[one]
    one, other = one[over], other[over]
    by_roomy[one[roomy[other]]] = True
    return by_roomy, np.bincount(one, size[other], len(reach)).astype(np.int64)
