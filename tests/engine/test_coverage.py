"""How much of what clients need is filled."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from matcher.answers.covered import Cell, Coverage, TrendPoint, Wish
from matcher.engine.coverage import coverage, trend_point
from matcher.engine.takers import Told
from tests.engine.needy import KM, TOWN, Town, business, need, partners_of, towns

FAR = TOWN[0] + 30 * KM


def covered(town: Town) -> Coverage:
    """The coverage of a town, with nothing expected."""
    return coverage(town.match(), {})


@settings(max_examples=150)
@given(towns())
def test_everything_adds_up(town: Town) -> None:
    """States, rows and gaps add up to the needs and to what is covered, by number and by value."""
    match = town.match()
    found = coverage(match, {})
    assert found.needs == len(town.needs) == sum(found.by_state.values())
    assert found.value_cents == sum(one.value_cents for one in town.needs)
    sorted_ones = [one for one in town.needs if one.service]
    assert sum(row.needs for row in found.rows) == len(sorted_ones)
    assert sum(row.value_cents for row in found.rows) == sum(one.value_cents for one in sorted_ones)
    assert found.covered == sum(found.by_state[state] for state in ("filled", "introduced", "ready", "ours"))
    assert found.covered + found.by_state["gap"] + found.by_state["unsorted"] == found.needs
    assert sum(len(gap.need_ids) for gap in found.gaps) == found.by_state["gap"]
    unsorted_cents = sum(
        n.value_cents for n, state in zip(match.needs, match.states, strict=True) if state == "unsorted"
    )
    assert found.covered_cents + unsorted_cents + sum(gap.value_cents for gap in found.gaps) == found.value_cents


@settings(max_examples=100)
@given(towns())
def test_cells_are_who_takes_and_could(town: Town) -> None:
    """A cell counts the needs of a service that a partner has or gets; it could take at least as many."""
    match = town.match()
    partners, service = partners_of(match), {one.need_id: one.service for one in town.needs}
    for row in coverage(match, {}).rows:
        takes = {cell.business_id: cell.takes for cell in row.cells if cell.takes}
        given_to = [b for n, b in partners.items() if b is not None and service[n] == row.service]
        assert takes == {b: given_to.count(b) for b in given_to}
        assert all(cell.could >= cell.takes for cell in row.cells)
        assert row.lone == (len(row.cells) == 1 and row.service != "plumber")


@settings(max_examples=100)
@given(towns())
def test_the_largest_gap_comes_first(town: Town) -> None:
    """Rows stand by how many needs of a service are open, gaps by what they are worth, each with a sentence."""
    found = covered(town)
    missing = [row.needs - row.covered for row in found.rows]
    assert missing == sorted(missing, reverse=True)
    worth = [gap.value_cents for gap in found.gaps]
    assert worth == sorted(worth, reverse=True)
    assert len({(gap.service, gap.filter) for gap in found.gaps}) == len(found.gaps)
    assert all(gap.sentence.endswith(".") for gap in found.gaps)
    assert [slot.business_id for slot in found.partners] == sorted(one.business_id or 0 for one in town.businesses)


def many(count: int, service: str = "electrician", first: int = 1, **told: Any) -> list[Any]:
    """So many needs for one service."""
    return [need(n, service, **told) for n in range(first, first + count)]


@pytest.mark.parametrize(
    ("needs", "sentence"),
    [
        ([], "There is no need of a client to fill yet."),
        (many(1), "Your network fills the one need there is."),
        (many(3), "Your network fills all 3 needs."),
        (
            [*many(3), *many(2, "roofer", first=10)],
            "Your network fills 3 of 5 needs. Biggest gap: roofing contractor, asked for twice.",
        ),
        (
            [*many(1), *many(1, "roofer", first=10)],
            "Your network fills 1 of 2 needs. Biggest gap: roofing contractor, asked for once.",
        ),
        (
            many(9, "roofer"),
            "Your network fills none of 9 needs. Biggest gap: roofing contractor, asked for 9 times.",
        ),
        (
            [*many(1), *many(1, "", first=10)],
            "Your network fills 1 of 2 needs. Say which service the rest calls for, and we will look again.",
        ),
        (
            many(1, ""),
            "Your network does not yet fill the one need there is. "
            "Say which service the rest calls for, and we will look again.",
        ),
    ],
)
def test_the_headline(needs: list[Any], sentence: str) -> None:
    """The headline says how many of how many needs are filled, and what is missing most."""
    assert covered(Town([business(1)], {1: Told(room=9)}, needs)).sentence == sentence


def test_one_partner_for_a_service_is_lone() -> None:
    """A service that one partner alone could fill is named; one that two could fill, or that we sell, is not."""
    town = Town(
        [business(1, "electrician", "roofer"), business(2, "roofer"), business(3, "plumber")],
        {3: Told(competes=False)},
        [*many(2), *many(2, "roofer", first=5), *many(1, "plumber", first=9), *many(1, "painter", first=10)],
    )
    assert covered(town).lone == ("electrician",)


def test_a_row_of_the_matrix() -> None:
    """A row says who takes how many needs of a service and how many they could take, also beyond the filters."""
    town = Town(
        [business(1), business(2, lat=TOWN[0] + 15 * KM), business(3, "roofer"), business(4)],
        {1: Told(room=1), 4: Told(competes=True)},
        [*many(2), need(3, pinned=True, business_id=3), need(4, lat=FAR)],
    )
    (row,) = covered(town).rows
    assert (row.needs, row.covered) == (4, 4)
    assert set(row.cells) == {
        Cell(business_id=1, takes=1, could=3),
        Cell(business_id=2, takes=2, could=4),
        Cell(business_id=3, takes=1, could=1),
    }


@pytest.mark.parametrize(
    ("told", "wish", "words"),
    [
        (Told(competes=True), Wish(), "only businesses that compete with you do this, and 2 needs wait."),
        (Told(), Wish(within_km=1.0), "nobody who does this is near enough to 2 clients."),
        (Told(), Wish(tier=1), "nobody near has the prices that are wanted, and 2 needs wait."),
        (Told(), Wish(language="es"), "we know of nobody who speaks Spanish, and 2 needs wait."),
        (Told(trust_share=0.0), Wish(), "you trust nobody enough who could do this, and 2 needs wait."),
        (Told(asked_days=3), Wish(), "whoever could do this was asked only lately, and 2 needs wait."),
        (Told(room=0), Wish(), "whoever could do this is full, and 2 needs wait."),
    ],
)
def test_a_gap_says_what_would_help(told: Told, wish: Wish, words: str) -> None:
    """The needs of a service that one filter leaves open are told in one sentence, with what would help."""
    town = Town([business(1, lat=TOWN[0] + 5 * KM, tier=3)], {1: told}, many(2, wish=wish))
    (gap,) = covered(town).gaps
    assert gap.need_ids == (1, 2)
    assert gap.sentence.startswith(f"Electrician: {words} ")


def test_one_need_and_nobody() -> None:
    """One need alone is told in the singular."""
    (gap,) = covered(Town([], {}, many(1))).gaps
    assert gap.sentence == "Electrician: nobody in your network does this, and 1 need waits. Find a partner for it."


def test_an_earlier_day() -> None:
    """Coverage of an earlier day comes from the partners and the needs of that day, and is shown as given."""
    town = Town([business(1), business(2, "roofer")], {}, [*many(2), *many(1, "roofer", first=5)])
    before = replace(town, businesses=town.businesses[:1])
    points = [trend_point("2026-01-31", before.match()), trend_point("2026-02-28", town.match())]
    assert points == [
        TrendPoint(day="2026-01-31", needs=3, covered=2),
        TrendPoint(day="2026-02-28", needs=3, covered=3),
    ]
    found = coverage(town.match(), {"painter": 2.5}, points)
    assert found.trend == tuple(points)
    assert found.expected == {"painter": 2.5}
