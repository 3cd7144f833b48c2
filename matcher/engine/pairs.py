"""The owner's business beside n candidates: the columns that competition, value and reasons read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers import Home
from matcher.engine.area import covered_share
from matcher.engine.compete import distances_km, overlap_share, shared_km2, tier_gap
from matcher.engine.flow import Floats, Flow
from matcher.engine.index import Index, Offers, Rows
from matcher.engine.known import Known
from matcher.engine.known_columns import KnownColumns, known_columns

LEAST = 1.0  # client a year, and US$ a client: a new firm and a charity are partners too, though they count nothing yet


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Home beside n candidates: the columns that the factors read. Arrays are (n,)."""

    rows: Rows
    main: Rows  # number of the service of theirs that our clients need most
    distance_km: Floats  # NaN: a place is unknown
    overlap: Floats  # C(i,k), 0-1
    sure: Floats  # the highest confidence among their offers, 0-1
    out: Floats  # needs of a client of ours that they serve: F(i->k) if they offer what we think
    into: Floats  # F(k->i), 0-1
    breadth: Floats  # of their services
    clients: Floats  # theirs a year
    refers: Floats  # how readily a business like theirs sends its clients on, 0-1
    usual_clients: Floats  # of their services, a year
    busier: Floats  # their clients over the usual number
    order_usd: Floats  # what one client brings them
    covers_us: Floats  # share of our area they cover
    covered: Floats  # share of their area we cover
    tier_gap: Floats
    rivals: Floats  # partners we already trust with the same need
    fills: Floats  # open needs of our clients that they could fill
    known: KnownColumns  # what the network knows of them
    home: "HomeFigures"

    def at(self, positions: Rows) -> "Pairs":
        """The same columns for some of the candidates, in that order."""
        arrays = {f.name: getattr(self, f.name)[positions] for f in fields(self) if f.name != "home"}
        return Pairs(home=self.home, **arrays)


@dataclass(frozen=True, kw_only=True)
class HomeFigures:
    """The owner's side of every pair, the same for all candidates."""

    home: Home
    ours: Flow  # journeys as our own clients go through them
    offers: Floats  # (S,)
    breadth: float
    sure: float
    clients: float
    refers: float
    usual_clients: float
    busier: float
    order_usd: float
    assumed: tuple[str, ...]
    weights: tuple[float, ...] = ()  # of the log odds of a yes, as learned; none: the priors


def figures_of(flow: Flow, home: Home, weights: tuple[float, ...] = ()) -> HomeFigures:
    """The owner's side, with the usual figures of its services where nobody told us better."""
    offers = flow.offers(home.services)
    total = max(float(offers.sum()), 1e-12)
    usual_clients, usual_order = float(offers @ flow.clients) / total, float(offers @ flow.order_usd) / total
    told_order = None if home.order_value_cents is None else home.order_value_cents / 100
    clients = max(LEAST, usual_clients if home.clients_a_year is None else home.clients_a_year)
    return HomeFigures(
        home=home,
        ours=flow,
        offers=offers,
        breadth=float(offers @ flow.breadth) / total,
        sure=float(offers.max(initial=0.0)),
        clients=clients,
        refers=float(offers @ flow.refers) / total,
        usual_clients=usual_clients,
        busier=clients / usual_clients if usual_clients else 1.0,
        order_usd=max(LEAST, usual_order if told_order is None else told_order),
        assumed=tuple(
            words
            for words, told in (("your clients a year", home.clients_a_year), ("your order value", told_order))
            if told is None
        ),
        weights=weights,
    )


def in_reach(index: Index, home: Home, rows: Rows) -> tuple[Rows, Floats]:
    """Those rows whose area touches ours or whose place is unknown, with their distance in km (NaN: unknown)."""
    if home.lat is not None and home.lon is not None:
        rows = index.near(rows, home.lat, home.lon, home.radius_km)
    distance = distances_km(index, home, rows)
    touching = ~(distance >= home.radius_km + index["radii_km"][rows])
    return rows[touching], distance[touching]


