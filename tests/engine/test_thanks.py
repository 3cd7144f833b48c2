"""Safe thanks: what may be given to whom, and that no limit of any twelve months is ever passed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.partners import Reward
from matcher.answers.thanked import WayToThank
from matcher.engine.thanks import YEAR_DAYS, Given, Receiver, refusal, ways
from matcher.knowledge.rewards import KINDS, PLACES, WITH_VALUE, Rule, rules, rules_for
from matcher.taxonomy import taxonomy

TODAY = date(2026, 11, 26)
SERVICES = sorted(taxonomy().services)
RESTRICTED = [one.code for one in taxonomy().services.values() if one.paid_referrals != "free"]
SOME = st.frozensets(st.sampled_from(SERVICES), max_size=3)
SOMEWHERE = st.sampled_from(["", "elsewhere", *PLACES])
LIMITED = [rule for rule in rules() if rule.limit_cents is not None]


def to(services: str = "", ours: str = "florist", place: str = "US-AZ", **told: object) -> Receiver:
    """Somebody to thank; words change them."""
    return Receiver(services=frozenset(services.split()), ours=frozenset(ours.split()), place=place, **told)  # type: ignore[arg-type]


def way(receiver: Receiver, kind: Reward, gifts: tuple[Given, ...] = (), on: date = TODAY) -> WayToThank:
    """One kind of thanks for somebody."""
    return next(one for one in ways(receiver, gifts, on) if one.reward == kind)


@pytest.mark.parametrize("service", RESTRICTED)
@pytest.mark.parametrize("place", ["", "US", "US-CA", "UK", "DE", "FR", "ES"])
def test_restricted_services_are_never_paid(service: str, place: str) -> None:
    """Money is refused, with a source, wherever paid referrals are restricted, be it their service or ours."""
    for receiver in (to(service, place=place), to("florist", service, place)):
        found = way(receiver, "money")
        assert (found.verdict, found.left_cents) == ("refused", None)
        assert found.reason
        assert found.source
        assert refusal(receiver, (), Given(reward="money", value_cents=1, given_on=TODAY))


@given(SOME, SOME, SOMEWHERE, SOMEWHERE)
def test_who_never_wants_money_gets_none(
    services: frozenset[str], ours: frozenset[str], place: str, our_place: str
) -> None:
    """Once somebody said never to send money, it is refused for every profession in every place."""
    receiver = Receiver(services=services, ours=ours, place=place, our_place=our_place, never_money=True)
    assert way(receiver, "money").verdict == "refused"
    assert refusal(receiver, (), Given(reward="money", value_cents=1, given_on=TODAY))


@given(SOME, SOME, SOMEWHERE)
def test_words_are_always_fine(services: frozenset[str], ours: frozenset[str], place: str) -> None:
    """Words and a card are fine for everybody, and every kind of thanks has a verdict with a reason."""
    found = ways(Receiver(services=services, ours=ours, place=place), (), TODAY)
    assert [one.reward for one in found] == list(KINDS)
    assert [one.verdict for one in found[:2]] == ["fine", "fine"]
    assert all(one.reason for one in found)
    assert all(one.source for one in found if one.verdict in ("limited",))


@given(SOME, SOME, st.sampled_from(list(PLACES)))
def test_an_unknown_place_is_as_strict_as_the_strictest(
    services: frozenset[str], ours: frozenset[str], place: str
) -> None:
    """Without a place no kind of thanks is judged more mildly than in any place that we know."""
    order = ["fine", "limited", "ask", "refused"]
    known = ways(Receiver(services=services, ours=ours, place=place), (), TODAY)
    unknown = ways(Receiver(services=services, ours=ours, place=""), (), TODAY)
    for one, strict in zip(known, unknown, strict=True):
        assert order.index(strict.verdict) >= order.index(one.verdict)


@given(
    st.sampled_from(LIMITED),
    st.lists(
        st.tuples(st.sampled_from(WITH_VALUE), st.integers(0, 40_000), st.integers(-900, 900)), min_size=1, max_size=25
    ),
)
def test_no_sequence_of_gifts_passes_a_limit(rule: Rule, tried: list[tuple[Reward, int, int]]) -> None:
    """However gifts are tried, in whatever order they are told, no twelve months hold more than the limit."""
    place = next(code for code in PLACES if code == rule.place or code.startswith(rule.place))
    receiver = Receiver(services=rule.services, ours=frozenset(), place=place)
    kept: list[Given] = []
    for reward, cents, days in tried:
        gift = Given(reward=reward, value_cents=cents, given_on=TODAY + timedelta(days=days))
        if not refusal(receiver, kept, gift):
            kept.append(gift)
    for held in rules_for(rule.services, place):
        counted = [gift for gift in kept if gift.reward in held.rewards]
        for last in counted:
            start = last.given_on - timedelta(days=YEAR_DAYS)
            spent = sum(gift.value_cents for gift in counted if start < gift.given_on <= last.given_on)
            assert held.limit_cents is None or spent <= held.limit_cents


def test_what_is_left_of_a_limit() -> None:
    """An insurance agent in Washington has 100 dollars a person in twelve months, and gifts use it up."""
    agent = to("florist", "insurance_agent", "US-WA", reward="gift")
    fresh = way(agent, "gift")
    assert (fresh.verdict, fresh.left_cents, fresh.limit_cents, fresh.currency) == ("limited", 10_000, 10_000, "USD")
    assert fresh.preferred
    before = (Given(reward="charity", value_cents=6_000, given_on=TODAY - timedelta(days=YEAR_DAYS - 1)),)
    assert way(agent, "gift", before).left_cents == 4_000
    assert "more than the rule leaves: 40 USD" in refusal(
        agent, before, Given(reward="gift", value_cents=4_001, given_on=TODAY)
    )
    assert way(agent, "gift", before, TODAY + timedelta(days=1)).left_cents == 10_000
    used = (*before, Given(reward="gift", value_cents=4_000, given_on=TODAY))
    assert (way(agent, "gift", used).verdict, way(agent, "gift", used).left_cents) == ("refused", None)


def test_a_later_gift_counts_for_one_told_late() -> None:
    """A gift that is told after a later one is held to the limit of the year that holds both."""
    agent = to("florist", "insurance_agent", "US-WA")
    later = [Given(reward="gift", value_cents=9_000, given_on=TODAY)]
    late = Given(reward="gift", value_cents=2_000, given_on=TODAY - timedelta(days=100))
    assert refusal(agent, later, late)


@pytest.mark.parametrize(
    ("services", "ours", "place", "kind", "verdict"),
    [
        ("real_estate_agent", "mortgage_broker", "US-AZ", "gift", "refused"),
        ("real_estate_agent", "mortgage_broker", "US-AZ", "charity", "refused"),
        ("estate_attorney", "florist", "US-OR", "gift", "ask"),
        ("estate_attorney", "florist", "DE", "gift", "refused"),
        ("accountant", "florist", "DE", "access", "refused"),
        ("injury_attorney", "florist", "UK", "charity", "refused"),
        ("home_care", "hospice", "US-OR", "gift", "refused"),
        ("insurance_agent", "florist", "US-AK", "gift", "refused"),
        ("insurance_agent", "florist", "US-OR", "gift", "ask"),
        ("insurance_agent", "florist", "ES", "gift", "ask"),
        ("medicare_advisor", "florist", "US-WA", "gift", "limited"),
        ("veterinarian", "florist", "US-WA", "gift", "ask"),
        ("florist", "photo_booth", "US-WA", "money", "fine"),
        ("", "photo_booth", "US-WA", "money", "ask"),
        ("", "photo_booth", "US-WA", "gift", "fine"),
    ],
)
def test_verdicts(services: str, ours: str, place: str, kind: Reward, verdict: str) -> None:
    """Well-known cases are judged as their rule says."""
    assert way(to(services, ours, place), kind).verdict == verdict


def test_the_rules_of_our_own_place_count_too() -> None:
    """Who is bound by the law at home is bound when thanking somebody abroad."""
    assert way(to("florist", "estate_attorney", "US-OR", our_place="DE"), "gift").verdict == "refused"


def test_a_gift_needs_its_price() -> None:
    """Without a price no limit could be kept, and money in a card is no card."""
    assert "what it cost" in refusal(to("florist"), (), Given(reward="gift", value_cents=0, given_on=TODAY))
    assert "gift" in refusal(to("florist"), (), Given(reward="card", value_cents=500, given_on=TODAY))
    assert refusal(to("florist"), (), Given(reward="card", value_cents=0, given_on=TODAY)) == ""
