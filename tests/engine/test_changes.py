"""What would change the answer: every change that is said is true, by doing it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Change, Explanation, Facts, Home
from matcher.engine.changes import SHOWN
from matcher.engine.explain import explain
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.suggest import Question
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.engine.made import TOWN, columns_of, town
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
MADE = town(FLOW.codes, 150)
HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
BROKER = Home(services={"mortgage_broker": 1.0}, markets=("first_home_buyers",), tier=2, **HERE)
RADIUS = re.compile(r"If you took clients from ([\d,]+) km around")


def with_told(business: Home, facts: Facts) -> Home:
    """The business as it would be in an index that has heard these facts."""
    told: dict[str, Any] = {
        name: getattr(facts, name) for name in Facts.__dataclass_fields__ if getattr(facts, name) is not None
    }
    place = told.pop("place", None)
    return replace(business, **told, **({"lat": place.lat, "lon": place.lon} if place else {}))


def rank_after(index: Index, question: Question, business_id: int, change: Change) -> int:
    """The rank once the change has been made, in an index edited for it."""
    if change.told is not None:
        index.put(with_told(index.home(business_id), change.told), SHARED)
    elif radius := RADIUS.match(change.sentence):
        question = replace(question, home=replace(question.home, radius_km=float(radius[1].replace(",", ""))))
    else:
        offered = index.home(business_id).services.keys()
        free = [one for one in question.trusted if offered.isdisjoint(index.home(one).services)]
        question = replace(question, trusted=free)
    found = explain(index, question, business_id)
    assert found.suggestion is not None
    return found.suggestion.rank


@settings(max_examples=40)
@given(homes(), st.integers(1, 150), st.sets(st.integers(1, 150), max_size=2), st.sets(st.integers(1, 150)))
def test_every_change_gives_the_rank_that_is_said(
    home: Home, business_id: int, trusted: set[int], decided: set[int]
) -> None:
    """Whatever is said to change the answer gives exactly that rank when it is done, and a better one than now."""
    question = Question(home=home, trusted=sorted(trusted), decided=decided | trusted)
    now = explain(Index(FLOW, columns_of(MADE)), question, business_id)
    assert len(now.changes) <= SHOWN
    for change in now.changes:
        if change.rank is not None:
            assert rank_after(Index(FLOW, columns_of(MADE)), question, business_id, change) == change.rank
            assert now.suggestion is None or change.rank < now.suggestion.rank
            assert f"about rank {change.rank}." in change.sentence


def asked(flow: Flow, business: Mapping[str, Any], home: Home = BROKER, trusted: tuple[int, ...] = ()) -> Explanation:
    """What is said of business 999 among the businesses of the made town."""
    index = Index(flow, columns_of([*MADE, Home(business_id=999, **business)]))
    return explain(index, Question(home=home, trusted=trusted), 999)


@pytest.mark.parametrize(
    ("business", "words", "source"),
    [
        ({"services": {"caterer": 0.4}, **HERE}, "If you confirmed that they work as a caterer", "offer:caterer"),
        ({"services": {"caterer": 1.0}}, "If you told us where they are, and it were 10 km away", "place"),
        ({"services": {"caterer": 1.0}, "tier": 3, **HERE}, "If their price level were yours", "tier"),
        (
            {"services": {"mortgage_broker": 1.0, "financial_advisor": 0.8}, **HERE},
            "If they did not work as a mortgage broker or home lender, they would be suggested, at about rank",
            "offer:mortgage_broker",
        ),
        ({"services": {"real_estate_agent": 1.0}, "lat": TOWN[0] + 1, "lon": TOWN[1]}, "If their clients", "radius"),
        ({"services": {"real_estate_agent": 1.0}, "lat": TOWN[0] + 1, "lon": TOWN[1]}, "If you took", "home:radius"),
    ],
    ids=["unsure", "unplaced", "dearer", "rival", "wider", "far"],
)
def test_what_the_owner_could_know_better_is_said(
    flow: Flow, business: dict[str, Any], words: str, source: str
) -> None:
    """Each datum that holds a business back is named with the rank that a better word would give."""
    found = asked(flow, business)
    assert any(c.sentence.startswith(words) and c.source.startswith(source) for c in found.changes), found.changes


def test_a_taken_seat_is_named(flow: Flow) -> None:
    """A trusted partner who serves the same need is said to hold the seat, and the rank is that without the partner."""
    realtor = {"services": {"real_estate_agent": 1.0}, **HERE}
    index = Index(flow, columns_of([*MADE, *(Home(business_id=n, **realtor) for n in (998, 999))]))
    question = Question(home=BROKER, trusted=(998,))
    (taken,) = (c for c in explain(index, question, 999).changes if c.source == "partnerships")
    assert taken.told is None
    assert taken.rank == rank_after(index, question, 999, taken)


def test_figures_are_tried_at_twice_the_usual(flow: Flow) -> None:
    """A trade with few clients is told what twice as many would change, unless the business has said its figure."""
    usual = {"services": {"landscaper": 1.0}, **HERE}
    words = "clients a year, about twice what is usual"
    assert any(words in c.sentence for c in asked(flow, usual).changes)
    assert not any(words in c.sentence for c in asked(flow, {**usual, "clients_a_year": 5.0}).changes)


def test_nothing_is_promised_to_the_first(flow: Flow) -> None:
    """A business on rank 1 cannot be brought up, so nothing is said."""
    index = Index(flow, columns_of([Home(business_id=1, services={"real_estate_agent": 0.5}, **HERE)]))
    assert explain(index, Question(home=BROKER), 1).changes == ()


def test_an_unknown_place_of_our_own_is_asked_for(flow: Flow) -> None:
    """Who has not said where they are is told that it would help, without a number that nobody can know."""
    index = Index(flow, columns_of([Home(business_id=1, services={"real_estate_agent": 1.0}, **HERE)]))
    (change,) = explain(index, Question(home=replace(BROKER, lat=None, lon=None)), 1).changes
    assert change == Change(
        sentence="If you told us where you are, we could say how far your areas overlap.", source="home:place"
    )
