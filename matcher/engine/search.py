"""The best partners of one owner, exactly, without looking at all: bounds first, then only what could still win.

The score of a candidate falls with its distance, and what its kind comes to next door is known once a kind. So
`kind's best x share of the area that its tile can have` is an upper bound, and most candidates are never scored.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from matcher.answers import Home
from matcher.engine import value
from matcher.engine.area import covered_share
from matcher.engine.columns import Floats
from matcher.engine.compete import COMPETES
from matcher.engine.index import NO_ROWS, Index
from matcher.engine.kernels import bounds, distinct
from matcher.engine.kinds import Rows
from matcher.engine.pairs import Pairs, Placed, beside_kinds, distances_km, nowhere, placed
from matcher.engine.ranking import rounded
from matcher.engine.value import Four
from matcher.units import SHARED

ROUND = 4  # times as many candidates as are wanted are scored in a round
ALIKE = 16  # owners of one kind from which it pays to look at all kinds for them at once (measured at 1,000,000)
SLACK = 1e-9  # by how much a bound may err, for rounding


@dataclass(frozen=True)
class Beside:
    """Home beside some kinds of businesses, with the most that one of each can score. Arrays are (K,)."""

    pairs: Pairs
    four: Four
    next_door: Floats  # where we know its place
    unplaced: Floats  # where we do not


@dataclass(frozen=True)
class Field:
    """The candidates of one owner with an upper bound of what each could come to."""

    index: Index
    home: Home
    rows: Rows
    at: Rows  # (n,) position of the row's kind in `beside`
    beside: Beside
    bound: Floats  # (n,)

    def scores(self, chosen: Rows) -> Floats:
        """The scores of some candidates (positions); 0 for one that competes."""
        rows, at, kinds = self.rows[chosen], self.at[chosen], self.beside.pairs
        distance, radius = distances_km(self.index, self.home, rows), kinds.radius_km[at]
        place = placed(self.home, kinds.same[at], radius, distance)
        worth = value.weigh(value.by_place(_at(self.beside.four, at), place), kinds.home)
        reach = ~(distance >= self.home.radius_km + radius)
        return np.where((place.overlap < COMPETES) & reach, rounded(worth.score), 0.0)


def field_of(
    index: Index, home: Home, network_id: int = SHARED, trusted: Collection[int] = (), beside: Beside | None = None
) -> Field:
    """Everybody whose area may touch ours, with bounds; `beside` if home stands beside all kinds already."""
    rows, share = index.near(home, network_id)
    if home.business_id is not None and index.can_see(network_id, home.business_id):
        share[rows == index.row(home.business_id, network_id)] = 0.0
    return _field(index, home, rows, share, beside or index.rows(trusted, network_id))


def _field(index: Index, home: Home, rows: Rows, share: Floats, known: Beside | Rows) -> Field:
    if isinstance(known, Beside):
        at, beside = index["kinds"][rows], known
    else:
        kinds, at = distinct(index["kinds"][rows], len(index.kinds))
        beside = stand_beside(index, home, kinds, known)
    return Field(index, home, rows, at, beside, bounds(at, share, beside.unplaced, beside.next_door) * (1 + SLACK))


def stand_beside(index: Index, home: Home, kinds: Rows, trusted_rows: Rows = NO_ROWS) -> Beside:
    """Home beside some kinds.

    One that would compete next door can only be a partner where so little of the areas is shared that it does not.
    """
    pairs = beside_kinds(index, home, kinds, trusted_rows)
    four, none = value.by_kind(pairs), np.zeros(len(kinds))
    small = np.pi * np.minimum(pairs.radius_km, home.radius_km) ** 2
    covers_us = covered_share(small, np.full(len(none), home.radius_km))
    place = Placed(distance_km=none, overlap=none, covers_us=covers_us, covered=covered_share(small, pairs.radius_km))
    highest = value.weigh(value.by_place(four, place), pairs.home).score
    next_door = highest * np.minimum(1.0, COMPETES / np.maximum(pairs.same, COMPETES))
    return Beside(pairs, four, next_door, value.weigh(value.by_place(four, nowhere(pairs.same)), pairs.home).score)


def _at(four: Four, positions: Rows) -> Four:
    first, second, third, fourth = (column[positions] for column in four)
    return first, second, third, fourth


def best(
    index: Index,
    home: Home,
    wanted: int,
    *,
    network_id: int = SHARED,
    trusted: Collection[int] = (),
    beside: Beside | None = None,
) -> tuple[Rows, Floats]:
    """Ids and scores of the `wanted` best partners, best first, equals by id; fewer if there are not so many."""
    field = field_of(index, home, network_id, trusted, beside)
    left, found, score = np.flatnonzero(field.bound > 0), NO_ROWS, np.zeros(0)
    while len(left):
        first, left = _most(left, field.bound, ROUND * wanted)
        found, score = np.concatenate([found, first]), np.concatenate([score, field.scores(first)])
        if len(found) > wanted:
            lowest = np.partition(score, len(score) - wanted)[len(score) - wanted]
            left = left[field.bound[left] >= lowest]
            found, score = found[score >= lowest], score[score >= lowest]
    ids = index["ids"][field.rows[found]]
    order = np.lexsort((ids, -score))[:wanted]
    order = order[score[order] > 0]
    return ids[order], score[order]


def _most(positions: Rows, bound: Floats, size: int) -> tuple[Rows, Rows]:
    """The `size` positions with the highest bounds, and the others."""
    if len(positions) <= size:
        return positions, NO_ROWS
    cut = np.argpartition(-bound[positions], size - 1)
    return positions[cut[:size]], positions[cut[size:]]


def best_of_each(index: Index, owners: Rows, wanted: int) -> Iterator[tuple[int, Rows, Floats]]:
    """`best` for many businesses of the shared directory; those of one kind stand beside all others only once."""
    kinds = index["kinds"][index.rows(owners)]
    order = np.argsort(kinds, kind="stable")
    begins = np.flatnonzero(np.diff(kinds[order], prepend=-1))
    for alike in np.split(order, begins[1:]):
        beside = None
        if len(alike) >= ALIKE:
            beside = stand_beside(index, index.home(int(owners[alike[0]])), np.arange(len(index.kinds)))
        for owner in owners[alike].tolist():
            yield owner, *best(index, index.home(owner), wanted, beside=beside)


def worth_having(index: Index, home: Home, at_least: float, network_id: int = SHARED) -> tuple[Rows, Floats]:
    """Ids and scores of all partners whose score is `at_least` so much, by row."""
    field = field_of(index, home, network_id)
    return _worth(field, np.flatnonzero((field.bound >= at_least) & (field.bound > 0)), at_least)


def among(index: Index, home: Home, rows: Rows, at_least: float) -> tuple[Rows, Floats]:
    """The same among some rows only."""
    field = _field(index, home, rows, np.ones(len(rows)), NO_ROWS)
    return _worth(field, np.flatnonzero(index["ids"][rows] != home.business_id), at_least)


def _worth(field: Field, likely: Rows, at_least: float) -> tuple[Rows, Floats]:
    score = field.scores(likely)
    there = (score >= at_least) & (score > 0)
    return field.index["ids"][field.rows[likely[there]]], score[there]
