"""How far two businesses compete: they sell the same, to the same people, in the same area, at the same price level."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from matcher.answers import Home
from matcher.engine.area import covered_share, lens_km2
from matcher.engine.clients import market_shares
from matcher.engine.flow import Floats
from matcher.engine.index import Index, Offers, Rows
from matcher.engine.known import Known
from matcher.units import distance_km

COMPETES = 0.35  # overlap share from which a business is kept out (prior)
PARTLY = 0.15  # overlap share from which it partly competes, and we say so (prior)
TIER_OVERLAP = (1.0, 0.5, 0.0)  # of clients, by the gap between price levels (prior); unknown levels overlap wholly
PRICE_LEAST = 0.5  # of clients whom the price does not keep from either, however far apart they are (prior)


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


def shared_km2(index: Index, home: Home, rows: Rows, distance: Floats) -> Floats:
    """Area in km2 that home and each row both serve; NaN where a place is unknown."""
    return lens_km2(distance, index["radii_km"][rows], np.full(len(rows), home.radius_km))


def tier_gap(index: Index, home: Home, rows: Rows) -> Floats:
    """Steps between the price levels (0-2); NaN where either is unknown."""
    return np.abs(index["tiers"][rows] - (np.nan if home.tier is None else home.tier))


def by_gap(gap: Floats, table: tuple[float, float, float]) -> Floats:
    """Looks up each gap in a table of three; an unknown gap counts as none."""
    return np.asarray(table)[np.minimum(np.nan_to_num(gap, nan=0.0), 2).astype(np.int64)]


def service_and_market(index: Index, home: Home, rows: Rows, offers: Offers) -> tuple[Floats, Floats]:
    """(n,) how far each row sells the same, and how far to the same people: 1 where nothing is sold by both."""
    same = np.minimum(index.flow.offers(home.services)[offers.service], offers.confidence)
    total = np.bincount(offers.at, weights=same, minlength=len(rows))
    shared = np.bincount(offers.at, weights=same * market_shares(index, home, rows, offers, same), minlength=len(rows))
    market = np.divide(shared, total, out=np.ones(len(rows)), where=total > 0)
    return np.minimum(1.0, total), np.minimum(1.0, market)


def price_share(index: Index, home: Home, rows: Rows) -> Floats:
    """(n,) how far the price level leaves home and each row the same clients."""
    return PRICE_LEAST + (1 - PRICE_LEAST) * by_gap(tier_gap(index, home, rows), TIER_OVERLAP)


def area_share(index: Index, home: Home, rows: Rows, shared_km2: Floats) -> Floats:
    """(n,) the shared area over the smaller of the two, so that a local firm competes wholly with a nationwide one.

    1 where a place is unknown.
    """
    return covered_share(shared_km2, np.minimum(index["radii_km"][rows], home.radius_km), unknown=1.0)


def same_kind_share(index: Index, home: Home, rows: Rows, offers: Offers) -> Floats:
    """(n,) the overlap of two businesses at one place: what they sell, to whom and at what price, but not where."""
    service, market = service_and_market(index, home, rows, offers)
    return np.asarray(service * market * price_share(index, home, rows))


def overlap_share(index: Index, home: Home, rows: Rows, offers: Offers, shared_km2: Floats) -> Floats:
    """C(i,k) = service x market x price level x area, each the share (0-1) that is the same.

    An offer that we only guess from an industry code counts by its confidence.
    """
    return same_kind_share(index, home, rows, offers) * area_share(index, home, rows, shared_km2)


def axes_of(index: Index, home: Home, rows: Rows, offers: Offers, shared_km2: Floats) -> Axes:
    """The four shares whose product is the overlap."""
    service, market = service_and_market(index, home, rows, offers)
    return Axes(
        service=service,
        market=market,
        area=area_share(index, home, rows, shared_km2),
        price=price_share(index, home, rows),
    )


def ruled(overlap: Floats, ids: Rows, known: Mapping[int, Known]) -> Floats:
    """The overlap as the owner says it is: 1 for whom he calls a competitor, 0 for whom he says is none."""
    word = {business: one.competes for business, one in known.items() if one.competes is not None}
    if not word:
        return overlap
    judged = overlap.copy()
    for at in np.flatnonzero(np.isin(ids, np.fromiter(word, dtype=np.int64))).tolist():
        judged[at] = float(word[int(ids[at])])
    return judged
