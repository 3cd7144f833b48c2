"""How well a business fits a need: a product of terms, each a share of 0-1 whose docstring says what it means."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.engine.columns import Floats
from matcher.engine.compete import by_gap
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.kinds import Rows
from matcher.engine.takers import Takers
from matcher.engine.value import TIER_FIT
from matcher.engine.wants import Wants

TRUST_HALF = Constant(0.5, "Fit of somebody whom you do not trust at all, against one whom you trust wholly.", PRIOR)
TRUST_UNKNOWN = Constant(0.5, "Trust in somebody of whom you have said nothing.", PRIOR)
LEAST_KM = 1e-6  # a smaller radius counts as this, so that nothing is divided by 0


@dataclass(frozen=True, kw_only=True)
class Beside:
    """E pairs of a need and a taker side by side; columns are (E,)."""

    wants: Wants
    takers: Takers
    needs: Rows
    those: Rows
    sure: Floats  # of the offer, 0-1
    distance_km: Floats  # NaN: unknown


def sureness(pairs: Beside) -> Floats:
    """How sure we are that they do this."""
    return pairs.sure


def fills(pairs: Beside) -> Floats:
    """How often an introduction to them ends well."""
    return pairs.takers.fills[pairs.those]


def price_level(pairs: Beside) -> Floats:
    """Whether their prices are what the client wants."""
    return by_gap(np.abs(pairs.takers.tiers[pairs.those] - pairs.wants.tiers[pairs.needs]), TIER_FIT)


def nearness(pairs: Beside) -> Floats:
    """How near they are to the client: half at the edge of their area, whole where a place is unknown."""
    near = 1 / (1 + pairs.distance_km / np.maximum(pairs.takers.radii_km[pairs.those], LEAST_KM))
    return np.where(np.isnan(near), 1.0, near)


def trust(pairs: Beside) -> Floats:
    """How far you trust them."""
    known = pairs.takers.trust[pairs.those]
    return TRUST_HALF + (1 - TRUST_HALF) * np.where(np.isnan(known), TRUST_UNKNOWN, known)


Term = Callable[[Beside], Floats]
TERMS: dict[str, Term] = {term.__name__: term for term in (sureness, fills, price_level, nearness, trust)}


def fit(pairs: Beside) -> Floats:
    """(E,) the product of all terms, 0-1."""
    product = np.ones(len(pairs.needs))
    for term in TERMS.values():
        product *= term(pairs)
    return product
