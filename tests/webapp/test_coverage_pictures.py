"""Where things stand in the pictures of coverage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.covered import TrendPoint
from tests.webapp.made_coverage import MOVERS, PAINTER, PLUMBER, assignment, coverage
from webapp.bars import FULL, STATES, segments, state_rows
from webapp.matrix import matrix
from webapp.trend import APART, HEIGHT, WIDTH, trend

AMOUNTS = st.dictionaries(st.sampled_from(list(STATES)), st.integers(0, 10**9))


@given(AMOUNTS)
def test_a_bar_is_cut_in_proportion(amounts: dict) -> None:
    """The parts of a bar follow each other without a gap, are as long as their amounts say, and none is empty."""
    cut = segments(amounts)
    total = sum(amounts.values())
    assert {part.state for part in cut} == {state for state, amount in amounts.items() if amount}
    end = 0.0
    for part in cut:
        assert part.start == pytest.approx(end, abs=1e-6)
        assert part.length == pytest.approx(FULL * amounts[part.state] / total)
        end = part.start + part.length
    assert end == pytest.approx(FULL if total else 0.0)


def test_the_rows_beside_the_bars_count_every_need() -> None:
    """Each need is in the row of its state, with what it is worth."""
    needs = assignment().needs
    rows = state_rows(needs)
    assert sum(row.needs for row in rows) == len(needs)
    assert sum(row.cents for row in rows) == sum(served.need.value_cents for served in needs)
    assert [row.state for row in rows] == ["filled", "introduced", "ready", "ours", "gap", "unsorted"]


def test_the_matrix_shows_who_takes_and_who_could() -> None:
    """A partner who takes needs is a full square with their number, one who only could a light one, others nothing."""
    drawn = matrix(coverage(), assignment().needs)
    assert [slot.business_id for slot in drawn.columns] == [MOVERS, PAINTER]
    assert [slot.business_id for slot in drawn.idle] == [PLUMBER]
    squares = {line.service: [(square.look, square.number) for square in line.squares] for line in drawn.lines}
    assert squares["moving_company"] == [("takes", 3), ("could", 1)]
    assert squares["plumber"] == [("none", 0), ("none", 0)]


def test_the_matrix_counts_gaps_and_our_own() -> None:
    """A line says how many of its needs nobody fills, and how many the owner does."""
    drawn = matrix(coverage(), assignment().needs)
    lines = {line.service: (line.needs, line.covered, line.open, line.ours) for line in drawn.lines}
    assert lines == {"plumber": (1, 0, 1, 0), "moving_company": (3, 3, 0, 0), "mortgage_broker": (1, 1, 0, 1)}
    assert drawn.with_ours


def _points(*pairs: tuple[int, int]) -> list[TrendPoint]:
    return [TrendPoint(day=f"2026-{at:02d}-28", needs=n, covered=c) for at, (n, c) in enumerate(pairs, 1)]


def test_a_line_needs_two_days() -> None:
    """Before there were needs, and on the first day with any, there is no line to draw."""
    assert trend(_points()) is None
    assert trend(_points((0, 0), (0, 0), (4, 2))) is None
    assert trend(_points((0, 0), (3, 1), (4, 2))) is not None


def test_the_lines_end_at_their_numbers() -> None:
    """More is higher, all is the top when it is the most of the year, and labels never cover each other."""
    drawn = trend(_points((2, 0), (8, 7), (8, 8)))
    assert drawn is not None
    needs, covered = drawn.last
    assert needs == covered
    assert 0 <= needs[1] < drawn.base < HEIGHT
    assert needs[0] < WIDTH
    assert drawn.labels[1] - drawn.labels[0] >= APART
    lower = trend(_points((2, 0), (8, 7), (8, 4)))
    assert lower is not None
    assert lower.last[1][1] > covered[1]
