"""Directories to measure on: a real one, and made ones of any size."""

import csv
import gzip
from pathlib import Path

import numpy as np

from matcher.engine.columns import Columns
from matcher.exchange.industry import services_of_category
from matcher.taxonomy import taxonomy
from tests.bench.tables import SHARED_DATA

VENUES = SHARED_DATA / "businesses" / "venues_ri_de_vt_wy.csv.gz"
# What made directories are like (by judgement): the largest city has a twentieth of all businesses, as New York has.
CITIES, CITY_POWER, CITY_DEGREES, RURAL_SHARE = 1500, 0.75, 0.2, 0.1
RADII_KM, RADIUS_SHARES = (15.0, 40.0, 80.0, 3000.0), (0.3, 0.6, 0.099, 0.001)
TIER_SHARE, CLIENTS_SHARE, MARKETS_SHARE, UNPLACED_SHARE = 0.3, 0.02, 0.1, 0.001
SOUTH_WEST, NORTH_EAST = (26.0, -123.0), (48.0, -70.0)


def made(count: int, seed: int = 0) -> Columns:
    """`count` businesses of the United States that are not: seeded, clustered in cities, trades by industry code."""
    rng = np.random.default_rng(seed)
    ids = np.arange(1, count + 1)
    lats, lons = _places(rng, count)
    codes = [services for (scheme, _), services in taxonomy().industry_codes.items() if scheme == "naics2022"]
    popular = 1 / np.arange(1, len(codes) + 1) ** 0.8
    code = rng.choice(rng.permutation(len(codes)), count, p=popular / popular.sum())
    counts = np.array([len(services) for services in codes])[code]
    declared = np.flatnonzero(rng.random(count) < MARKETS_SHARE)
    markets = list(taxonomy().markets)
    return Columns(
        ids=ids,
        lats=lats,
        lons=lons,
        radii_km=rng.choice(RADII_KM, count, p=RADIUS_SHARES),
        tiers=np.where(rng.random(count) < TIER_SHARE, rng.integers(1, 4, count), np.nan),
        clients_a_year=np.where(rng.random(count) < CLIENTS_SHARE, rng.integers(5, 500, count), np.nan),
        order_values_cents=np.full(count, np.nan),
        offer_ids=np.repeat(ids, counts),
        offer_services=[service for c in code.tolist() for service in codes[c]],
        offer_confidences=[sure for c in code.tolist() for sure in codes[c].values()],
        market_ids=ids[declared].tolist(),
        market_codes=[markets[m] for m in rng.integers(0, len(markets), len(declared)).tolist()],
    )


def _places(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes; NaN where nobody knows."""
    low, high = np.array(SOUTH_WEST), np.array(NORTH_EAST)
    cities = low + rng.random((CITIES, 2)) * (high - low)
    size = 1 / np.arange(1, CITIES + 1) ** CITY_POWER
    place = cities[rng.choice(CITIES, count, p=size / size.sum())] + rng.normal(0, CITY_DEGREES, (count, 2))
    rural = rng.random(count) < RURAL_SHARE
    place[rural] = low + rng.random((int(rural.sum()), 2)) * (high - low)
    place[rng.random(count) < UNPLACED_SHARE] = np.nan
    return place[:, 0], place[:, 1]


def venues(path: Path = VENUES) -> Columns:
    """The businesses of a directory file, by the words of its category columns."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [" > ".join(row[level] for level in ("type", "category", "subcategory") if row[level]) for row in rows]
    services = {text: services_of_category(text) for text in dict.fromkeys(words)}
    offers = [(n, s, c) for n, text in enumerate(words, start=1) for s, c in services[text].items()]
    unknown = np.full(len(rows), np.nan)
    return Columns(
        ids=np.arange(1, len(rows) + 1),
        lats=np.array([float(row["lat"]) for row in rows]),
        lons=np.array([float(row["lon"]) for row in rows]),
        radii_km=unknown,
        tiers=unknown,
        clients_a_year=unknown,
        order_values_cents=unknown,
        offer_ids=[number for number, _, _ in offers],
        offer_services=[service for _, service, _ in offers],
        offer_confidences=[sure for _, _, sure in offers],
    )
