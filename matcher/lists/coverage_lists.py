"""Coverage, who gets what, and whom to recruit as lists for a spreadsheet; and which needs a list is narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.answers.covered import Assignment, Cell, Coverage, Recruit, Recruits, Served, ServiceRow, Slot, State
from matcher.coach_kit.services import NOTHING_ADDED, Added, name_of
from matcher.lists.answer_lists import Cell as Value
from matcher.lists.answer_lists import Sheet

STATES: dict[State, str] = {
    "filled": "filled",
    "introduced": "introduced",
    "ready": "ready to introduce",
    "ours": "you do it yourself",
    "gap": "nobody yet",
    "unsorted": "service not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which needs of an assignment are asked for; what is empty does not narrow."""

    service: str = ""
    states: tuple[State, ...] = ()
    business_id: int | None = None


WHOLE = Narrowed()


def narrowed(needs: Iterable[Served], to: Narrowed) -> tuple[Served, ...]:
    """The needs of this service, in one of these states, with this partner."""
    return tuple(
        served
        for served in needs
        if to.service in ("", served.need.service)
        and (not to.states or served.state in to.states)
        and to.business_id in (None, partner_of(served)[0])
    )


def partner_of(served: Served) -> tuple[int | None, str]:
    """Number and name of the partner who fills a need, or is to fill it."""
    if served.partner:
        return served.partner.business_id, served.partner.name
    return served.need.business_id, served.need.business


def coverage_rows(found: Coverage, added: Added = NOTHING_ADDED) -> Sheet:
    """The matrix: a row for each service, a column for each partner, with what stands in the way and is to come.

    Needs of which nobody has said the service have a row, too, so that the columns add up to the headline.
    """
    columns = [slot for slot in found.partners if any(_cell(row.cells, slot.business_id) for row in found.rows)]
    heading = (
        "Service",
        "Needs",
        "Covered",
        "Worth (USD)",
        "Worth covered (USD)",
        "One partner only",
        "Expected within a year",
        "What stands in the way",
        *(f"{slot.name} takes, of those they could" for slot in columns),
    )
    known = {row.service for row in found.rows}
    rest = sorted((code for code in found.expected if code not in known), key=lambda code: -found.expected[code])
    unsorted = _unsorted(found)
    rows = (*found.rows, *((unsorted,) if unsorted.needs else ()), *map(_nothing, rest))
    return heading, [
        (name_of(row.service, added) or STATES["unsorted"].capitalize(), *_row(row, found, columns)) for row in rows
    ]


def _row(row: ServiceRow, found: Coverage, columns: Iterable[Slot]) -> tuple[Value, ...]:
    return (
        row.needs,
        row.covered,
        round(row.value_cents / 100),
        round(row.covered_cents / 100),
        "yes" if row.lone else "no",
        round(found.expected.get(row.service, 0.0), 1),
        " ".join(gap.sentence for gap in found.gaps if gap.service == row.service),
        *(_cell(row.cells, slot.business_id) for slot in columns),
    )


def _unsorted(found: Coverage) -> ServiceRow:
    """What the rows of known services leave of the whole."""
    return ServiceRow(
        service="",
        needs=found.needs - sum(row.needs for row in found.rows),
        covered=found.covered - sum(row.covered for row in found.rows),
        value_cents=found.value_cents - sum(row.value_cents for row in found.rows),
        covered_cents=found.covered_cents - sum(row.covered_cents for row in found.rows),
        cells=(),
        lone=False,
    )


def _nothing(service: str) -> ServiceRow:
    """A service that nobody needs yet."""
    return ServiceRow(service=service, needs=0, covered=0, value_cents=0, covered_cents=0, cells=(), lone=False)


def assignment_rows(found: Assignment, to: Narrowed = WHOLE, added: Added = NOTHING_ADDED) -> Sheet:
    """Who gets what: a row for each need; `added`: services beside ours."""
    heading = (
        "Client",
        "Grade",
        "Service",
        "In their words",
        "State",
        "Partner",
        "Your own choice",
        "Fit (%)",
        "Distance (km)",
        "Why",
        "Or",
        "Worth (USD)",
        "Worth assumed",
        "Heard on",
        "Needed by",
    )
    return heading, (
        (
            served.need.client,
            served.need.grade,
            name_of(served.need.service, added),
            served.need.wording,
            STATES[served.state],
            partner_of(served)[1],
            "yes" if served.need.pinned else "",
            round(100 * served.partner.fit_share) if served.partner else None,
            _km(served.partner.distance_km if served.partner else None),
            served.sentence,
            "; ".join(option.name for option in served.others),
            round(served.need.value_cents / 100),
            "yes" if served.need.value_assumed else "no",
            served.need.heard_on,
            served.need.needed_by,
        )
        for served in narrowed(found.needs, to)
    )


def recruit_rows(found: Recruits) -> Sheet:
    """Whom to recruit next, in order."""
    heading = (
        "Rank",
        "Business",
        "Services",
        "Place",
        "Distance (km)",
        "Chance of a yes (%)",
        "Needs it closes alone",
        "Worth alone (USD)",
        "Needs it adds",
        "Worth added (USD)",
        "Others who close the same",
        "Room",
        "Who could introduce you",
        "In words",
    )
    return heading, (_recruit_row(recruit) for recruit in found.recruits)


def _recruit_row(recruit: Recruit) -> tuple[Value, ...]:
    return (
        recruit.rank,
        recruit.name,
        "; ".join(name_of(code) for code in recruit.services),
        recruit.place,
        _km(recruit.distance_km),
        round(100 * recruit.yes_share),
        len(recruit.alone),
        round(recruit.alone_cents / 100),
        len(recruit.adds),
        round(recruit.adds_cents / 100),
        recruit.alike,
        recruit.room,
        "; ".join(one.name for one in recruit.introducers),
        recruit.sentence,
    )


def _cell(cells: Iterable[Cell], business_id: int) -> str:
    return next((f"{cell.takes} of {cell.could}" for cell in cells if cell.business_id == business_id), "")


def _km(distance_km: float | None) -> float | None:
    return None if distance_km is None else round(distance_km, 1)
