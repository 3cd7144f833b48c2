"""How much of what clients need the network fills: by service and partner, with the gaps and what would help."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np

from matcher.answers.covered import Cell, Coverage, ServiceRow, State, TrendPoint
from matcher.engine.fill import NOBODY
from matcher.engine.gaps import cents, gaps
from matcher.engine.kernels import runs
from matcher.engine.match import COVERED, Match, sold_by
from matcher.engine.served import slots
from matcher.engine.words import service_words, times


def coverage(match: Match, expected: Mapping[str, float], trend: Sequence[TrendPoint] = ()) -> Coverage:
    """How far the matched needs are covered; `expected` and `trend` are shown as they are given."""
    rows, counts = _rows(match), Counter(match.states)
    covered = [need for need, state in zip(match.needs, match.states, strict=True) if state in COVERED]
    return Coverage(
        sentence=_headline(match, rows),
        needs=len(match.needs),
        covered=len(covered),
        value_cents=cents(match.needs),
        covered_cents=cents(covered),
        by_state={state: counts[state] for state in get_args(State)},
        rows=rows,
        partners=slots(match),
        gaps=gaps(match),
        lone=tuple(row.service for row in rows if row.lone),
        expected=dict(expected),
        trend=tuple(trend),
    )


def trend_point(day: str, match: Match) -> TrendPoint:
    """Coverage at the end of a day, from the needs and the partners of that day."""
    return TrendPoint(day=day, needs=len(match.needs), covered=match.covered)


def _rows(match: Match) -> tuple[ServiceRow, ...]:
    """One row for each service that anybody needs, the largest gap first: by needs, then by value."""
    of_service: dict[str, list[int]] = defaultdict(list)
    for number, need in enumerate(match.needs):
        if need.service in match.flow.numbers:
            of_service[need.service].append(number)
    rows = [_row(match, service, numbers) for service, numbers in of_service.items()]
    return tuple(
        sorted(rows, key=lambda row: (row.covered - row.needs, row.covered_cents - row.value_cents, row.service))
    )


def _row(match: Match, service: str, numbers: Sequence[int]) -> ServiceRow:
    needs, cells = [match.needs[n] for n in numbers], _cells(match, numbers)
    covered = [match.needs[n] for n in numbers if match.states[n] in COVERED]
    return ServiceRow(
        service=service,
        needs=len(needs),
        covered=len(covered),
        value_cents=cents(needs),
        covered_cents=cents(covered),
        cells=cells,
        lone=len(cells) == 1 and not sold_by(match.home, service),
    )


def _cells(match: Match, numbers: Sequence[int]) -> tuple[Cell, ...]:
    """Every taker who has or could have one of some needs of a service, by how many it has and could have."""
    some = np.array([n for n in numbers if match.states[n] != "ours"], dtype=np.int64)
    partner, may, count = match.partner[some], match.eligible, len(match.takers)
    takes = np.bincount(partner[partner != NOBODY], minlength=count)
    could = np.bincount(may.takers[runs(may.begins[some], may.counts[some])], minlength=count)
    for need in some[match.settled[some] & (partner != NOBODY)].tolist():
        could[match.partner[need]] += match.partner[need] not in may.of(need)  # whoever has it could have it
    ids = match.takers.ids
    there = sorted(np.flatnonzero(takes + could).tolist(), key=lambda taker: (-takes[taker], -could[taker], taker))
    return tuple(Cell(business_id=int(ids[taker]), takes=int(takes[taker]), could=int(could[taker])) for taker in there)


def _headline(match: Match, rows: Sequence[ServiceRow]) -> str:
    needs, covered = len(match.needs), match.covered
    if not needs:
        return "There is no need of a client to fill yet."
    how_many = "all" if covered == needs else f"{covered:,} of" if covered else "none of"
    fills = f"Your network fills {how_many} {needs:,} needs."
    if needs == 1:
        fills = f"Your network {'fills' if covered else 'does not yet fill'} the one need there is."
    if covered == needs:
        return fills
    if not rows or rows[0].covered == rows[0].needs:
        return f"{fills} Say which service the rest calls for, and we will look again."
    worst = service_words(match.flow.taxonomy, rows[0].service)
    return f"{fills} Biggest gap: {worst}, asked for {times(rows[0].needs)}."
