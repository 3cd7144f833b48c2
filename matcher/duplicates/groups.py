"""From pairs to groups, without chains: that a third is like both does not make two people one."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.columns import Codes
from matcher.duplicates.levels import FIELDS, SAME, Levels, apart

SIGNS = tuple(FIELDS.index(name) for name in FIELDS if name not in ("given", "surname", "place"))
LARGEST = 200  # people of one component whose every pair is looked at; a larger one is grouped by its pairs alone
Compare = Callable[[Codes, Codes], Levels]


def grouped(
    left: Codes,
    right: Codes,
    bits: NDArray[np.float64],
    compare: Compare,
    not_same: frozenset[tuple[int, int]] = frozenset(),
) -> list[tuple[int, ...]]:
    """Groups of people from pairs that were judged one, the surest pairs first.

    Two groups become one through a pair only if everybody of one agrees with everybody of the other on a sign of their
    own: they were judged one, or have the same telephone, address, firm or the like. `compare` gives the levels
    of pairs; it is asked once, for all pairs within what hangs together. Nobody of `not_same` gets into one group.
    """
    judged = {(int(one), int(other)) for one, other in zip(left, right, strict=True)}
    agreed = (judged | _second_signs(judged, compare)) - not_same
    group_of: dict[int, list[int]] = {}
    for at in np.lexsort((right, left, -bits)):
        ours, theirs = (group_of.setdefault(int(one), [int(one)]) for one in (left[at], right[at]))
        if ours is theirs or not all((min(a, b), max(a, b)) in agreed for a in ours for b in theirs):
            continue
        ours.extend(theirs)
        group_of.update(dict.fromkeys(theirs, ours))
    whole = {id(group): tuple(sorted(group)) for group in group_of.values()}
    return sorted(group for group in whole.values() if len(group) > 1)


def _second_signs(judged: set[tuple[int, int]], compare: Compare) -> set[tuple[int, int]]:
    """The pairs that hang together only through others and agree on a sign besides their names."""
    found = [
        pair
        for members in _hanging_together(judged).values()
        if 2 < len(members) <= LARGEST
        for pair in combinations(sorted(members), 2)
        if pair not in judged
    ]
    if not found:
        return set()
    pairs = np.array(found, dtype=np.int64)
    levels = compare(pairs[:, 0], pairs[:, 1])
    agrees = np.any(levels[:, SIGNS] == SAME, axis=1) & ~apart(levels)
    return {pair for pair, signed in zip(found, agrees, strict=True) if signed}


def _hanging_together(pairs: set[tuple[int, int]]) -> Mapping[int, list[int]]:
    """Everybody by the first of those with whom they hang together."""
    parent: dict[int, int] = {}

    def first(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in pairs:
        low, high = sorted((first(one), first(other)))
        parent[high] = low
    found = defaultdict(list)
    for one in list(parent):
        found[first(one)].append(one)
    return found
