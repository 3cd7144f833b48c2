"""Which needs can be filled: as many as possible, the more valuable first, each taker within its room.

The sets of needs that can be filled together are the independent sets of a transversal matroid. So taking needs in
order of value, and keeping each that can be filled beside those kept before, gives the largest value and the largest
number at once; and a new taker, or more room, keeps every need filled that was. (Edmonds and Fulkerson 1965; the search
for room is Kuhn's.)
"""

import numpy as np
from numpy.typing import NDArray

from matcher.engine.eligible import Eligible
from matcher.engine.kinds import Rows

NOBODY = -1  # instead of a taker, and instead of a need


class Filling:
    """Who fills what, while needs are added one by one; those added first stay filled, if by others.

    A search that fails has seen takers from whom no room can be reached, now or later: nobody looks at them again.
    That search was for the most valuable need that one more slot at any of them would fill.
    """

    def __init__(self, choices: Eligible, free: Rows) -> None:
        self.partner: Rows = np.full(len(choices.begins) - 1, NOBODY, dtype=np.int64)  # (N,) the taker of each need
        self.waiting: Rows = np.full(len(free), NOBODY, dtype=np.int64)  # (P,) the need that one more slot would fill
        self._choices = choices
        self._free = free.copy()
        self._held: list[set[int]] = [set() for _ in range(len(free))]
        self._dead: NDArray[np.bool_] = np.zeros(len(free), dtype=np.bool_)

    def add(self, need: int) -> bool:
        """Fill one more need if that is possible, moving others to other takers of theirs where it has to be."""
        those = self._choices.of(need)
        room = self._free[those] > 0
        at = int(room.argmax()) if len(room) else 0
        if len(room) and room[at]:
            self._take(need, int(those[at]))
            return True
        return bool(len(those)) and self._search(need)

    def _search(self, need: int) -> bool:
        """Look for room along takers who could pass on a need that they hold; the shortest way first."""
        seen, came = self._dead.copy(), dict[int, int]()  # taker -> the need that would move there
        queue = self._fresh(need, seen, came)
        for taker in queue:
            for held in sorted(self._held[taker]):
                found = self._fresh(held, seen, came)
                free = next((one for one in found if self._free[one] > 0), NOBODY)
                if free != NOBODY:
                    self._move(free, came)
                    return True
                queue += found
        self.waiting[queue] = need
        self._dead[queue] = True
        return False

    def _fresh(self, need: int, seen: NDArray[np.bool_], came: dict[int, int]) -> list[int]:
        those = self._choices.of(need)
        fresh = those[~seen[those]]
        seen[fresh] = True
        found: list[int] = fresh.tolist()
        came.update(dict.fromkeys(found, need))
        return found

    def _move(self, taker: int, came: dict[int, int]) -> None:
        while taker != NOBODY:
            need = came[taker]
            before = int(self.partner[need])
            self._take(need, taker)
            taker = before

    def _take(self, need: int, taker: int) -> None:
        """Give a need to a taker; whoever had it has room again."""
        before = int(self.partner[need])
        if before != NOBODY:
            self._held[before].discard(need)
            self._free[before] += 1
        self.partner[need] = taker
        self._held[taker].add(need)
        self._free[taker] -= 1


def fill(choices: Eligible, order: Rows, free: Rows) -> Filling:
    """The needs in `order`, the most valuable first, filled as far as the `free` slots (P,) of the takers go."""
    filling = Filling(choices, free)
    for need in order.tolist():
        filling.add(need)
    return filling
