"""Flow of clients between services, against the plain sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers import Home
from matcher.engine import flow as flow_module
from matcher.engine.flow import Flow, flow_of
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
ALIKE = np.random.default_rng(0).uniform(-0.2, 1, (len(FLOW.codes), len(FLOW.codes)))  # made up, not even symmetric
MADE = Flow(taxonomy(), ALIKE)
services = st.sampled_from(FLOW.codes)


def test_flow_is_computed_once() -> None:
    """The same taxonomy gives the very same flow."""
    assert flow_of(taxonomy()) is FLOW


@settings(deadline=None)
@given(services, services)
def test_between_is_the_plain_sum(one: str, other: str) -> None:
    """Each number of the matrix is the sum over journeys of MATCHING.md."""
    plain, _ = obvious.flows(FLOW.taxonomy, Home(services={one: 1.0}), Home(services={other: 1.0}))
    assert FLOW.between[FLOW.numbers[one], FLOW.numbers[other]] == pytest.approx(plain, rel=1e-5, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(homes(), homes())
def test_both_directions_are_the_plain_sums(one: Home, other: Home) -> None:
    """What flows out to a business and in from it equals the plain sums, whatever markets the two declare."""
    ours, theirs = FLOW.offers(one.services), FLOW.offers(other.services)
    out = FLOW.outward(ours, one.markets, other.markets) @ theirs
    assert out == pytest.approx(obvious.flows(FLOW.taxonomy, one, other)[0])
    breadth = theirs * (FLOW.chance @ (FLOW.commonness * FLOW.focus(other.markets)))
    into = (breadth @ FLOW.inward(ours, one.markets, other.markets)) / breadth.sum()
    assert into == pytest.approx(obvious.flows(FLOW.taxonomy, other, one)[0])


@settings(deadline=None, max_examples=50)
@given(homes(), homes())
def test_likeness_backs_up_both_directions(one: Home, other: Home) -> None:
    """With a likeness, what flows out and in equals the plain sums with the likeness added service by service."""
    ours, theirs = MADE.offers(one.services), MADE.offers(other.services)
    out = MADE.outward(ours, one.markets, other.markets) @ theirs
    assert out == pytest.approx(obvious.flows(MADE.taxonomy, one, other, ALIKE)[0])
    breadth = theirs * (MADE.chance @ (MADE.commonness * MADE.focus(other.markets)))
    into = (breadth @ MADE.inward(ours, one.markets, other.markets)) / breadth.sum()
    assert into == pytest.approx(obvious.flows(MADE.taxonomy, other, one, ALIKE)[0])


@settings(deadline=None)
@given(services, services)
def test_likeness_backs_up_the_matrix(one: str, other: str) -> None:
    """With a likeness, each number of the matrix is the plain sum with the likeness added."""
    plain, _ = obvious.flows(MADE.taxonomy, Home(services={one: 1.0}), Home(services={other: 1.0}), ALIKE)
    assert MADE.between[MADE.numbers[one], MADE.numbers[other]] == pytest.approx(plain, rel=1e-5, abs=1e-9)


def test_likeness_alone_makes_no_partners() -> None:
    """Between services that no journey joins nothing flows, however alike they are; where one does, more flows."""
    plain, same = Flow(taxonomy()), Flow(taxonomy(), np.ones_like(ALIKE))
    apart = plain.between == 0
    assert apart.any()
    assert (same.between[apart] == 0).all()
    assert np.allclose((same.between - plain.between)[~apart], flow_module.ALIKE, atol=1e-6)


def test_without_likeness_nothing_changes() -> None:
    """No likeness, one of zeros and one of opposites give the very same numbers, bit for bit."""
    plain, offers = Flow(taxonomy()), FLOW.offers({"florist": 1.0, "gift_shop": 0.4})
    for nothing in (np.zeros_like(ALIKE), -np.ones_like(ALIKE)):
        same = Flow(taxonomy(), nothing)
        assert (same.between == plain.between).all()
        assert (same.outward(offers) == plain.outward(offers)).all()
        assert (same.inward(offers) == plain.inward(offers)).all()


def test_declared_markets_draw_clients_to_their_journeys(flow: Flow) -> None:
    """A mortgage broker for first-time buyers meets more of them than one for anybody does."""
    offers = flow.offers({"mortgage_broker": 1.0})
    inside = flow.focus(("first_home_buyers",)) == 1
    anybody, declared = flow.posterior(offers), flow.posterior(offers, ("first_home_buyers",))
    assert declared[inside].sum() > 1.5 * anybody[inside].sum()
    assert declared.sum() == pytest.approx(1)


def test_a_market_without_journeys_of_ours_changes_nothing(flow: Flow) -> None:
    """When no journey of the business belongs to the declared market, its clients are those it had before."""
    offers = flow.offers({"monument": 1.0})
    assert np.allclose(flow.posterior(offers, ("tech_startups",)), flow.posterior(offers))


@settings(deadline=None, max_examples=30)
@given(homes(), homes())
def test_shared_market_is_symmetric_and_whole_with_oneself(one: Home, other: Home) -> None:
    """The shared market is the same from both sides, between 0 and 1, and 1 with oneself."""
    ours = FLOW.posterior(FLOW.offers(one.services), one.markets)
    theirs = FLOW.posterior(FLOW.offers(other.services), other.markets)
    assert 0 <= FLOW.market_share(ours, theirs) <= 1
    assert FLOW.market_share(ours, theirs) == FLOW.market_share(theirs, ours)
    assert FLOW.market_share(ours, ours) == pytest.approx(1)


def test_evidence_says_who_comes_first(flow: Flow) -> None:
    """Each journey told as evidence says truly who meets the client first, and how likely the need is."""
    agent, mover = "real_estate_agent", "moving_company"
    found = flow.evidence(flow.offers({agent: 1.0}), flow.offers({mover: 1.0}), limit=5)
    assert len(found) == 5
    for shared in found:
        steps = {step.service: step for step in flow.taxonomy.journeys[shared.journey].steps}
        gap = steps[mover].stage - steps[agent].stage
        assert shared.order == ("before" if gap > 0 else "after" if gap < 0 else "together")
        assert shared.chance == steps[mover].chance
        assert 0 < shared.weight_share < 1


def test_evidence_prefers_what_the_owner_declares(flow: Flow) -> None:
    """To somebody who serves first-time buyers the example told first is a journey of theirs."""
    agent, mover = flow.offers({"real_estate_agent": 1.0}), flow.offers({"moving_company": 1.0})
    best = flow.evidence(agent, mover, ("first_home_buyers",))[0]
    assert flow.taxonomy.journeys[best.journey].markets[0] == "first_home_buyers"


def test_evidence_prefers_what_is_known_everywhere(flow: Flow) -> None:
    """A mortgage broker and a real estate agent are not told first of a journey that only Europe knows."""
    broker, agent = flow.offers({"mortgage_broker": 1.0}), flow.offers({"real_estate_agent": 1.0})
    first = flow.evidence(broker, agent, ("first_home_buyers",))[0]
    assert flow.taxonomy.journeys[first.journey].region == ""


def test_an_unknown_service_is_left_out(flow: Flow) -> None:
    """A code that the taxonomy no longer has does not break the flow."""
    assert flow.offers({"no_such_service": 1.0}).sum() == 0
    assert flow.outward(flow.offers({"no_such_service": 1.0})).sum() == 0


def test_before_counts_less_than_after() -> None:
    """A need that comes before we meet the client is worth less than one that comes after, but something."""
    assert 0 < flow_module.BEFORE < 1