def pair_up(
    index: Index,
    home: Home,
    rows: Rows,
    distance_km: Floats,
    trusted: Collection[int] = (),
    *,
    ours: Flow | None = None,
    known: Mapping[int, Known] = MappingProxyType({}),
    open_needs: Mapping[str, float] = MappingProxyType({}),
    weights: tuple[float, ...] = (),
) -> Pairs:
    """All columns for these rows, at these distances; `trusted` are the ids of partners the owner already has.

    `ours` are the journeys as learned from our own clients; what clients of others need does not follow from them.
    `known` is what the network knows of some businesses, `open_needs` what our clients wait for (service -> how many),
    `weights` those of the odds of a yes as learned.
    """
    flow, figures, offers = index.flow, figures_of(ours or index.flow, home, weights), index.offers(rows)
    sure, _ = offers.highest(offers.confidence, len(rows))
    total = np.maximum(_sum(offers, offers.confidence, rows), 1e-12)
    out, into, main = _flows(index, home, figures, rows, offers)
    usual = _sum(offers, offers.confidence * flow.clients[offers.service], rows) / total
    order = _sum(offers, offers.confidence * flow.order_usd[offers.service], rows) / total
    told, told_order = index["clients"][rows], index["orders_usd"][rows]
    shared = shared_km2(index, home, rows, distance_km)
    clients = np.maximum(LEAST, np.where(np.isnan(told), usual, told))
    return Pairs(
        rows=rows,
        main=main,
        distance_km=distance_km,
        overlap=overlap_share(index, home, rows, offers, shared),
        sure=sure,
        out=out / np.maximum(sure, 1e-12),
        into=into,
        breadth=_sum(offers, offers.confidence * flow.breadth[offers.service], rows) / total,
        clients=clients,
        refers=_sum(offers, offers.confidence * flow.refers[offers.service], rows) / total,
        usual_clients=usual,
        busier=clients / np.maximum(usual, 1e-12),
        order_usd=np.maximum(LEAST, np.where(np.isnan(told_order), order, told_order)),
        covers_us=covered_share(shared, np.full(len(rows), home.radius_km)),
        covered=covered_share(shared, index["radii_km"][rows]),
        tier_gap=tier_gap(index, home, rows),
        rivals=_rivals(index, rows, offers, trusted) / total,
        fills=_sum(offers, offers.confidence * flow.offers(open_needs)[offers.service], rows),
        known=known_columns(index, rows, known, (ours or flow).posterior(figures.offers, home.markets)),
        home=figures,
    )


def _sum(offers: Offers, values: NDArray[np.floating[Any]], rows: Rows) -> Floats:
    return np.asarray(np.bincount(offers.at, weights=values, minlength=len(rows)), dtype=np.float64)


def _flows(index: Index, home: Home, figures: HomeFigures, rows: Rows, offers: Offers) -> tuple[Floats, Floats, Rows]:
    """(n,) sum_t o_kt F(i->t), F(k->i) and the t of the largest term; a pass for each set of declared markets."""
    flow, needs, weight, into = index.flow, np.zeros(len(offers.at)), np.zeros(len(rows)), np.zeros(len(rows))
    declared = index["markets"][rows]
    for number in np.unique(declared):
        theirs = index.market_sets[number]
        outward = figures.ours.outward(figures.offers, home.markets, theirs)
        inward = flow.inward(figures.offers, home.markets, theirs)
        breadth = flow.chance @ (flow.commonness * flow.focus(theirs))
        part = declared[offers.at] == number
        at, service, confidence = offers.at[part], offers.service[part], offers.confidence[part]
        needs[part] = confidence * outward[service]
        weight += np.bincount(at, weights=confidence * breadth[service], minlength=len(rows))
        into += np.bincount(at, weights=confidence * (breadth * inward)[service], minlength=len(rows))
    main = offers.highest(needs, len(rows))[1]
    return _sum(offers, needs, rows), into / np.maximum(weight, 1e-12), main


def _rivals(index: Index, rows: Rows, offers: Offers, trusted: Collection[int]) -> Floats:
    """(n,) sum_s o_ks x how many trusted partners surely offer s, not counting the candidate itself."""
    trusted_rows = np.array([index.row(one) for one in trusted if one in index], dtype=np.int64)
    if not len(trusted_rows):
        return np.zeros(len(rows))
    theirs = index.offers(trusted_rows)
    seats = np.bincount(theirs.service, weights=theirs.confidence, minlength=len(index.flow.codes))
    rivals = _sum(offers, offers.confidence * seats[offers.service], rows)
    own = _sum(offers, offers.confidence**2, rows)
    return np.maximum(0.0, rivals - np.where(np.isin(rows, trusted_rows), own, 0.0))
