"""How soon 3,000 needs find their partners, and how near the best possible assignment. The owners are made up, by seed.

200 clients around a town have 15 needs each, one of each of 15 services; partners sell one to three of them. The best
possible is the optimum of a linear program over all pairs, solved by HiGHS, for the needs that are filled.
"""

import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import TypeVar

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from matcher.answers.covered import NeedCard, Wish
from matcher.answers.partners import Home
from matcher.engine.assign import slot_cost
from matcher.engine.columns import Columns
from matcher.engine.fill import NOBODY
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.kernels import runs
from matcher.engine.match import Match, matched
from matcher.engine.served import assignment_of
from matcher.engine.takers import Takers, Told, takers
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.bench.tables import Cell, Report

CLIENTS, SERVICES = 200, 15
PARTNERS = (60, 2000)
TOWN, DEGREES = (32.22, -110.97), 0.2  # where clients and partners are, and how far they are spread
TIMES = 9
HOME = Home(services={"plumber": 1.0}, lat=TOWN[0], lon=TOWN[1])
FLOW = flow_of(taxonomy())
Found = TypeVar("Found")


def report() -> Report:
    """The table: a row for each number of partners."""
    return Report(title=f"Made data: {CLIENTS * SERVICES:,} needs of {CLIENTS} clients", rows=rows())


def rows(partners: tuple[int, ...] = PARTNERS) -> list[dict[str, Cell]]:
    """Seconds (middle of nine), share of the optimum and the most memory that the work took, by number of partners."""
    return [_row(count) for count in partners]


def _row(count: int) -> dict[str, Cell]:
    needs, those = made_needs(), made_takers(count)
    matching, match = _seconds(lambda: matched(needs, those, HOME, FLOW))
    answering, _ = _seconds(lambda: assignment_of(match))
    tracemalloc.start()
    matched(needs, those, HOME, FLOW)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    given = match.partner != NOBODY
    return {
        "partners": count,
        "pairs": len(match.eligible.takers),
        "filled": int(given.sum()),
        "seconds": matching,
        "seconds for the sentences": answering,
        "share of the optimum": gain(match) / optimum(match) if given.any() else 1.0,
        "memory MB": peak / 1e6,
    }


def _seconds(act: Callable[[], Found]) -> tuple[float, Found]:
    """The middle time of some runs, and what the last gave."""
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        found = act()
        spent.append(time.perf_counter() - started)
    return median(spent), found


def services() -> list[str]:
    """The services that clients need, the same in every run."""
    drawn = np.random.default_rng(0).permutation([code for code in FLOW.codes if code not in HOME.services])
    return [str(code) for code in drawn[:SERVICES]]


def made_needs(seed: int = 1) -> list[NeedCard]:
    """Clients with a need of each service; some want a price level or somebody near, a few a language."""
    rng, found = np.random.default_rng(seed), list[NeedCard]()
    for client in range(CLIENTS):
        lat, lon = np.array(TOWN) + rng.normal(0, DEGREES, 2)
        for service in services():
            wish = Wish(
                tier=int(rng.integers(1, 4)) if rng.random() < 0.3 else None,
                within_km=20.0 if rng.random() < 0.2 else None,
                language="es" if rng.random() < 0.05 else "",
            )
            found.append(
                NeedCard(
                    need_id=len(found) + 1,
                    client_id=client + 1,
                    client=f"Client {client + 1}",
                    grade=("A", "B", "C", "")[client % 4],
                    service=service,
                    wording="",
                    status="open",
                    heard_on="2026-03-02",
                    needed_by="",
                    wish=wish,
                    lat=float(lat),
                    lon=float(lon),
                    value_cents=int(rng.lognormal(10, 1)),
                    value_assumed=False,
                )
            )
    return found


def made_takers(count: int, seed: int = 2) -> Takers:
    """Partners who sell one to three of the services, half of them known a little; room by the clients they see."""
    rng = np.random.default_rng(seed)
    ids = np.arange(1, count + 1)
    sold = [rng.choice(services(), rng.integers(1, 4), replace=False) for _ in ids]
    offered = np.repeat(ids, [len(some) for some in sold])
    columns = Columns(
        ids=ids,
        lats=TOWN[0] + rng.normal(0, DEGREES, count),
        lons=TOWN[1] + rng.normal(0, DEGREES, count),
        radii_km=rng.choice([15.0, 25.0, 40.0], count),
        tiers=np.where(rng.random(count) < 0.5, rng.integers(1, 4, count), np.nan),
        clients_a_year=rng.integers(5, 200, count),
        order_values_cents=np.full(count, np.nan),
        offer_ids=offered,
        offer_services=[str(service) for some in sold for service in some],
        offer_confidences=rng.choice([1.0, 0.8, 0.4], len(offered)),
    )
    told = {
        business_id: Told(
            load=float(rng.poisson(1)),
            trust_share=float(rng.uniform(0.2, 1)),
            filled=(float(rng.poisson(2)), float(rng.poisson(1))),
            languages=("es",) if rng.random() < 0.2 else None,
        )
        for business_id in ids[: count // 2].tolist()
    }
    index = Index(FLOW, columns)
    return takers(index, HOME, index.visible(SHARED), told)


def gain(match: Match) -> float:
    """What the assignment comes to: fit by worth, less what slots cost."""
    needs = np.flatnonzero(match.partner != NOBODY)
    value = match.worth[needs] / match.worth[needs].mean()
    begins, partner = match.eligible.begins, match.partner
    at = [begins[n] + int(np.flatnonzero(match.eligible.of(n) == partner[n])[0]) for n in needs.tolist()]
    slots = np.repeat(np.arange(len(match.given)), match.given)
    before = np.arange(len(slots)) - np.repeat(np.cumsum(match.given) - match.given, match.given)
    return float(value @ match.eligible.fit[at] - slot_cost(match.takers.load[slots] + before).sum())


def optimum(match: Match) -> float:
    """The most that any assignment of the same needs comes to, whoever takes them: a linear program over all pairs."""
    needs, may, takers = np.flatnonzero(match.partner != NOBODY), match.eligible, match.takers
    counts = may.counts[needs]
    pairs = runs(may.begins[needs], counts)
    need, taker = np.repeat(np.arange(len(needs)), counts), may.takers[pairs]
    room = np.minimum(np.maximum(0, takers.room - takers.used), np.bincount(taker, minlength=len(takers)))
    slots = np.repeat(np.arange(len(room)), room)
    before = np.arange(len(slots)) - np.repeat(np.cumsum(room) - room, room)
    value = match.worth[needs] / match.worth[needs].mean()
    costs = np.concatenate([-value[need] * may.fit[pairs], slot_cost(takers.load[slots] + before)])
    column = np.arange(len(costs))
    lines = np.concatenate([need, len(needs) + taker, len(needs) + slots])
    columns = np.concatenate([column[: len(need)], column])
    signs = np.concatenate([np.ones(2 * len(need)), -np.ones(len(slots))])
    table = csr_array((signs, (lines, columns)), shape=(len(needs) + len(takers), len(costs)))
    goal = np.concatenate([np.ones(len(needs)), np.zeros(len(takers))])
    return float(-linprog(costs, A_eq=table, b_eq=goal, bounds=(0, 1), method="highs").fun)
