"""The matching model again, slow and plain: one pair at a time, straight from the taxonomy, no NumPy.

Property tests and the speed measurement hold the engine against it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import acos, asin, cos, exp, fsum, log, pi, prod, radians, sin, sqrt

from matcher.answers.partners import Home
from matcher.engine import area, clients, compete, flow, pairs, value
from matcher.engine.flow import Floats
from matcher.engine.known import STRANGER, Counts, Known
from matcher.engine.odds import PRIORS
from matcher.knowledge.alike import how_alike
from matcher.taxonomy import Journey, Taxonomy, taxonomy


def focus(journey: Journey, markets: tuple[str, ...]) -> float:
    """Weight of a journey for a business that declares these markets."""
    return 1.0 if not markets or set(markets) & set(journey.markets) else flow.OUTSIDE


def flows(taxonomy: Taxonomy, giver: Home, taker: Home, alike: Floats | None = None) -> tuple[float, float]:
    """F(giver->taker) by the taker's confidences, and the breadth of the giver's services; `alike` or as shipped."""
    alike = how_alike(taxonomy) if alike is None else alike
    carried = breadth = 0.0
    came: dict[str, float] = defaultdict(float)
    sure = sum(giver.services.values())
    for journey in taxonomy.journeys.values():
        steps = {step.service: step for step in journey.steps}
        common = sqrt(journey.starts_per_10k / len(steps))
        for one, offered in giver.services.items():
            if one not in steps:
                continue
            breadth += offered / sure * steps[one].chance * common
            clients = offered * steps[one].chance * common * focus(journey, giver.markets)
            came[one] += clients
            for other, wanted in taker.services.items():
                if other in steps:
                    eta = 1.0 if steps[other].stage >= steps[one].stage else flow.BEFORE
                    carried += clients * focus(journey, taker.markets) * eta * wanted * steps[other].chance
    for one, clients in came.items():
        for other, wanted in taker.services.items():
            carried += clients * wanted * backing(taxonomy, alike, one, other)
    total = sum(came.values())
    return (carried / total if total else 0.0), breadth


def backing(taxonomy: Taxonomy, alike: Floats | None, one: str, other: str) -> float:
    """What being alike adds to the flow between two services."""
    together = any({one, other} <= {step.service for step in journey.steps} for journey in taxonomy.journeys.values())
    if alike is None or not together:
        return 0.0
    codes = list(taxonomy.services)
    return flow.ALIKE * max(0.0, float(alike[codes.index(one), codes.index(other)]))


def distance(one: Home, other: Home) -> float | None:
    """Great-circle distance in km; None when a place is unknown."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat_1, lat_2, lon = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(lon / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(min(1.0, half)))


def lens(gap: float, one: float, other: float) -> float:
    """Area that two circles share."""
    small, large = sorted((one, other))
    gap = max(gap, area.SAME_PLACE_KM)
    if gap >= small + large:
        return 0.0
    if gap <= large - small:
        return pi * small**2
    first = acos(max(-1.0, min(1.0, (gap**2 + small**2 - large**2) / (2 * gap * small))))
    second = acos(max(-1.0, min(1.0, (gap**2 + large**2 - small**2) / (2 * gap * large))))
    kite = (small + large - gap) * (gap + small - large) * (gap - small + large) * (gap + small + large)
    return small**2 * first + large**2 * second - sqrt(max(0.0, kite)) / 2


def alike(taxonomy: Taxonomy, one: str, other: str) -> float:
    """How far two markets go through the same journeys."""
    if one == other:
        return 1.0
    ours, theirs = ({j.code for j in taxonomy.journeys.values() if market in j.markets} for market in (one, other))
    weights = [fsum(sqrt(taxonomy.journeys[j].starts_per_10k) for j in some) for some in (ours & theirs, ours, theirs)]
    return weights[0] / min(weights[1:]) if ours and theirs else 0.0


