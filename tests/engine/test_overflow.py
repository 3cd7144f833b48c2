"""Competitors who could take work over."""

from typing import Any

import pytest

from matcher.answers.partners import Filters, Home, Overflow
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.overflow import STRANGER_TRUST, TRUST, overflow
from matcher.engine.picture import Partner
from matcher.engine.suggest import Question, suggest
from tests.engine.made import TOWN, columns_of

HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
PLUMBER = Home(services={"plumber": 1.0}, markets=("homeowners",), tier=2, **HERE)
NEAR, FAR, PARTNER, CHEAP, WIDE, OTHER = range(1, 7)


@pytest.fixture
def town(flow: Flow) -> Index:
    """Five plumbers around a plumber, and an electrician."""
    plumber = {"plumber": 1.0}
    return Index(
        flow,
        columns_of(
            [
                Home(business_id=NEAR, services=plumber, tier=2, **HERE),
                Home(business_id=FAR, services=plumber, tier=2, lat=TOWN[0] + 0.1, lon=TOWN[1]),
                Home(business_id=PARTNER, services=plumber, tier=2, lat=TOWN[0] + 0.2, lon=TOWN[1]),
                Home(business_id=CHEAP, services=plumber, tier=1, **HERE),
                Home(
                    business_id=WIDE,
                    services=plumber,
                    tier=3,
                    radius_km=80.0,
                    markets=("homeowners", "landlords"),
                    **HERE,
                ),
                Home(business_id=OTHER, services={"electrician": 1.0}, **HERE),
            ]
        ),
    )


def asked(town: Index, **question: Any) -> Overflow:
    """The overflow partners of the plumber."""
    partner = Partner(business_id=PARTNER, name="Paul", services={}, stage="agreed")
    return overflow(
        town,
        Question(home=PLUMBER, **{"partners": [partner], **question}),
        lambda ids: {i: (f"Firm {i}", "Tucson") for i in ids},
    )


def test_the_best_sells_the_same_is_trusted_near_and_of_the_same_price(town: Index) -> None:
    """A trusted partner comes first, then strangers by how much they are like the owner; other trades do not appear."""
    found = asked(town).partners
    assert [one.business_id for one in found] == [PARTNER, NEAR, FAR, CHEAP, WIDE]
    assert [one.rank for one in found] == [1, 2, 3, 4, 4]
    assert [one.trust_share for one in found] == [TRUST["agreed"]] + 4 * [STRANGER_TRUST]
    assert all(one.fit_share == pytest.approx(one.overlap_share * one.trust_share) for one in found)
    assert (found[0].name, found[0].stage, found[1].stage) == ("Firm 3", "agreed", "")


def test_each_says_which_work_it_could_take(town: Index) -> None:
    """Work for which there is no time, that is too far away, too cheap, too dear or for other clients."""
    takes = {one.business_id: " ".join(one.takes) for one in asked(town).partners}
    assert "no time: they offer the same (plumber)" in takes[NEAR]
    assert "too far" in takes[WIDE]
    assert "too far" not in takes[NEAR]
    assert "spend less" in takes[CHEAP]
    assert "want more than you offer" in takes[WIDE]
    assert "they serve landlords" in takes[WIDE].lower()


def test_it_is_whom_the_suggestions_keep_out(town: Index) -> None:
    """The list is exactly the competitors that the suggestions count, with the owner's own word."""
    known = {OTHER: Known(competes=True, competes_because="they do pipes too"), NEAR: Known(competes=False)}
    found = asked(town, known=known)
    assert {one.business_id for one in found.partners} == {FAR, PARTNER, CHEAP, WIDE, OTHER}
    assert found.total == suggest(town, Question(home=PLUMBER, known=known), lambda _: {}).left_out["competitors"]
    assert found.partners[-1].business_id == OTHER
    assert found.partners[-1].sentence.startswith("You said that they compete with you, because they do pipes too. ")


def test_filters_and_answers_keep_some_away(town: Index) -> None:
    """A distance, a name and an answer without a partnership take businesses off the list, and they are counted."""
    near = asked(town, filters=Filters(within_km=5))
    assert {one.business_id for one in near.partners} == {NEAR, CHEAP, WIDE}
    assert near.left_out == {"outside your filters": 2}
    assert [one.business_id for one in asked(town, named={FAR, OTHER}).partners] == [FAR]
    fresh = asked(town, decided={NEAR, PARTNER})
    assert (fresh.total, fresh.left_out) == (4, {"already decided": 1})
    assert asked(town, decided={NEAR, PARTNER}, filters=Filters(decided=True)).total == 5


def test_what_you_would_vouch_goes_before_the_partnership(town: Index) -> None:
    """A told trust counts instead of the one that the stage suggests, and pages join without gap."""
    known = {PARTNER: Known(vouch_share=0.1), FAR: Known(vouch_share=1.0)}
    found = asked(town, known=known).partners
    assert (found[0].business_id, found[-1].business_id) == (FAR, PARTNER)
    assert found[0].sentence.endswith("% the same as you, times 100% trust, as far as you would vouch for them.")
    partner = Partner(business_id=PARTNER, name="Paul", services={}, stage="agreed")
    question = Question(home=PLUMBER, known=known, partners=[partner])
    pages = [overflow(town, question, lambda _: {}, first=n, limit=2).partners for n in range(0, 6, 2)]
    assert [one.business_id for page in pages for one in page] == [one.business_id for one in found]


def test_equals_share_a_rank_and_the_nearer_comes_first(flow: Flow) -> None:
    """Two who fit equally well have one rank."""
    twins = [
        Home(business_id=1, services={"plumber": 1.0}, lat=TOWN[0] + 0.01, lon=TOWN[1], radius_km=5),
        Home(business_id=2, services={"plumber": 1.0}, radius_km=5, **HERE),
    ]
    found = overflow(Index(flow, columns_of(twins)), Question(home=PLUMBER), lambda _: {}).partners
    assert [(one.business_id, one.rank) for one in found] == [(2, 1), (1, 1)]
