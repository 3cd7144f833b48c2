"""The best partners of one owner, exactly, without looking at all: bounds first, then only what could still win.

The score of a candidate falls with its distance, and what its kind comes to next door is known once a kind. So
`kind's best x share of the area that its tile can have` is an upper bound, and most candidates are never scored.
"""

from collections.abc import Collection
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
SLACK = 1e-9  # by how much a bound may err, for rounding


@dataclass(frozen=True)
class Field:
    """The candidates of one owner with an upper bound of what each could come to."""

    index: Index
    home: Home
    rows: Rows
    at: Rows  # (n,) position of the row's kind in `kinds`
    kinds: Pairs
    four: Four  # of the kinds
    bound: Floats  # (n,)

    def scores(self, chosen: Rows) -> Floats:
        """The scores of some candidates (positions); 0 for one that competes."""
        rows, at = self.rows[chosen], self.at[chosen]
        distance = distances_km(self.index, self.home, rows)
        place = placed(self.home, self.kinds.same[at], self.kinds.radius_km[at], distance)
        worth = value.weigh(value.by_place(_at(self.four, at), place), self.kinds.home)
        reach = ~(distance >= self.home.radius_km + self.kinds.radius_km[at])
        return np.where((place.overlap < COMPETES) & reach, rounded(worth.score), 0.0)


def field_of(index: Index, home: Home, network_id: int = SHARED, trusted: Collection[int] = ()) -> Field:
    """Everybody whose area may touch ours, with bounds."""
    rows, share = index.near(home, network_id)
    if home.business_id is not None and index.can_see(network_id, home.business_id):
        share[rows == index.row(home.business_id, network_id)] = 0.0
    return _field(index, home, rows, share, index.rows(trusted, network_id))


def _field(index: Index, home: Home, rows: Rows, share: Floats, trusted_rows: Rows) -> Field:
    kinds, at = distinct(index["kinds"][rows], len(index.kinds))
    beside = beside_kinds(index, home, kinds, trusted_rows)
    four = value.by_kind(beside)
    next_door, unplaced = _next_door(beside, four), np.zeros(len(kinds))
    unknown = np.isnan(share)
    if unknown.any():
        some = distinct(at[unknown], len(kinds))[0]
        place = nowhere(beside.same[some])
        unplaced[some] = value.weigh(value.by_place(_at(four, some), place), beside.home).score
    return Field(index, home, rows, at, beside, four, bounds(at, share, unplaced, next_door) * (1 + SLACK))


def _at(four: Four, positions: Rows) -> Four:
    first, second, third, fourth = (column[positions] for column in four)
    return first, second, third, fourth


def _next_door(kinds: Pairs, four: Four) -> Floats:
    """(K,) the most that one of each kind can score, if we know where it is.

    One that would compete next door can only be a partner where so little of the areas is shared that it does not.
    """
    home, none = kinds.home.home, np.zeros(len(kinds.rows))
    small = np.pi * np.minimum(kinds.radius_km, home.radius_km) ** 2
    place = Placed(
        distance_km=none,
        overlap=none,
        covers_us=covered_share(small, np.full(len(none), home.radius_km)),
        covered=covered_share(small, kinds.radius_km),
    )
    highest = value.weigh(value.by_place(four, place), kinds.home).score
    return highest * np.minimum(1.0, COMPETES / np.maximum(kinds.same, COMPETES))


def best(index: Index, home: Home, wanted: int, **asked: Collection[int] | int) -> tuple[Rows, Floats]:
    """Ids and scores of the `wanted` best partners, best first, equals by id; fewer if there are not so many."""
    field = field_of(index, home, **asked)  # type: ignore[arg-type]
    left, found, score = np.flatnonzero(field.bound > 0), NO_ROWS, np.zeros(0)
    while len(left):
        size = ROUND * wanted
        first = left
        if len(left) > size:
            cut = np.argpartition(-field.bound[left], size - 1)
            first, left = left[cut[:size]], left[cut[size:]]
        else:
            left = NO_ROWS
        found, score = np.r_[found, first], np.r_[score, field.scores(first)]
        if len(found) > wanted:
            lowest = np.partition(score, len(score) - wanted)[len(score) - wanted]
            left = left[field.bound[left] >= lowest]
            stay = score >= lowest
            found, score = found[stay], score[stay]
    ids = index["ids"][field.rows[found]]
    order = np.lexsort((ids, -score))[:wanted]
    order = order[score[order] > 0]
    return ids[order], score[order]


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