def kinds(taxonomy: Taxonomy, business: Home) -> set[str]:
    """Whether a business sells to households, businesses or both, by what it declares, else by what it surely sells."""
    declared = {"businesses" if taxonomy.markets[m].kind == "business" else "households" for m in business.markets}
    sure = {taxonomy.services[s].sells_to for s, c in business.services.items() if c >= clients.SURELY} - {"both"}
    return declared or {str(kind) for kind in sure} or {"households", "businesses"}


def same_clients(taxonomy: Taxonomy, one: Home, other: Home, service: str) -> float:
    """How far two businesses sell a service to the same people."""
    apart = not kinds(taxonomy, one) & kinds(taxonomy, other)
    if not one.markets or not other.markets:
        return clients.ACROSS if apart and taxonomy.services[service].sells_to == "both" else 1.0
    means = [
        fsum(max(alike(taxonomy, a, b) for b in there) for a in here) / len(here)
        for here, there in ((one.markets, other.markets), (other.markets, one.markets))
    ]
    return max(means) if apart else clients.ELSEWHERE + (1 - clients.ELSEWHERE) * max(means)


def axes(one: Home, other: Home) -> dict[str, float]:
    """The four shares whose product is C(i,k)."""
    known = taxonomy()
    both = [s for s in known.services if s in one.services and s in other.services]
    same = {s: min(one.services[s], other.services[s]) for s in both}
    shared = sum(same[s] * same_clients(known, one, other, s) for s in same)
    gap, small = distance(one, other), min(one.radius_km, other.radius_km)
    lens_share = 1.0 if gap is None else min(1.0, lens(gap, one.radius_km, other.radius_km) / (pi * small**2))
    steps = 0 if one.tier is None or other.tier is None else abs(one.tier - other.tier)
    return {
        "service": min(1.0, sum(same.values())),
        "market": min(1.0, shared / sum(same.values())) if same else 1.0,
        "price": 0.5 + 0.5 * compete.TIER_OVERLAP[steps],
        "area": lens_share,
    }


def overlap(one: Home, other: Home) -> float:
    """C(i,k)."""
    return prod(axes(one, other).values())


def usual(taxonomy: Taxonomy, business: Home, low: str, high: str) -> float:
    """The usual figure of a business: geometric middle of each service's range, by confidence."""
    total = 0.0
    for code, sure in business.services.items():
        service = taxonomy.services[code]
        total += sure * sqrt(getattr(service, low) * getattr(service, high))
    return total / sum(business.services.values())


def direction(taxonomy: Taxonomy, giver: Home, taker: Home) -> tuple[float, float]:
    """Volume and worth (US$ a year) of what the giver sends the taker."""
    share, breadth = flows(taxonomy, giver, taker)
    gap = distance(giver, taker)
    covered = area.UNKNOWN_SHARE
    if gap is not None:
        covered = min(1.0, lens(gap, giver.radius_km, taker.radius_km) / (pi * giver.radius_km**2))
    steps = 0 if giver.tier is None or taker.tier is None else abs(giver.tier - taker.tier)
    common = share * covered * value.TIER_FIT[steps] * max(giver.services.values())
    common *= 1 - min(overlap(giver, taker), 0.99)
    usual_clients = usual(taxonomy, giver, "clients_low", "clients_high")
    clients = giver.clients_a_year if giver.clients_a_year is not None else usual_clients
    order = usual(taxonomy, taker, "order_low_usd", "order_high_usd")
    if taker.order_value_cents is not None:
        order = taker.order_value_cents / 100
    known = max(1.0, usual_clients) * max(1.0, usual(taxonomy, taker, "clients_low", "clients_high"))
    clients, order = max(pairs.LEAST, clients), max(pairs.LEAST, order)
    volume = common * breadth**value.OCCASIONS * (clients / usual_clients) * known**-value.PERSONAL
    volume *= readiness(taxonomy, giver) * readiness(taxonomy, taker)
    return volume, common * clients * readiness(taxonomy, giver) * value.GIVING * value.CLOSES * order


