"""How far two businesses compete: they sell the same, in the same area, at the same price level."""

import numpy as np

from matcher.answers import Competitor, Home
from matcher.engine.area import covered_share, lens_km2
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.flow import Floats
from matcher.engine.index import Index, Offers, Rows
from matcher.engine.words import and_list, service_words
from matcher.units import distance_km

COMPETES = Constant(0.35, "Overlap from which a business competes with you and is kept out.", PRIOR)
PARTLY = Constant(0.15, "Overlap from which a business partly competes, and we say so.", PRIOR)
TIER_OVERLAP = (  # by the gap between price levels: 0, 1, 2; unknown levels overlap wholly
    1.0,
    Constant(0.5, "Share of clients that two businesses compete for across one step of the price level.", PRIOR),
    0.0,
)
SURELY = 0.5  # confidence from which we say "they sell", below "they may also sell"


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


def common_offers(ours: Floats, offers: Offers, count: int) -> Floats:
    """(count,) sum_s min(o_is, o_ks) for each of `count` rows."""
    same = np.minimum(ours[offers.service], offers.confidence)
    return np.asarray(np.bincount(offers.at, weights=same, minlength=count), dtype=np.float64)


def overlap_share(index: Index, home: Home, rows: Rows, offers: Offers, shared_km2: Floats) -> Floats:
    """C(i,k) = sum_s min(o_is, o_ks) x area overlap x (0.5 + 0.5 x tier overlap), capped at 1.

    The area overlap is the shared area over the smaller of the two, so that a local firm competes wholly with a
    nationwide one; 1 where a place is unknown. An offer that we only guess from an industry code counts by its
    confidence.
    """
    same = common_offers(index.flow.offers(home.services), offers, len(rows))
    small = np.minimum(index["radii_km"][rows], home.radius_km)
    area = covered_share(shared_km2, small, unknown=1.0)
    tiers = by_gap(tier_gap(index, home, rows), TIER_OVERLAP)
    return np.minimum(1.0, same * area * (0.5 + 0.5 * tiers))


def competitor(index: Index, home: Home, row: int, name: str) -> Competitor | None:
    """One pair: the competitor or partial competitor with its sentence, None when they do not compete."""
    rows = np.array([row])
    offers = index.offers(rows)
    shared = shared_km2(index, home, rows, distances_km(index, home, rows))
    share = float(overlap_share(index, home, rows, offers, shared)[0])
    if share < PARTLY:
        return None
    ours = index.flow.offers(home.services)
    both = sorted(zip(offers.service, offers.confidence, strict=True), key=lambda pair: -pair[1])
    common = [(index.flow.codes[s], float(c)) for s, c in both if ours[s] > 0]
    return Competitor(
        business_id=int(index["ids"][row]),
        name=name,
        services=tuple(code for code, _ in common),
        overlap_share=share,
        sentence=_sentence(index, common, share),
    )


def _sentence(index: Index, common: list[tuple[str, float]], share: float) -> str:
    names = and_list([service_words(index.flow.taxonomy, code) for code, _ in common[:3]])
    sure = common[0][1] >= SURELY
    if share >= COMPETES and sure:
        return (
            f"They sell what you sell ({names}) to the same people; at most, pass each other work that you cannot take."
        )
    if share >= COMPETES:
        return f"They probably sell what you sell ({names}); tell us if they do not, and we will look at them again."
    if sure:
        return f"They also sell what you sell ({names}), but to part of your area or at another price; you decide."
    return f"They may also sell what you sell ({names}); ask them before you send anybody."
