"""Whom two businesses sell to: how far the clients of one are the clients of the other."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Home, Sells
from matcher.engine.columns import Floats
from matcher.engine.kinds import Kinds, Offers, Rows
from matcher.taxonomy import Taxonomy

ELSEWHERE = (
    0.25  # of clients shared by two that declare different markets of one kind: nobody sends others away (prior)
)
ACROSS = 0.25  # of clients shared, if one else sells to households only and the other to businesses only (prior)
SURELY = 0.5  # confidence from which an offer says whom a business sells to
HOUSEHOLDS, BUSINESSES = 1, 2  # flags
Mask = NDArray[np.bool_]


@cache
def _journeys_of_markets(taxonomy: Taxonomy) -> Mapping[str, Mapping[str, float]]:
    """Market -> journey -> square root of how often it starts."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for journey in taxonomy.journeys.values():
        for market in journey.markets:
            found[market][journey.code] = sqrt(journey.starts_per_10k)
    return found


@cache
def alike_share(taxonomy: Taxonomy, one: str, other: str) -> float:
    """How far two markets are the same people (0-1): the journeys both go through over those of the smaller one."""
    if one == other:
        return 1.0
    ours, theirs = (_journeys_of_markets(taxonomy).get(market, {}) for market in (one, other))
    if not ours or not theirs:
        return 0.0
    return fsum(ours[j] for j in ours.keys() & theirs.keys()) / min(fsum(ours.values()), fsum(theirs.values()))


@cache
def shared_markets(taxonomy: Taxonomy, ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """How far two sets of declared markets are the same people (0-1); who declares none sells to all of them.

    Each market counts by the one on the other side that is most like it; the larger mean of the two sides counts, so
    that a specialist competes wholly with one who serves his market among others. Households and businesses are
    different people; two niches among households, or among businesses, still share some.
    """
    if not ours or not theirs:
        return 1.0
    sides = ((ours, theirs), (theirs, ours))
    alike = max(
        fsum(max(alike_share(taxonomy, a, b) for b in there) for a in here) / len(here) for here, there in sides
    )
    same_kind = _kinds_of(taxonomy, ours) & _kinds_of(taxonomy, theirs)
    return ELSEWHERE + (1 - ELSEWHERE) * alike if same_kind else alike


@cache
def _sold_to(taxonomy: Taxonomy, whom: Sells) -> Mask:
    """(S,) whether each service is sold to households, to businesses, or to both."""
    return np.array([service.sells_to == whom for service in taxonomy.services.values()])


def client_kinds(table: Kinds, kinds: Rows, offers: Offers) -> Rows:
    """(K,) flags: whether each kind of business sells to households, to businesses, or to both.

    Declared markets decide; else what it surely offers to one kind only; else it may sell to both.
    """
    taxonomy, sure, count = table.flow.taxonomy, offers.confidence >= SURELY, len(kinds)
    homes = offers.sum(_sold_to(taxonomy, "households")[offers.service] & sure, count) > 0
    firms = offers.sum(_sold_to(taxonomy, "businesses")[offers.service] & sure, count) > 0
    sold = HOUSEHOLDS * homes + BUSINESSES * firms
    numbers, inverse = np.unique(table["markets"][kinds], return_inverse=True)
    declared = np.array([_kinds_of(taxonomy, table.market_sets[n]) for n in numbers], dtype=np.int64)[inverse]
    sold = np.where(declared > 0, declared, sold)
    return np.where(sold == 0, HOUSEHOLDS | BUSINESSES, sold)


def _kinds_of(taxonomy: Taxonomy, markets: tuple[str, ...]) -> int:
    flags = {
        BUSINESSES if taxonomy.markets[m].kind == "business" else HOUSEHOLDS for m in markets if m in taxonomy.markets
    }
    return sum(flags)


def kinds_of_home(taxonomy: Taxonomy, home: Home) -> int:
    """The same flags for the owner's own business."""
    only = {
        taxonomy.services[s].sells_to for s, sure in home.services.items() if sure >= SURELY and s in taxonomy.services
    }
    sold = HOUSEHOLDS * ("households" in only) + BUSINESSES * ("businesses" in only)
    return _kinds_of(taxonomy, home.markets) or sold or HOUSEHOLDS | BUSINESSES


def market_shares(table: Kinds, home: Home, kinds: Rows, offers: Offers, same: Floats) -> Floats:
    """(offers,) how far home and a kind sell the offered service to the same people; only where `same` is not 0.

    Where both declare markets, these decide. Else a service that is sold to households and businesses alike goes to
    different people if one of the two sells to households only and the other to businesses only.
    """
    taxonomy, shares = table.flow.taxonomy, np.ones(len(offers.at))
    common = np.flatnonzero(same)
    if not len(common):
        return shares
    declared, at = table["markets"][kinds], offers.at[common]
    between = {
        n: shared_markets(taxonomy, home.markets, table.market_sets[n]) for n in np.unique(declared[at]).tolist()
    }
    both = _sold_to(taxonomy, "both")
    apart = (client_kinds(table, kinds, offers) & kinds_of_home(taxonomy, home)) == 0
    told = np.array([between[n] for n in declared[at].tolist()])
    either = np.array(not home.markets) | (declared[at] == 0)
    shares[common] = np.where(either, np.where(apart[at] & both[offers.service[common]], ACROSS, 1.0), told)
    return shares
