"""Whom of the owner's partners to make known to each other."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine.broker import ALIKE_DIGITS, meetings, reasons
from matcher.engine.compete import PARTLY
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.kinds import LEAST
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
HERE = {"lat": TOWN[0], "lon": TOWN[1]}


@st.composite
def partners(draw: st.DrawFn) -> list[Home]:
    """Up to six businesses, numbered from 1."""
    return [draw(homes(number)) for number in range(1, draw(st.integers(2, 6)) + 1)]


def gains(flow: Flow, giver: Home, taker: Home) -> float:
    """Referrals a year from one to another: the worth over what one of them brings on average."""
    worth = obvious.direction(flow.taxonomy, giver, taker)[1]
    told = taker.order_value_cents
    usual = obvious.usual(flow.taxonomy, taker, "order_low_usd", "order_high_usd")
    return worth / (0.3 * max(LEAST, usual if told is None else told / 100))


@settings(max_examples=40)
@given(partners())
def test_pairs_against_the_plain_model(some: list[Home]) -> None:
    """The pairs are those that both gain, reach each other and do not compete, by what the worse side gains."""
    found = meetings(Index(FLOW, columns_of(some)), SHARED, [b.business_id or 0 for b in some])
    for two in found:
        one, other = some[two.first - 1], some[two.second - 1]
        assert obvious.overlap(one, other) < PARTLY + 1e-6
        assert two.second_a_year == pytest.approx(gains(FLOW, one, other), rel=1e-3)
        assert two.first_a_year == pytest.approx(gains(FLOW, other, one), rel=1e-3)
    worse = [two.weaker_a_year for two in found]
    assert worse == pytest.approx(sorted(worse, reverse=True), abs=10**-ALIKE_DIGITS)
    pairs = {frozenset((two.first, two.second)) for two in found}
    assert len(pairs) == len(found)
    for one, other in combinations(some, 2):
        apart = (obvious.distance(one, other) or 0) >= one.radius_km + other.radius_km
        good = obvious.overlap(one, other) < PARTLY - 1e-6 and min(gains(FLOW, one, other), gains(FLOW, other, one)) > 0
        assert not good or apart or {one.business_id, other.business_id} in pairs


@pytest.fixture
def street(flow: Flow) -> Index:
    """An agent, a lender, an agent who competes with the first, and one who sells nothing we know."""
    services = [{"real_estate_agent": 1.0}, {"mortgage_broker": 1.0}, {"real_estate_agent": 1.0}, {}]
    return Index(flow, columns_of([Home(business_id=n, services=s, **HERE) for n, s in enumerate(services, start=1)]))


def test_rivals_and_the_unknown_are_never_brought_together(street: Index) -> None:
    """Two agents are no pair, and neither is anybody with a business whose services nobody knows."""
    found = meetings(street, SHARED, [1, 2, 3, 4])
    assert [(two.first, two.second) for two in found] == [(1, 2), (2, 3)]


def test_those_who_have_met_are_left_out(street: Index) -> None:
    """A pair that has met is no pair to bring together, and a business that nobody can see is passed over."""
    found = meetings(street, SHARED, [1, 2, 3, 77], {frozenset((1, 2))})
    assert [(two.first, two.second) for two in found] == [(2, 3)]


def test_the_figures_are_those_of_suggestions(street: Index) -> None:
    """Each side's referrals are what a suggestion would say to it, were it the owner."""
    (two, *_) = meetings(street, SHARED, [1, 2])
    shown = suggest(street, Question(home=street.home(1)), lambda ids: dict.fromkeys(ids, ("", "")), limit=9)
    lender = next(one for one in shown.suggestions if one.business_id == 2)
    assert (two.first_a_year, two.second_a_year) == pytest.approx((lender.to_us_a_year, lender.to_them_a_year))


def test_reasons_speak_to_each_side(street: Index) -> None:
    """Each side reads whose clients need what it sells, with an occasion and no figure."""
    (two,) = meetings(street, SHARED, [1, 2])
    first, second = reasons(street, two, "Saguaro Realty", "Alice Lends")
    assert first.startswith("Clients of Alice Lends also need a real estate agent, for example around “")
    assert second.startswith("Clients of Saguaro Realty also need a mortgage broker or home lender, for example")
    assert not any(sign.isdigit() for sign in first + second)
