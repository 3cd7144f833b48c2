"""Answers on coverage as they may come, for what draws and writes them."""

from collections.abc import Sequence
from typing import Any

from matcher.answers.covered import (
    Assignment,
    Cell,
    Coverage,
    FitTerm,
    Gap,
    NeedCard,
    Option,
    Recruit,
    Recruits,
    Served,
    ServiceRow,
    ServiceToRecruit,
    Slot,
    State,
    Stopped,
    TrendPoint,
    Wish,
)

MOVERS, PAINTER, PLUMBER = 11, 12, 13  # numbers of partners
NAMES = {MOVERS: "Bekele Brothers Movers", PAINTER: "Esperanza Painting Co.", PLUMBER: "Brightwater Plumbing"}


def need(need_id: int, service: str = "moving_company", **changes: Any) -> NeedCard:
    """A need of a client; words change it."""
    told: dict[str, Any] = {
        "client_id": 1,
        "client": "The Okafor family",
        "grade": "A",
        "wording": "",
        "status": "open",
        "heard_on": "2026-03-02",
        "needed_by": "",
        "wish": Wish(),
        "lat": 44.6,
        "lon": -123.0,
        "value_cents": 120_000,
        "value_assumed": False,
    }
    return NeedCard(need_id=need_id, service=service, **told | changes)


def option(business_id: int) -> Option:
    """A partner who could fill a need."""
    terms = (FitTerm(name="sureness", share=0.9, sentence="We are 90% sure that they do this."),)
    return Option(business_id=business_id, name=NAMES[business_id], fit_share=0.63, distance_km=3.4, terms=terms)


def served(need_id: int, state: State, service: str = "moving_company", **changes: Any) -> Served:
    """What becomes of a need in this state."""
    filling = state in ("ready", "introduced", "filled")
    told: dict[str, Any] = {
        "need": need(need_id, service),
        "sentence": f"Need {need_id} is {state}.",
        "partner": option(MOVERS) if filling else None,
    }
    return Served(state=state, **told | changes)


def slot(business_id: int, **changes: Any) -> Slot:
    """The room of a partner."""
    told: dict[str, Any] = {
        "room": 2,
        "room_assumed": True,
        "used": 1,
        "worth_cents": 0,
        "need_id": None,
        "sentence": "",
    }
    return Slot(business_id=business_id, name=NAMES[business_id], **told | changes)


def assignment() -> Assignment:
    """Six needs in all states, with three partners."""
    stopped = (
        Stopped(business_id=PLUMBER, name=NAMES[PLUMBER], filter="full", sentence="They have no room for more."),
    )
    return Assignment(
        needs=(
            served(1, "filled"),
            served(2, "introduced"),
            served(3, "ready", others=(option(PAINTER),)),
            served(4, "ours", "mortgage_broker"),
            served(5, "unsorted", need=need(5, "", wording="the thing in the attic")),
            served(6, "gap", "plumber", stopped=stopped, emptied_by="full"),
        ),
        slots=tuple(slot(business_id) for business_id in NAMES),
        names_offered=2,
    )


def coverage(trend: Sequence[TrendPoint] = ()) -> Coverage:
    """The same needs by service."""
    movers = (Cell(business_id=MOVERS, takes=3, could=3), Cell(business_id=PAINTER, takes=0, could=1))
    rows = (
        row("plumber", 1, 0, ()),
        row("moving_company", 3, 3, movers),
        row("mortgage_broker", 1, 1, ()),
    )
    gap = Gap(service="plumber", filter="full", need_ids=(6,), value_cents=120_000, sentence="They have no room.")
    return Coverage(
        sentence="Your network fills 4 of 6 needs. Biggest gap: plumber, worth $1,200.",
        needs=6,
        covered=4,
        value_cents=720_000,
        covered_cents=480_000,
        by_state={"filled": 1, "introduced": 1, "ready": 1, "ours": 1, "gap": 1, "unsorted": 1},
        rows=rows,
        partners=tuple(slot(business_id) for business_id in NAMES),
        gaps=(gap,),
        lone=("moving_company",),
        expected={"electrician": 0.7, "plumber": 0.2},
        trend=tuple(trend),
    )


def row(service: str, needs: int, covered: int, cells: tuple[Cell, ...]) -> ServiceRow:
    """A line of the matrix, each need worth $1,200."""
    return ServiceRow(
        service=service,
        needs=needs,
        covered=covered,
        value_cents=needs * 120_000,
        covered_cents=covered * 120_000,
        cells=cells,
        lone=len(cells) == 1,
    )


def recruits(count: int = 2) -> Recruits:
    """Plumbers to recruit, the second closing nothing that the first does not."""
    return Recruits(
        sentence="One plumber would close your only gap.",
        recruits=tuple(recruit(rank) for rank in range(1, count + 1)),
        services=(ServiceToRecruit(service="plumber", need_ids=(6,), value_cents=120_000, candidates=3, could=1),),
        gaps=1,
        gap_cents=120_000,
        closed=1,
        closed_cents=120_000,
        left={"area": 2},
    )


def recruit(rank: int) -> Recruit:
    """A plumber at this rank."""
    first = rank == 1
    return Recruit(
        rank=rank,
        business_id=100 + rank,
        name=f"Plumber {rank}",
        services=("plumber",),
        place="Wrenfield",
        distance_km=2.0,
        yes_share=0.4,
        alone=(6,),
        alone_cents=120_000,
        adds=(6,) if first else (),
        adds_cents=120_000 if first else 0,
        alike=1,
        room=2,
        introducers=(),
        sentence="They would close one need.",
    )
