"""Whom of the owner's partners to make known to each other: the pairs that have not met, the best for its worse side.

Each pair is looked at as if one of them asked for suggestions: the referrals a year in each direction are those of
`value.referrals`, with what a stranger is known by. A pair whose areas do not touch, or which competes even partly, is
never among them.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.engine import value
from matcher.engine.compete import PARTLY
from matcher.engine.flow import Shared
from matcher.engine.index import Index
from matcher.engine.pairs import Pairs, in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.suggest import case_of
from matcher.engine.words import article, journey_words

ALIKE_DIGITS = 9  # of referrals a year; the rest is rounding


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two businesses that could be made known to each other, with the referrals a year that would reach each."""

    first: int
    second: int
    first_a_year: float
    second_a_year: float
    pair: Pairs  # the second as the first sees it, one row

    @property
    def weaker_a_year(self) -> float:
        """What the worse side gets, which ranks."""
        return min(self.first_a_year, self.second_a_year)

    @property
    def distance_km(self) -> float | None:
        """How far apart they are; None where a place is unknown."""
        distance = float(self.pair.distance_km[0])
        return None if np.isnan(distance) else distance


def meetings(
    index: Index, network_id: int, ids: Sequence[int], met: Collection[frozenset[int]] = frozenset()
) -> list[Meeting]:
    """All pairs of some businesses that would both gain, but for those that have `met`; the best first."""
    known = [one for one in sorted(set(ids)) if index.can_see(network_id, one)]
    found: list[Meeting] = []
    for at, one in enumerate(known):
        others = [other for other in known[at + 1 :] if frozenset((one, other)) not in met]
        if others:
            found += _meetings_of(index, network_id, one, others)
    return sorted(found, key=_place)


def _place(two: Meeting) -> tuple[float, float, int, int]:
    """By the worse side, then by both; figures that differ by rounding are alike, and go by the numbers."""
    together = two.first_a_year + two.second_a_year
    return -round(two.weaker_a_year, ALIKE_DIGITS), -round(together, ALIKE_DIGITS), two.first, two.second


def _meetings_of(index: Index, network_id: int, one: int, others: Sequence[int]) -> Iterator[Meeting]:
    home = index.home(one, network_id)
    rows = np.array([index.row(other, network_id) for other in others], dtype=np.int64)
    rows = rows[index.at("counts", rows) > 0]
    rows, distance = in_reach(index, home, rows)
    if not home.services or not len(rows):
        return
    pairs = pair_up(index, Question(home=home, network_id=network_id), rows, distance)
    to_second, to_first = value.referrals(pairs, value.worth(pairs))
    for at in np.flatnonzero((pairs.overlap < PARTLY) & (to_second > 0) & (to_first > 0)).tolist():
        yield Meeting(
            first=one,
            second=int(index["ids"][rows[at]]),
            first_a_year=float(to_first[at]),
            second_a_year=float(to_second[at]),
            pair=pairs.at(np.array([at])),
        )


def reasons(index: Index, two: Meeting, first: str, second: str) -> tuple[str, str]:
    """Why the first would like to meet the second, and why the second the first, each as it would read it.

    `first` and `second` are their names. No figure is in them: nobody has counted the clients of either.
    """
    case = case_of(index, two.pair)
    return _reason(index, second, case.ours(), case.received), _reason(index, first, case.what(), case.sent)


def _reason(index: Index, other: str, service: str, shared: Sequence[Shared]) -> str:
    """Why somebody who offers a service would like to meet the other, whose clients need it."""
    if not shared:
        return f"Clients of {other} also need {article(service)}."
    journey = journey_words(index.flow.taxonomy, shared[0].journey)
    first = {"before": f"; {other} meets them first", "after": "; you meet them first", "together": ""}
    return f"Clients of {other} also need {article(service)}, for example around “{journey}”{first[shared[0].order]}."
