"""Coverage as two bars: how many needs are in which state, and what they are worth. Pure geometry, in hundredths."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.answers.covered import Served, State

FULL = 100.0  # length of a whole bar, in the bar's own units
STATES: dict[State, str] = {  # in the order in which a bar shows them
    "filled": "Filled",
    "introduced": "Introduced",
    "ready": "Ready to introduce",
    "ours": "You do it yourself",
    "gap": "Nobody yet",
    "unsorted": "Service not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The part of a bar that one state takes."""

    state: State
    start: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One state with all its numbers: the same as in the bars."""

    state: State
    title: str
    needs: int
    cents: int


def state_rows(needs: Iterable[Served]) -> tuple[StateRow, ...]:
    """The states that occur, with how many needs they hold and what these are worth."""
    kept = tuple(needs)
    rows = []
    for state, title in STATES.items():
        those = [served.need.value_cents for served in kept if served.state == state]
        if those:
            rows.append(StateRow(state=state, title=title, needs=len(those), cents=sum(those)))
    return tuple(rows)


def segments(amounts: Mapping[State, int]) -> tuple[Segment, ...]:
    """A bar of `FULL` length, cut in proportion to the amounts; nothing for a state without any."""
    total = sum(amounts.values())
    found, start = [], 0.0
    for state in STATES:
        length = FULL * amounts.get(state, 0) / total if total else 0.0
        if length:
            found.append(Segment(state=state, start=start, length=length))
        start += length
    return tuple(found)
