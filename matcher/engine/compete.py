"""How far two businesses compete: they sell the same, to the same people, in the same area, at the same price level."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.answers.partners import Home
from matcher.engine.area import covered_share, lens_km2
from matcher.engine.clients import market_shares
from matcher.engine.columns import Floats
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.index import Index
from matcher.engine.kinds import Kinds, Rows
from matcher.engine.known import Known
from matcher.units import distance_km

COMPETES = Constant(0.35, "Overlap from which a business competes with you and is kept out.", PRIOR)
PARTLY = Constant(0.15, "Overlap from which a business partly competes, and we say so.", PRIOR)
TIER_OVERLAP = (  # by the gap between price levels: 0, 1, 2; unknown levels overlap wholly
    1.0,
    Constant(0.5, "Share of clients that two businesses compete for across one step of the price level.", PRIOR),
    0.0,
)
PRICE_LEAST = Constant(0.5, "Share of clients whom prices keep from neither, however far apart they are.", PRIOR)


@dataclass(frozen=True, kw_only=True)
class Axes:
    """(n,) how far home and each candidate are the same on each axis, 0-1; their product is the overlap."""

    service: Floats  # what both sell: sum_s min(o_is, o_ks), at most 1
    market: Floats  # to whom, weighted by what both sell
    area: Floats  # where: the shared area over the smaller one
    price: Floats  # at what price level: PRICE_LEAST where no client would consider both


def distances_km(index: Index, home: Home, rows: Rows) -> Floats:
    """Kilometres from home to each row; NaN where either place is unknown."""
    if home.lat is None or home.lon is None:
        return np.full(len(rows), np.nan)
    return distance_km(home.lat, home.lon, index["lats"][rows], index["lons"][rows])


def tier_gap(home: Home, tiers: Floats) -> Floats:
    """Steps between the price levels (0-2); NaN where either is unknown."""
    return np.abs(tiers - (np.nan if home.tier is None else home.tier))


def by_gap(gap: Floats, table: tuple[float, float, float]) -> Floats:
    """Looks up each gap in a table of three; an unknown gap counts as none."""
    return np.asarray(table)[np.where(np.isnan(gap), 0, np.minimum(gap, 2)).astype(np.int64)]


def service_and_market(table: Kinds, home: Home, kinds: Rows) -> tuple[Floats, Floats]:
    """(K,) how far each kind sells the same, and how far to the same people: 1 where nothing is sold by both."""
    offers, count = table.offers(kinds), len(kinds)
    same = np.minimum(table.flow.offers(home.services)[offers.service], offers.confidence)
    total, shared = offers.sum(same, count), offers.sum(same * market_shares(table, home, kinds, offers, same), count)
    market = np.divide(shared, total, out=np.ones(count), where=total > 0)
    return np.minimum(1.0, total), np.minimum(1.0, market)


def price_share(gap: Floats) -> Floats:
    """(n,) how far the price levels leave two businesses the same clients, by the steps between them."""
    return PRICE_LEAST + (1 - PRICE_LEAST) * by_gap(gap, TIER_OVERLAP)


def same_share(table: Kinds, home: Home, kinds: Rows, common: Floats) -> Floats:
    """(K,) the overlap of home and each kind at one place: what they sell, to whom and at what price, but not where.

    An offer that we only guess from an industry code counts by its confidence. `common` (K,) is 0 where home and a kind
    sell nothing in common, as most do.
    """
    same, some = np.zeros(len(kinds)), np.flatnonzero(common)
    service, market = service_and_market(table, home, kinds[some])
    same[some] = service * market * price_share(tier_gap(home, table["tiers"][kinds[some]]))
    return same


def area_share(home: Home, radius_km: Floats, distance: Floats) -> Floats:
    """(n,) the shared area over the smaller of the two, so that a local firm competes wholly with a nationwide one.

    1 where a place is unknown.
    """
    shared = lens_km2(distance, radius_km, np.full(len(distance), home.radius_km))
    return covered_share(shared, np.minimum(radius_km, home.radius_km), unknown=1.0)


def axes_of(index: Index, home: Home, rows: Rows) -> Axes:
    """The four shares whose product is the overlap, for some rows."""
    service, market = service_and_market(index.kinds, home, index["kinds"][rows])
    return Axes(
        service=service,
        market=market,
        area=area_share(home, index.at("radii_km", rows), distances_km(index, home, rows)),
        price=price_share(tier_gap(home, index.at("tiers", rows))),
    )


def overlap_of(axes: Axes) -> Floats:
    """C(i,k) = service x market x price level x area, each the share (0-1) that is the same."""
    return axes.service * axes.market * axes.price * axes.area


def ruled(overlap: Floats, ids: Rows, known: Mapping[int, Known]) -> Floats:
    """The overlap as the owner says it is: 1 for whom he calls a competitor, 0 for whom he says is none."""
    word = {business: one.competes for business, one in known.items() if one.competes is not None}
    if not word:
        return overlap
    judged = overlap.copy()
    for at in np.flatnonzero(np.isin(ids, np.fromiter(word, dtype=np.int64))).tolist():
        judged[at] = float(word[int(ids[at])])
    return judged
