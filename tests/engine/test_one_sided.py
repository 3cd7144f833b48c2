"""Who helps one side only, or neither, and what would change it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from matcher.answers.partners import Home, OneSided
from matcher.engine.compete import COMPETES
from matcher.engine.explain import explain
from matcher.engine.flow import Flow, Seen
from matcher.engine.index import Index
from matcher.engine.one_sided import one_sided
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of

HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
BROKER = Home(services={"mortgage_broker": 1.0}, markets=("first_home_buyers",), **HERE)


def everybody(index: Index, **asked: Any) -> dict[int, OneSided]:
    """All of them, by number."""
    question = Question(**{"home": BROKER, **asked})
    return {one.business_id: one for one in one_sided(index, question, lambda _: {}, limit=1000).businesses}


def test_the_list_is_the_count(index: Index, businesses: list[Home], flow: Flow) -> None:
    """Exactly those are listed that suggestions count as without clients in common, and the plain model says so."""
    found = everybody(index)
    assert len(found) == suggest(index, Question(home=BROKER), lambda _: {}).left_out["no clients in common"]
    plain = {
        b.business_id
        for b in businesses
        if obvious.score(flow.taxonomy, BROKER, b) == 0 and obvious.overlap(BROKER, b) < COMPETES
    }
    assert found.keys() <= plain
    assert len(found) > 10


def test_pages_join_without_gap(index: Index) -> None:
    """The pages one after the other are the whole list, the nearest first."""
    whole = list(everybody(index).values())
    question = Question(home=BROKER)
    pages = [one_sided(index, question, lambda _: {}, first=n, limit=7) for n in range(0, len(whole), 7)]
    assert [one for page in pages for one in page.businesses] == whole
    assert {page.total for page in pages} == {len(whole)}
    placed = [one.distance_km for one in whole if one.distance_km is not None]
    assert placed == sorted(placed)


def test_a_waiting_client_comes_first(index: Index) -> None:
    """Who could fill an open need of a client is first on the list, helps them, and is told how many wait."""
    far = list(everybody(index))[-1]
    service = next(iter(index.home(far).services))
    found = everybody(index, open_needs={service: 2})
    first = next(iter(found.values()))
    assert service in first.services
    assert found[far].helps == "them"
    assert found[far].open_needs == max(1, round(2 * index.home(far).services[service]))
    assert "your client" in found[far].sentence
    assert {one.helps for one in everybody(index).values()} == {"neither"}


def test_what_our_clients_taught_helps_them(index: Index, flow: Flow) -> None:
    """Where our own clients turned out to need somebody whose clients need us on no occasion, only they gain."""
    number = next(iter(everybody(index)))
    service = next(iter(index.home(number).services))
    ours = flow.learned({"first_home": Seen(clients=10, needed={service: 8.0})}, BROKER.services)
    found = everybody(index, ours=ours)[number]
    assert found.helps == "them"
    assert found.to_them_a_year > 0
    assert found.to_us_a_year == 0
    assert found.sentence.startswith("Your clients need them")
    assert not any(change.startswith("If they also") for change in found.changes)


def test_what_would_change_it_is_true(index: Index, flow: Flow) -> None:
    """Whoever also sells what is advised has a score, and the market named is one of most of their clients."""
    advised = 0
    for one in everybody(index).values():
        said = " ".join(one.changes)
        if added := re.search(r"If they also worked as an? (.*?), ", said):
            advised += 1
            service = next(s.code for s in flow.taxonomy.services.values() if s.name.lower() == added[1].lower())
            theirs = index.home(one.business_id)
            with_it = replace(theirs, services={**theirs.services, service: 1.0})
            assert obvious.score(flow.taxonomy, BROKER, with_it) > 0
    assert advised > 0


@pytest.mark.parametrize("service", ["dj_band", "lactation", "martial_arts"])
def test_whom_they_serve_is_said(flow: Flow, service: str) -> None:
    """The market and the journey of most of their clients are named, as the place to meet them."""
    index = Index(flow, columns_of([Home(business_id=1, services={service: 1.0}, **HERE)]))
    (change, *_) = everybody(index)[1].changes
    market, journey = re.search(r"of their clients are (.*), for example around “(.*)”", change).groups()  # type: ignore[union-attr]
    assert any(m.name.lower() == market.lower() for m in flow.taxonomy.markets.values())
    named = [j for j in flow.taxonomy.journeys.values() if j.name.lower().startswith(journey.lower())]
    assert any(service in {step.service for step in j.steps} for j in named)


def test_the_explanation_gives_the_same_advice(index: Index) -> None:
    """Who asks why somebody is not suggested is told what the list says."""
    number, listed = next(iter(everybody(index).items()))
    said = explain(index, Question(home=BROKER), number)
    assert said.standing == "one_side"
    assert set(listed.changes) <= {change.sentence for change in said.changes}
