"""Filling needs again, slow and plain: who may take what one pair at a time, and the best of all by three solvers."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

import networkx as nx
import numpy as np
from scipy.optimize import linprog

from matcher.answers.covered import NeedCard
from matcher.answers.partners import Home
from matcher.engine.assign import FAIRNESS, HALF
from matcher.engine.compete import COMPETES
from tests.engine import obvious
from tests.engine.needy import HOME, Town

GRADES = {"A": 1.5, "B": 1.0, "C": 0.6, "": 1.0}
Pairs = Mapping[int, Mapping[int, float]]  # need -> who may take it -> fit


def away(one: NeedCard, other: Home) -> float | None:
    """Kilometres from a client to a business."""
    return obvious.distance(Home(services={}, lat=one.lat, lon=one.lon), other)


def stop(town: Town, one: NeedCard, other: Home) -> str:
    """The first filter that stops a business from a need; empty when none does, room aside."""
    told, distance = town.known(other.business_id or 0), away(one, other)
    competes = obvious.overlap(HOME, other) >= COMPETES if told.competes is None else told.competes
    gap = 0 if one.wish.tier is None or other.tier is None else abs(one.wish.tier - other.tier)
    within = float("inf") if one.wish.within_km is None else one.wish.within_km
    stops = {
        "service": other.services.get(one.service, 0.0) < 0.35,
        "competitor": competes,
        "area": distance is not None and distance > min(other.radius_km, within),
        "price": gap >= 2,
        "language": bool(one.wish.language) and one.wish.language not in (told.languages or ()),
        "trust": told.trust_share is not None and told.trust_share < 0.3,
        "resting": told.asked_days is not None and told.asked_days < 7,
    }
    return next((name for name, stopped in stops.items() if stopped), "")


def fit(town: Town, one: NeedCard, other: Home) -> float:
    """How well a business fits a need."""
    told, distance = town.known(other.business_id or 0), away(one, other)
    gap = 0 if one.wish.tier is None or other.tier is None else abs(one.wish.tier - other.tier)
    terms = (
        other.services.get(one.service, 0.0),
        obvious.mean(0.7, told.filled),
        (1.0, 0.7, 0.3)[gap],
        1.0 if distance is None else 1 / (1 + distance / other.radius_km),
        0.5 + 0.5 * (0.5 if told.trust_share is None else told.trust_share),
    )
    return prod(terms)


def chosen(one: NeedCard) -> bool:
    """Whether somebody's word says who has the need."""
    return one.status != "open" or one.pinned


def pairs(town: Town) -> dict[int, dict[int, float]]:
    """Who may take each need that is to be given, room aside, with the fit."""
    wanted = [one for one in town.needs if not chosen(one) and one.service not in ("", "plumber")]
    return {
        one.need_id: {b.business_id or 0: fit(town, one, b) for b in town.businesses if not stop(town, one, b)}
        for one in wanted
    }


def free(town: Town) -> dict[int, int]:
    """Room of each business beside what it holds."""
    found = {}
    for one in town.businesses:
        told, business_id = town.known(one.business_id or 0), one.business_id or 0
        usual = one.clients_a_year or obvious.usual(obvious.taxonomy(), one, "clients_low", "clients_high")
        room = min(20, max(1, round(max(1.0, usual) / 12))) if told.room is None else told.room
        holds = sum(n.business_id == business_id and chosen(n) and n.status != "filled" for n in town.needs)
        found[business_id] = 0 if told.has_room is False else max(0, room - max(told.used, holds))
    return found


def worths(town: Town) -> dict[int, float]:
    """What each need counts."""
    return {one.need_id: max(1, one.value_cents) * GRADES[one.grade] for one in town.needs}


def slot_cost(got: float) -> float:
    """What the next slot of somebody costs who got so many, in mean values of a need."""
    return FAIRNESS * got / (got + HALF)


def gain(town: Town, given: Mapping[int, int]) -> float:
    """What an assignment (need -> business) comes to: fit by worth, less what slots cost."""
    may, worth = pairs(town), worths(town)
    if not given:
        return 0.0
    mean = sum(worth[n] for n in given) / len(given)
    total = sum(worth[n] / mean * may[n][b] for n, b in given.items())
    for one in set(given.values()):
        load = town.known(one).load
        total -= sum(slot_cost(load + k) for k in range(list(given.values()).count(one)))
    return total


def everything(town: Town) -> list[dict[int, int]]:
    """Every way to give needs within the room of each business."""
    may, room = pairs(town), free(town)
    ways = []
    for choice in product(*([None, *may[n]] for n in may)):
        given = {n: b for n, b in zip(may, choice, strict=True) if b is not None}
        if all(list(given.values()).count(b) <= room[b] for b in set(given.values())):
            ways.append(given)
    return ways


def most_filled(town: Town, by: Mapping[int, float]) -> float:
    """The largest sum of `by` over needs that can be filled together, by linear programming."""
    edges = [(n, b) for n, those in pairs(town).items() for b in those]
    if not edges:
        return 0.0
    room = free(town)
    rows = [[float(n == one) for n, _ in edges] for one in by] + [[float(b == one) for _, b in edges] for one in room]
    found = linprog([-by[n] for n, _ in edges], A_ub=rows, b_ub=[*(1.0 for _ in by), *room.values()], method="highs")
    return float(-found.fun)


def best_gain(town: Town, filled: Sequence[int]) -> float:
    """The largest gain with exactly these needs filled, by linear programming."""
    may, worth, room = pairs(town), worths(town), free(town)
    if not filled:
        return 0.0
    mean = sum(worth[n] for n in filled) / len(filled)
    edges = [(n, b) for n in filled for b in may[n]]
    slots = [(b, k) for b, count in room.items() for k in range(count)]
    costs = [-worth[n] / mean * may[n][b] for n, b in edges]
    costs += [slot_cost(town.known(b).load + k) for b, k in slots]
    rows = [[float(n == one) for n, _ in edges] + [0.0] * len(slots) for one in filled]
    rows += [[float(b == one) for _, b in edges] + [-float(b == one) for b, _ in slots] for one in room]
    goal = [1.0] * len(filled) + [0.0] * len(room)
    found = linprog(costs, A_eq=np.array(rows), b_eq=goal, bounds=(0, 1), method="highs")
    return float(-found.fun)


def by_networkx(town: Town, filled: Sequence[int] | None = None) -> dict[int, int]:
    """The heaviest matching of needs and slots by networkx: of all needs by worth, or of these by gain."""
    may, worth, room = pairs(town), worths(town), free(town)
    graph: nx.Graph[tuple[str, int, int]] = nx.Graph()
    wanted = list(may) if filled is None else list(filled)
    mean = sum(worth[n] for n in wanted) / max(1, len(wanted))
    for n in wanted:
        for b, fits in may[n].items():
            for k in range(room[b]):
                gained = worth[n] / mean * fits - slot_cost(town.known(b).load + k)
                weight = worth[n] * 1000 if filled is None else (gained + 1) * 1e9
                graph.add_edge(("need", n, 0), ("slot", b, k), weight=round(weight))
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    both = [sorted(edge) for edge in matching]  # "need" stands before "slot"
    return {one[1]: other[1] for one, other in both}