def readiness(taxonomy: Taxonomy, business: Home) -> float:
    """How readily a business sends its clients on: the mean of its services, by confidence."""
    total = sum(sure * taxonomy.services[code].refers for code, sure in business.services.items())
    return total / sum(business.services.values())


def mean(model: float, counts: Counts) -> float:
    """The posterior mean of a rate whose prior counts like six cases."""
    return (6 * model + counts[0]) / (6 + counts[0] + counts[1])


def wish(taxonomy: Taxonomy, one: Home, markets: tuple[str, ...]) -> float:
    """Share of the clients of one who are on a journey of these markets."""
    met = total = 0.0
    for journey in taxonomy.journeys.values():
        needed = sum(one.services.get(step.service, 0.0) * step.chance for step in journey.steps)
        clients = sqrt(journey.starts_per_10k / len(journey.steps)) * focus(journey, one.markets) * needed
        total += clients
        met += clients if set(markets) & set(journey.markets) else 0.0
    return met / total if total else 0.0


@dataclass(frozen=True)
class Asking:
    """What one side's answer depends on: what it gains, and what is known of it."""

    usd: float
    open_usd: float = 0.0
    vouch: float = 0.0
    wish: float = 0.0
    reputation: float = 0.0
    grows: bool = False
    full: bool = False
    asked_days: int | None = None

    def chance(self, b: tuple[float, ...]) -> float:
        """That it says yes."""
        odds = b[0] + max(0.0, b[1]) * log(1 + (self.usd + self.open_usd) / 1000)
        odds += b[2] * self.vouch + b[3] * self.wish + b[4] * self.reputation + b[5] * self.grows - b[6] * self.full
        odds -= 0.0 if self.asked_days is None else b[7] * 0.5 ** (self.asked_days / 30)
        return 1 / (1 + exp(-odds))


@dataclass(frozen=True)
class Both:
    """What a partnership comes to: clients (volume), US$ a year and the chance of a yes, for each side."""

    to_one: float
    to_other: float
    for_one: float
    for_other: float
    yes_one: float
    yes_other: float

    @property
    def score(self) -> float:
        """Both harmonic means multiplied; 0 when a side gains nothing."""
        if self.to_other <= 0 or self.to_one <= 0:
            return 0.0
        return 2 / (1 / self.yes_one + 1 / self.yes_other) * 2 / (1 / self.to_one + 1 / self.to_other)


def both(
    taxonomy: Taxonomy,
    one: Home,
    other: Home,
    known: Known = STRANGER,
    *,
    open_needs: Mapping[str, float] | None = None,
    weights: tuple[float, ...] = PRIORS,
) -> Both:
    """The owner beside another business of which something is known."""
    to_other, for_other = direction(taxonomy, one, other)
    to_one, for_one = direction(taxonomy, other, one)
    sends = mean(0.1, known.give) / 0.1 * mean(0.8, known.promise) / 0.8
    to_one, for_one = to_one * sends, for_one * sends * mean(0.3, known.close) / 0.3
    order = usual(taxonomy, one, "order_low_usd", "order_high_usd")
    if one.order_value_cents is not None:
        order = one.order_value_cents / 100
    fills = sum(other.services.get(code, 0.0) * count for code, count in (open_needs or {}).items())
    vouch = known.vouch_share or 0.0
    us = Asking(
        usd=for_one,
        open_usd=0.5 * 0.1 * max(pairs.LEAST, order) * fills,
        vouch=vouch,
        reputation=known.reputation_share or 0.0,
        grows=one.wants_to_grow is True,
    )
    them = Asking(
        usd=for_other,
        vouch=vouch,
        wish=wish(taxonomy, one, known.wanted_markets),
        grows=known.wants_to_grow is True,
        full=known.has_room is False,
        asked_days=known.asked_days,
    )
    yes_other = mean(them.chance(weights), known.accept)
    return Both(to_one, to_other, for_one, for_other, us.chance(weights), yes_other)


def score(taxonomy: Taxonomy, one: Home, other: Home) -> float:
    """The two-sided score of two businesses that know nothing of each other."""
    return both(taxonomy, one, other).score
