"""The owner's business beside n candidates: the columns that competition, value and reasons read.

What depends on a candidate's kind alone is worked out once a kind; its place adds a few columns, and only those.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from matcher.answers.partners import Home
from matcher.engine.area import UNKNOWN_SHARE, covered_share, lens_km2
from matcher.engine.columns import Floats
from matcher.engine.compete import distances_km, ruled, same_share, tier_gap
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.kernels import distinct, sums
from matcher.engine.kinds import LEAST, Rows
from matcher.engine.known_columns import KnownColumns, known_columns, strangers
from matcher.engine.question import Question

STRANGER = strangers(1)  # one stands for all of them


@dataclass(frozen=True, kw_only=True)
class Placed:
    """What the place of each of n candidates adds."""

    distance_km: Floats  # NaN: a place is unknown
    overlap: Floats  # C(i,k), 0-1
    covers_us: Floats  # share of our area they cover
    covered: Floats  # share of their area we cover


@dataclass(frozen=True, kw_only=True)
class Pairs(Placed):
    """Home beside n candidates: the columns that the factors read. Arrays are (n,)."""

    rows: Rows
    kinds: Rows
    main: Rows  # number of the service of theirs that our clients need most
    same: Floats  # overlap if both worked in the same area, 0-1
    sure: Floats  # the highest confidence among their offers, 0-1
    out: Floats  # needs of a client of ours that they serve: F(i->k) if they offer what we think
    into: Floats  # F(k->i), 0-1
    breadth: Floats  # of their services
    clients: Floats  # theirs a year
    refers: Floats  # how readily a business like theirs sends its clients on, 0-1
    usual_clients: Floats  # of their services, a year
    busier: Floats  # their clients over the usual number
    order_usd: Floats  # what one client brings them
    radius_km: Floats  # theirs
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
        weights=weights,
        breadth=float(offers @ flow.breadth) / total,
        sure=float(offers.max(initial=0.0)),
        clients=clients,
        refers=float(offers @ flow.refers) / total,
        usual_clients=usual_clients,
        busier=clients / usual_clients if usual_clients else 1.0,
        order_usd=max(LEAST, usual_order if told_order is None else told_order),
        assumed=tuple(
            words
            for words, told in (
                ("your clients a year", home.clients_a_year),
                ("your order value", home.order_value_cents),
            )
            if told is None
        ),
    )


def in_reach(index: Index, home: Home, rows: Rows) -> tuple[Rows, Floats]:
    """Those rows whose area touches ours or whose place is unknown, with their distance in km (NaN: unknown)."""
    distance = distances_km(index, home, rows)
    touching = ~(distance >= home.radius_km + index.kinds["radii_km"][index["kinds"][rows]])
    return rows[touching], distance[touching]


def placed(home: Home, same: Floats, radius_km: Floats, distance: Floats) -> Placed:
    """What distances add for candidates of some kind: the areas that both serve, and so how far they compete."""
    ours = np.full(len(distance), home.radius_km)
    shared = lens_km2(distance, radius_km, ours)
    small = np.minimum(radius_km, home.radius_km)
    return Placed(
        distance_km=distance,
        overlap=same * covered_share(shared, small, unknown=1.0),
        covers_us=covered_share(shared, ours),
        covered=covered_share(shared, radius_km),
    )


def nowhere(same: Floats) -> Placed:
    """The same where a place is unknown."""
    unknown = np.full(len(same), UNKNOWN_SHARE)
    return Placed(distance_km=np.full(len(same), np.nan), overlap=same, covers_us=unknown, covered=unknown)


def pair_up(index: Index, question: Question, rows: Rows, distance: Floats) -> Pairs:
    """The owner beside these rows, at these distances, with all that the network knows of them."""
    home = question.home
    kinds, at = distinct(index["kinds"][rows], len(index.kinds))
    trusted = index.rows(question.trusted, question.network_id)
    beside = beside_kinds(index, question, kinds)
    pairs = replace(beside, main=_main(index, beside), known=strangers(len(kinds))).at(at)
    own = np.isin(rows, trusted)
    rivals = pairs.rivals - own * own_seat(index, pairs.kinds) if own.any() else pairs.rivals
    place = placed(home, pairs.same, pairs.radius_km, distance)
    columns = {f.name: getattr(place, f.name) for f in fields(place)}
    clients = pairs.home.ours.posterior(pairs.home.offers, home.markets)
    columns["overlap"] = ruled(place.overlap, index["ids"][rows], question.known)
    known = known_columns(index, rows, question.known, clients)
    return replace(pairs, rows=rows, rivals=np.maximum(0.0, rivals), known=known, **columns)


def beside_kinds(index: Index, question: Question, kinds: Rows) -> Pairs:
    """The owner beside some kinds of strangers, as if nobody knew where they are; their main services are left open."""
    home, table, count = question.home, index.kinds, len(kinds)
    figures = figures_of(question.ours or index.flow, home, question.weights)
    groups, outward, inward = _flows(index, figures, kinds)
    out, into, common = sums(table.sold(kinds), groups, (outward, inward, figures.offers))
    own = ("sure", "breadth", "clients", "refers", "usual_clients", "busier", "order_usd")
    told = {name: table[name][kinds] for name in own}
    same = same_share(table, home, kinds, common)
    place = nowhere(same)
    return Pairs(
        rows=kinds,
        kinds=kinds,
        main=np.zeros(count, dtype=np.int64),
        same=same,
        out=out / np.maximum(told["sure"], 1e-12),
        into=into / np.maximum(table["served"][kinds], 1e-12),
        radius_km=table["radii_km"][kinds],
        tier_gap=tier_gap(home, table["tiers"][kinds]),
        rivals=_rivals(index, question, kinds),
        fills=_fills(index, question, kinds),
        known=STRANGER,
        home=figures,
        **told,
        **{f.name: getattr(place, f.name) for f in fields(Placed)},
    )


def _flows(index: Index, figures: HomeFigures, kinds: Rows) -> tuple[Rows, Floats, Floats]:
    """(K,) which of G sets of markets each kind declares, and (G, S) what flows out to a service and in from it.

    Out by the journeys of our own clients, in by those of everybody's.
    """
    table = index.kinds
    sets, groups = distinct(table["markets"][kinds], len(table.market_sets))
    inside, breadth = table.inside[sets], table.within[sets]
    outward, inward = figures.ours.lanes(figures.offers, figures.home.markets).flows(inside, breadth)
    if figures.ours is not index.flow:
        inward = index.flow.lanes(figures.offers, figures.home.markets).flows(inside, breadth)[1]
    return groups, outward, inward


def _main(index: Index, beside: Pairs) -> Rows:
    """(K,) the service of each kind that our clients need most; -1 for a kind that offers nothing."""
    groups, outward, _ = _flows(index, beside.home, beside.kinds)
    offers = index.kinds.offers(beside.kinds)
    return offers.highest(offers.confidence * outward[groups[offers.at], offers.service], len(beside.kinds))[1]


def _rivals(index: Index, question: Question, kinds: Rows) -> Floats:
    """(K,) how many trusted partners surely offer what a kind does, a mean by confidence."""
    trusted = index.rows(question.trusted, question.network_id)
    if not len(trusted):
        return np.zeros(len(kinds))
    offers, theirs = index.kinds.offers(kinds), index.kinds.offers(index["kinds"][trusted])
    seats = np.bincount(theirs.service, weights=theirs.confidence, minlength=len(index.flow.codes))
    rivals = offers.sum(offers.confidence * seats[offers.service], len(kinds))
    return np.asarray(rivals / np.maximum(index.kinds["total"][kinds], 1e-12))


def _fills(index: Index, question: Question, kinds: Rows) -> Floats:
    """(K,) how many open needs of our clients a kind could fill, by confidence."""
    if not question.open_needs:
        return np.zeros(len(kinds))
    offers = index.kinds.offers(kinds)
    return offers.sum(offers.confidence * index.flow.offers(question.open_needs)[offers.service], len(kinds))


def own_seat(index: Index, kinds: Rows) -> Floats:
    """(n,) what a trusted partner counts as a rival of itself, which has to be taken off."""
    offers = index.kinds.offers(kinds)
    own = offers.sum(offers.confidence**2, len(kinds))
    return np.asarray(own / np.maximum(index.kinds["total"][kinds], 1e-12))
