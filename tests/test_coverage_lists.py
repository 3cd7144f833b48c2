"""Coverage, who gets what, and whom to recruit as rows for a spreadsheet."""

from dataclasses import replace
from typing import Any

import pytest

from matcher.lists.answer_lists import Sheet
from matcher.lists.coverage_lists import Narrowed, assignment_rows, coverage_rows, narrowed, partner_of, recruit_rows
from tests.webapp.made_coverage import MOVERS, NAMES, assignment, coverage, need, recruits, served


def columns(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows by heading."""
    heading, rows = sheet
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_coverage_has_a_row_for_each_service_also_for_those_to_come() -> None:
    """Every service that is needed or to expect has one row, with its gap and each partner who could."""
    rows = columns(coverage_rows(coverage()))
    assert [row["Service"] for row in rows] == [
        "Plumber",
        "Moving company",
        "Mortgage broker or home lender",
        "Service not known",
        "Electrician",
    ]
    plumber, movers, *_, electrician = rows
    assert (plumber["Needs"], plumber["Covered"], plumber["What stands in the way"]) == (1, 0, "They have no room.")
    assert plumber["Expected within a year"] == 0.2
    assert movers[f"{NAMES[MOVERS]} takes, of those they could"] == "3 of 3"
    assert (electrician["Needs"], electrician["Expected within a year"]) == (0, 0.7)


def test_the_columns_add_up_to_the_headline() -> None:
    """All needs of the headline are in the rows, also those of which nobody has said the service."""
    found = coverage()
    rows = columns(coverage_rows(found))
    assert [sum(row[name] for row in rows) for name in ("Needs", "Covered")] == [found.needs, found.covered]
    assert sum(row["Worth (USD)"] for row in rows) == found.value_cents / 100
    every_service_known = replace(found, needs=5, value_cents=sum(row.value_cents for row in found.rows))
    assert "Service not known" not in {row["Service"] for row in columns(coverage_rows(every_service_known))}


def test_who_gets_what_has_a_row_for_each_need() -> None:
    """A need is a row with its partner, why, and who else could."""
    rows = columns(assignment_rows(assignment()))
    assert len(rows) == len(assignment().needs)
    ready = rows[2]
    assert (ready["Partner"], ready["Or"], ready["Fit (%)"]) == (NAMES[MOVERS], "Esperanza Painting Co.", 63)
    assert rows[4]["In their words"] == "the thing in the attic"
    assert rows[5]["Partner"] == ""


@pytest.mark.parametrize(
    ("to", "kept"),
    [
        (Narrowed(), [1, 2, 3, 4, 5, 6]),
        (Narrowed(service="moving_company"), [1, 2, 3]),
        (Narrowed(states=("gap",)), [6]),
        (Narrowed(states=("introduced", "ready")), [2, 3]),
        (Narrowed(business_id=MOVERS), [1, 2, 3]),
        (Narrowed(service="moving_company", states=("ready",), business_id=MOVERS), [3]),
        (Narrowed(service="plumber", states=("ready",)), []),
    ],
)
def test_what_is_shown_is_what_is_kept(to: Narrowed, kept: list[int]) -> None:
    """The same filters narrow the list and the file."""
    assert [served.need.need_id for served in narrowed(assignment().needs, to)] == kept
    assert len(columns(assignment_rows(assignment(), to))) == len(kept)


def test_who_was_introduced_stays_the_partner() -> None:
    """A partner of whom nothing is known any more is named by the need itself."""
    left = served(1, "introduced", partner=None, need=need(1, business_id=77, business="Gone & Co."))
    assert partner_of(left) == (77, "Gone & Co.")


def test_recruits_say_what_each_would_close() -> None:
    """A recruit is a row with what it closes alone and what it adds after those before."""
    first, second = columns(recruit_rows(recruits()))
    assert (first["Needs it closes alone"], first["Needs it adds"], first["Worth added (USD)"]) == (1, 1, 1200)
    assert (second["Needs it closes alone"], second["Needs it adds"], second["Worth added (USD)"]) == (1, 0, 0)
