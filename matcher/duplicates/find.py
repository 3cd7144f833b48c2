"""People in, groups of those who are one out, each pair with its weight and its reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.blocks import candidates
from matcher.duplicates.columns import Codes, Columns, People, columns_of
from matcher.duplicates.groups import grouped
from matcher.duplicates.levels import Levels, levels_of
from matcher.duplicates.reasons import reason
from matcher.duplicates.weights import Weights, fit, probability, score

THRESHOLD_BITS = 0.0  # even odds: a pair is named when it is rather one than two; not tuned


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that are rather one than two: positions `left` < `right`, weight in bits, and levels (pairs, fields)."""

    left: Codes
    right: Codes
    bits: NDArray[np.float64]
    levels: Levels
    compared: int  # pairs that were compared
    crowded: int  # people in blocks too large to be compared in full


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people of a group, by position, how likely they are one (0-1), and why."""

    one: int
    other: int
    chance: float
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """People, by position, who are one as far as we can tell, and the pairs that say so, the surest first."""

    members: tuple[int, ...]
    pairs: tuple[Pair, ...]


def judge(columns: Columns, new_from: int = 0) -> Judged:
    """The pairs that are one; with `new_from` only those with somebody at or after that position."""
    found = candidates(columns, new_from)
    levels = levels_of(columns, found.left, found.right)
    weights: Weights = fit(columns, levels, new_from)
    bits = score(weights, columns, levels, found.left)
    named = bits >= THRESHOLD_BITS
    kept = found.left[named], found.right[named], bits[named], levels[named]
    return Judged(*kept, compared=len(found.left), crowded=found.crowded)


def duplicates(people: People, not_same: Collection[tuple[int, int]] = ()) -> Sequence[Group]:
    """Groups of people who are one, the surest first; nobody of `not_same` (positions, lower first) shares a group."""
    columns = columns_of(people)
    found = judge(columns)
    parted = np.array(
        [(int(one), int(other)) in not_same for one, other in zip(found.left, found.right, strict=True)], dtype=bool
    )
    kept = np.flatnonzero(~parted)
    pairs = {(int(found.left[at]), int(found.right[at])): (float(found.bits[at]), found.levels[at]) for at in kept}
    groups = grouped(
        found.left[kept],
        found.right[kept],
        found.bits[kept],
        lambda a, b: levels_of(columns, a, b),
        frozenset(not_same),
    )
    made = [_group(members, pairs) for members in groups]
    return sorted(made, key=lambda group: (-group.pairs[0].chance, group.members))


def _group(members: tuple[int, ...], pairs: dict[tuple[int, int], tuple[float, NDArray[np.int8]]]) -> Group:
    inside = [(a, b) for a in members for b in members if a < b and (a, b) in pairs]
    inside.sort(key=lambda pair: (-pairs[pair][0], pair))
    return Group(members, tuple(_pair(one, other, *pairs[one, other]) for one, other in inside))


def _pair(one: int, other: int, bits: float, levels: NDArray[np.int8]) -> Pair:
    chance = float(probability(np.array([bits]))[0])
    return Pair(one=one, other=other, chance=chance, reason=reason(levels))
