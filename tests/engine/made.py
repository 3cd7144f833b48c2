"""Businesses made up for tests and measurements: seeded, clustered, with Zipf-like services."""

from collections.abc import Sequence

import numpy as np

from matcher.answers.partners import Home
from matcher.engine.columns import Columns

TOWN = (32.22, -110.97)  # lat, lon


def columns_of(businesses: Sequence[Home]) -> Columns:
    """Businesses one by one, as the columns that an index is built from; each needs its id."""
    ids = [b.business_id or 0 for b in businesses]
    return Columns(
        ids=ids,
        lats=[b.lat for b in businesses],
        lons=[b.lon for b in businesses],
        radii_km=[b.radius_km for b in businesses],
        tiers=[b.tier for b in businesses],
        clients_a_year=[b.clients_a_year for b in businesses],
        order_values_cents=[b.order_value_cents for b in businesses],
        offer_ids=[i for i, b in zip(ids, businesses, strict=True) for _ in b.services],
        offer_services=[code for b in businesses for code in b.services],
        offer_confidences=[sure for b in businesses for sure in b.services.values()],
        market_ids=[i for i, b in zip(ids, businesses, strict=True) for _ in b.markets],
        market_codes=[code for b in businesses for code in b.markets],
    )


def town(codes: Sequence[str], count: int, seed: int = 0) -> list[Home]:
    """`count` businesses around one town, numbered from 1; a tenth of them without a known place."""
    rng = np.random.default_rng(seed)
    popular = 1 / np.arange(1, len(codes) + 1)
    order = rng.permutation(len(codes))
    made = []
    for number in range(1, count + 1):
        chosen = rng.choice(order, size=rng.integers(1, 4), replace=False, p=popular / popular.sum())
        placed = rng.random() > 0.1
        made.append(
            Home(
                business_id=number,
                services={codes[c]: float(rng.choice([1.0, 0.8, 0.4, 0.2])) for c in chosen},
                lat=float(TOWN[0] + rng.normal(0, 0.2)) if placed else None,
                lon=float(TOWN[1] + rng.normal(0, 0.2)) if placed else None,
                tier=None if rng.random() < 0.5 else int(rng.integers(1, 4)),
                clients_a_year=None if rng.random() < 0.8 else float(rng.integers(5, 500)),
            )
        )
    return made
