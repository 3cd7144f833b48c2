"""The network at a glance: who sits where, and which seats are still empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.answers.partners import Home, Picture, Seat
from matcher.engine.flow import Flow

SEATS = 24  # services that the picture expects; more than that nobody reads in a ring
SURE = 0.35  # confidence from which a partner fills a seat; below, ask first (prior, as for competitors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A business with which a partnership is open."""

    business_id: int
    name: str
    services: Mapping[str, float]
    stage: str


def picture(home: Home, partners: Sequence[Partner], flow: Flow) -> Picture:
    """Seats for the services that the home's clients are likeliest to need, filled by partners or hollow."""
    needs = expected_needs(home, flow)
    seats = [
        _filled(partner, needs, flow) for partner in partners if not flow.numbers.keys().isdisjoint(partner.services)
    ]
    sure = {s for p in partners if p.stage == "agreed" for s, c in p.services.items() if c >= SURE}
    seated = {seat.service for seat in seats}
    wanted = sorted(needs, key=lambda service: (-needs[service], service))[:SEATS]
    seats += [_hollow(service, needs[service], flow) for service in wanted if service not in sure | seated]
    expected = sum(needs[service] for service in wanted)
    filled = sum(needs[service] for service in wanted if service in sure)
    order = list(flow.taxonomy.groups)
    seats.sort(key=lambda seat: (order.index(seat.group), -seat.need_share, seat.name))
    return Picture(home=home.name, seats=tuple(seats), filled_share=filled / expected if expected else 0.0)


def expected_needs(home: Home, flow: Flow) -> dict[str, float]:
    """Chance (0-1) that a client of the home business needs each service that it does not sell itself."""
    outward = flow.outward(flow.offers(home.services), home.markets)
    return {c: float(n) for c, n in zip(flow.codes, outward, strict=True) if n > 0 and c not in home.services}


def _filled(partner: Partner, needs: Mapping[str, float], flow: Flow) -> Seat:
    known = [service for service in partner.services if service in flow.numbers]
    sure = [service for service in known if partner.services[service] >= SURE]
    best = max(sure or known, key=lambda service: needs.get(service, 0.0))
    service = flow.taxonomy.services[best]
    doing = "is your partner for" if partner.stage == "agreed" else f"is {partner.stage} for"
    return Seat(
        group=service.group,
        service=best,
        state="partner" if partner.stage == "agreed" else "courted",
        business_id=partner.business_id,
        name=partner.name,
        need_share=needs.get(best, 0.0),
        sentence=f"{partner.name} {doing} what {_of_100(needs.get(best, 0.0))} of your clients will need.",
    )


def _hollow(code: str, need: float, flow: Flow) -> Seat:
    service = flow.taxonomy.services[code]
    return Seat(
        group=service.group,
        service=code,
        state="empty",
        business_id=None,
        name=service.name,
        need_share=need,
        sentence=f"{_of_100(need)} of your clients will need this; nobody in your network offers it yet.".capitalize(),
    )


def _of_100(share: float) -> str:
    return f"about {max(1, round(100 * share))} in 100"
