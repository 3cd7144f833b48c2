"""Flow of clients between services, against the plain sums."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine import flow as flow_module
from matcher.engine.flow import UNFORESEEN, Flow, Seen, flow_of
from matcher.engine.index import Index
from matcher.engine.pairs import pair_up
from matcher.engine.question import Question
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import columns_of
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
ALIKE = np.random.default_rng(0).uniform(-0.2, 1, (len(FLOW.codes), len(FLOW.codes)))  # made up, not even symmetric
MADE = Flow(taxonomy(), ALIKE)
services = st.sampled_from(FLOW.codes)


def test_flow_is_computed_once() -> None:
    """The same taxonomy gives the very same flow."""
    assert flow_of(taxonomy()) is FLOW


@given(services, services)
def test_between_is_the_plain_sum(one: str, other: str) -> None:
    """Each number of the matrix is the sum over journeys of MATCHING.md."""
    plain, _ = obvious.flows(FLOW.taxonomy, Home(services={one: 1.0}), Home(services={other: 1.0}))
    assert FLOW.between[FLOW.numbers[one], FLOW.numbers[other]] == pytest.approx(plain, rel=1e-5, abs=1e-9)


@settings(max_examples=50)
@given(homes(), homes())
def test_both_directions_are_the_plain_sums(one: Home, other: Home) -> None:
    """What flows out to a business and in from it equals the plain sums, whatever markets the two declare."""
    ours, theirs = FLOW.offers(one.services), FLOW.offers(other.services)
    out = FLOW.outward(ours, one.markets, other.markets) @ theirs
    assert out == pytest.approx(obvious.flows(FLOW.taxonomy, one, other)[0])
    breadth = theirs * (FLOW.chance @ (FLOW.commonness * FLOW.focus(other.markets)))
    into = (breadth @ FLOW.inward(ours, one.markets, other.markets)) / breadth.sum()
    assert into == pytest.approx(obvious.flows(FLOW.taxonomy, other, one)[0])


@settings(max_examples=50)
@given(homes(), homes())
def test_likeness_backs_up_both_directions(one: Home, other: Home) -> None:
    """With a likeness, what flows out and in equals the plain sums with the likeness added service by service."""
    ours, theirs = MADE.offers(one.services), MADE.offers(other.services)
    out = MADE.outward(ours, one.markets, other.markets) @ theirs
    assert out == pytest.approx(obvious.flows(MADE.taxonomy, one, other, ALIKE)[0])
    breadth = theirs * (MADE.chance @ (MADE.commonness * MADE.focus(other.markets)))
    into = (breadth @ MADE.inward(ours, one.markets, other.markets)) / breadth.sum()
    assert into == pytest.approx(obvious.flows(MADE.taxonomy, other, one, ALIKE)[0])


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


@settings(max_examples=30)
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


seen_on = st.dictionaries(
    st.sampled_from(FLOW.journeys),
    st.tuples(st.integers(1, 30), st.dictionaries(services, st.integers(1, 30), max_size=5)),
    max_size=3,
)


@settings(max_examples=40)
@given(seen_on, st.sets(services, max_size=2))
def test_learned_chances_are_the_plain_ones(told: dict[str, tuple[int, dict[str, int]]], sold: set[str]) -> None:
    """Each chance of a journey that clients were seen on is the mean of the stated one, as six clients, and theirs."""
    seen = {j: Seen(clients=n, needed={s: min(n, yes) for s, yes in some.items()}) for j, (n, some) in told.items()}
    ours = FLOW.learned(seen, sold)
    for journey, clients in seen.items():
        column = FLOW.journeys.index(journey)
        steps = {step.service: step for step in FLOW.taxonomy.journeys[journey].steps}
        last = max(step.stage for step in steps.values())
        for code in steps.keys() | clients.needed.keys():
            stated = steps[code].chance if code in steps else UNFORESEEN
            plain = (6 * stated + clients.needed.get(code, 0)) / (6 + clients.clients)
            expected = (plain, steps[code].stage if code in steps else last)
            if code in sold:
                expected = (steps[code].chance, steps[code].stage) if code in steps else (0.0, 0)
            at = FLOW.numbers[code], column
            assert (ours.chance[at], ours.stage[at]) == pytest.approx(expected)
    untouched = [column for column, journey in enumerate(FLOW.journeys) if journey not in seen]
    assert np.array_equal(ours.chance[:, untouched], FLOW.chance[:, untouched])
    assert np.array_equal(ours.stage[:, untouched], FLOW.stage[:, untouched])


def test_learning_leaves_the_shared_flow_alone() -> None:
    """What one network's clients needed changes a copy; the flow that all networks share stays as it was."""
    chance, between = FLOW.chance.copy(), FLOW.between.copy()
    ours = FLOW.learned({"first_home": Seen(clients=9, needed={"moving_company": 9.0, "monument": 1.0})})
    at = FLOW.numbers["mortgage_broker"], FLOW.numbers["moving_company"]
    assert ours.between[at] > FLOW.between[at]
    assert np.array_equal(FLOW.chance, chance)
    assert np.array_equal(FLOW.between, between)


def test_learned_needs_count_for_our_clients_only(flow: Flow, businesses: list[Home]) -> None:
    """A mover whom our clients turn out to need gets more from us; what we get from him stays."""
    index, home = Index(flow, columns_of(businesses)), Home(services={"mortgage_broker": 1.0})
    ours = flow.learned({"first_home": Seen(clients=40, needed={"moving_company": 40.0})}, home.services)
    movers = np.array([index.row(b.business_id or 0) for b in businesses if "moving_company" in b.services])
    assert len(movers)
    nowhere = np.full(len(movers), np.nan)
    before, after = (pair_up(index, Question(home=home, ours=known), movers, nowhere) for known in (None, ours))
    assert (after.out > before.out).all()
    assert np.array_equal(after.into, before.into)
    assert np.array_equal(after.breadth, before.breadth)
