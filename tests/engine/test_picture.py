"""The network at a glance: seats that partners fill, and seats that stay hollow."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine.flow import Flow
from matcher.engine.picture import SEATS, Partner, expected_needs, picture
from matcher.network import Network
from matcher.store import Store
from matcher.taxonomy import taxonomy
from tests.networks import HOME, INSPECTIONS, MOVERS, REALTY, id_of, settled_alice

CODES = sorted(taxonomy().services)
STAGES = ("courted", "agreed", "paused")
OFFERS = st.dictionaries(st.sampled_from(CODES), st.floats(0.05, 1), max_size=4)
PARTNERS = st.lists(st.tuples(OFFERS, st.sampled_from(STAGES)), max_size=8)


def partner(services: dict[str, float], stage: str = "agreed", number: int = 1) -> Partner:
    """A partner who offers these services."""
    return Partner(business_id=number, name=f"Firm {number}", services=services, stage=stage)


def partners(told: list[tuple[dict[str, float], str]]) -> list[Partner]:
    """Partners by what they offer and how far one is with them."""
    return [partner(services, stage, number) for number, (services, stage) in enumerate(told, 1)]


@pytest.mark.parametrize("service", [None, *CODES[:: len(CODES) // 12]])
def test_empty_network(flow: Flow, service: str | None) -> None:
    """Without partners all seats are hollow, likeliest needs only, none for what one sells oneself."""
    home = HOME if service is None else Home(services={service: 1.0})
    found = picture(home, [], flow)
    assert {seat.state for seat in found.seats} <= {"empty"}
    assert len(found.seats) <= SEATS
    assert found.filled_share == 0
    assert not {seat.service for seat in found.seats} & home.services.keys()
    assert all(seat.need_share > 0 for seat in found.seats)


def test_partner_fills_a_seat(flow: Flow) -> None:
    """A partner sits on the seat of the service that is likeliest to be needed, which is then hollow no more."""
    needs = expected_needs(HOME, flow)
    best, second = sorted(needs, key=lambda code: -needs[code])[:2]
    found = picture(HOME, [partner({second: 1.0, best: 0.9})], flow)
    (seat,) = (seat for seat in found.seats if seat.business_id)
    assert (seat.service, seat.state, seat.name) == (best, "partner", "Firm 1")
    assert not {best, second} & {seat.service for seat in found.seats if seat.state == "empty"}
    assert found.filled_share > 0


def test_courted_sits_but_does_not_fill(flow: Flow) -> None:
    """Somebody courted has a seat, but only an agreed partner counts as filling a need."""
    needs = expected_needs(HOME, flow)
    best = max(needs, key=lambda code: needs[code])
    for stage, state in (("courted", "courted"), ("paused", "courted"), ("agreed", "partner")):
        found = picture(HOME, [partner({best: 1.0}, stage)], flow)
        assert [seat.state for seat in found.seats if seat.business_id] == [state]
        assert (found.filled_share > 0) == (stage == "agreed")


@settings(max_examples=60)
@given(told=PARTNERS, more=OFFERS)
def test_one_more_partner_never_empties(
    flow: Flow, told: list[tuple[dict[str, float], str]], more: dict[str, float]
) -> None:
    """With one more agreed partner the filled share never falls, and stays a share."""
    before = picture(HOME, partners(told), flow).filled_share
    after = picture(HOME, partners([*told, (more, "agreed")]), flow).filled_share
    assert 0 <= before <= after <= 1 + 1e-9


@settings(max_examples=60)
@given(told=PARTNERS)
def test_every_partner_has_one_seat(flow: Flow, told: list[tuple[dict[str, float], str]]) -> None:
    """Every partner who offers something sits once, and no hollow seat is for what an agreed partner surely offers."""
    found = picture(HOME, partners(told), flow)
    seated = [seat.business_id for seat in found.seats if seat.business_id]
    assert sorted(seated) == [number for number, (services, _) in enumerate(told, 1) if services]
    empty = [seat.service for seat in found.seats if seat.state == "empty"]
    assert len(set(empty)) == len(empty)


def test_service_that_is_known_no_more(flow: Flow) -> None:
    """A partner whose service has left the taxonomy does no harm."""
    found = picture(
        HOME, [partner({"left_the_taxonomy": 1.0}), partner({"left_the_taxonomy": 1.0, "notary": 1.0})], flow
    )
    assert [seat.service for seat in found.seats if seat.business_id] == ["notary"]


def test_groups_in_order(flow: Flow) -> None:
    """Seats of a group stand together, in the order of the groups."""
    order = list(flow.taxonomy.groups)
    places = [order.index(seat.group) for seat in picture(HOME, [], flow).seats]
    assert places == sorted(places)


def test_stored_partnerships(store: Store) -> None:
    """Agreeing with a partner raises the filled share of the stored network; an ended partnership vanishes."""
    alice: Network = settled_alice(store)
    shares = [alice.picture().filled_share]
    for name in (REALTY, INSPECTIONS, MOVERS):
        alice.set_stage(id_of(alice, name), "agreed")
        shares.append(alice.picture().filled_share)
    assert shares == sorted(set(shares))
    alice.set_stage(id_of(alice, MOVERS), "ended")
    found = alice.picture()
    assert found.filled_share == shares[-2]
    assert {seat.name for seat in found.seats if seat.business_id} == {REALTY, INSPECTIONS}
    alice.settle(replace(HOME, name="Alice & Co"))
    assert alice.picture().home == "Alice & Co"
