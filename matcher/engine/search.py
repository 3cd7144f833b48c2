"""The best partners of one owner, exactly, without looking at all: bounds first, then only what could still win.

The score of a candidate falls with its distance, and what its kind comes to next door is known once a kind. So
`kind's best x share of the area that its tile can have` is an upper bound, and most candidates are never scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.answers.partners import Home
from matcher.engine import value
from matcher.engine.area import covered_share
from matcher.engine.columns import Floats
from matcher.engine.compete import COMPETES, distances_km
from matcher.engine.index import NO_ROWS, Index
from matcher.engine.kernels import bounds, distinct
from matcher.engine.kinds import Rows
from matcher.engine.pairs import STRANGER, Pairs, Placed, beside_kinds, in_reach, nowhere, pair_up, placed
from matcher.engine.question import Question
from matcher.engine.ranking import rounded
from matcher.engine.value import Four

ROUND = 4  # times as many candidates as are wanted are scored in a round
ALIKE = 16  # owners of one kind from which it pays to look at all kinds for them at once (measured at 1,000,000)
SLACK = 1e-8  # by how much a rounded score may exceed its bound: half a unit of its ninth digit, and rounding


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
        four = value.by_place(_at(self.beside.four, at), place)
        worth = value.weigh(four, kinds.home, STRANGER, kinds.fills[at])
        reach = ~(distance >= self.home.radius_km + radius)
        return np.where((place.overlap < COMPETES) & reach, rounded(worth.score), 0.0)


def field_of(index: Index, question: Question, beside: Beside | None = None) -> Field:
    """Everybody whose area may touch ours, with bounds; `beside` if the owner stands beside all kinds already.

    Those of whom the network knows something have no bound here: `known_scores` scores them one by one.
    """
    home, network_id = question.home, question.network_id
    rows, share = index.near(home, network_id)
    apart = index.rows({home.business_id, *question.known, *question.trusted} - {None}, network_id)
    if len(apart):
        share[np.isin(rows, apart)] = 0.0
    return _field(index, question, rows, share, beside)


def _field(index: Index, question: Question, rows: Rows, share: Floats, beside: Beside | None = None) -> Field:
    at = index["kinds"][rows]
    if beside is None:
        kinds, at = distinct(at, len(index.kinds))
        beside = stand_beside(index, question, kinds)
    bound = bounds(at, share, beside.unplaced, beside.next_door) * (1 + SLACK)
    return Field(index, question.home, rows, at, beside, bound)


def known_scores(index: Index, question: Question) -> tuple[Rows, Floats]:
    """Rows and scores of those of whom the network knows something, with all that it knows; only those in reach."""
    home = question.home
    ids = {*question.known, *question.trusted} - {home.business_id}
    if not ids:
        return NO_ROWS, np.zeros(0)
    rows, distance = in_reach(index, home, index.rows(ids, question.network_id))
    pairs = pair_up(index, question, rows, distance)
    return rows, np.where(pairs.overlap < COMPETES, rounded(value.worth(pairs).score), 0.0)


def stand_beside(index: Index, question: Question, kinds: Rows) -> Beside:
    """The owner beside some kinds of strangers; next door as if nobody competed, which bounds those farther away."""
    home, pairs = question.home, beside_kinds(index, question, kinds)
    four, none = value.by_kind(pairs), np.zeros(len(kinds))
    small = np.pi * np.minimum(pairs.radius_km, home.radius_km) ** 2
    covers_us = covered_share(small, np.full(len(none), home.radius_km))
    place = Placed(distance_km=none, overlap=none, covers_us=covers_us, covered=covered_share(small, pairs.radius_km))
    return Beside(pairs, four, _score(four, place, pairs), _score(four, nowhere(pairs.same), pairs))


def _score(four: Four, place: Placed, kinds: Pairs) -> Floats:
    """The scores of strangers of these kinds at some places."""
    return value.weigh(value.by_place(four, place), kinds.home, STRANGER, kinds.fills).score


def _at(four: Four, positions: Rows) -> Four:
    first, second, third, fourth = (column[positions] for column in four)
    return first, second, third, fourth


def best(index: Index, question: Question, wanted: int, beside: Beside | None = None) -> tuple[Rows, Floats]:
    """Ids and scores of the `wanted` best partners, best first, equals by id; fewer if there are not so many."""
    field = field_of(index, question, beside)
    left, (found, score) = np.flatnonzero(field.bound > 0), known_scores(index, question)
    while len(left):
        first, left = _most(left, field.bound, ROUND * wanted)
        found, score = np.concatenate([found, field.rows[first]]), np.concatenate([score, field.scores(first)])
        if len(found) > wanted:
            lowest = np.partition(score, len(score) - wanted)[len(score) - wanted]
            left = left[field.bound[left] >= lowest]
            found, score = found[score >= lowest], score[score >= lowest]
    ids = index["ids"][found]
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
        questions = [Question(home=index.home(owner)) for owner in owners[alike].tolist()]
        beside = None
        if len(alike) >= ALIKE:
            beside = stand_beside(index, questions[0], np.arange(len(index.kinds)))
        for question in questions:
            yield question.home.business_id or 0, *best(index, question, wanted, beside)


def worth_having(index: Index, question: Question, at_least: float) -> tuple[Rows, Floats]:
    """Ids and scores of all partners whose score is `at_least` so much."""
    field = field_of(index, question)
    likely = np.flatnonzero((field.bound >= at_least) & (field.bound > 0))
    rows, scores = known_scores(index, question)
    return _above(index, np.concatenate([rows, field.rows[likely]]), np.r_[scores, field.scores(likely)], at_least)


def among(index: Index, question: Question, rows: Rows, at_least: float) -> tuple[Rows, Floats]:
    """The same among some rows only, all of them strangers."""
    field = _field(index, question, rows, np.ones(len(rows)))
    likely = np.flatnonzero(index["ids"][rows] != question.home.business_id)
    return _above(index, rows[likely], field.scores(likely), at_least)


def _above(index: Index, rows: Rows, scores: Floats, at_least: float) -> tuple[Rows, Floats]:
    there = (scores >= at_least) & (scores > 0)
    return index["ids"][rows[there]], scores[there]
