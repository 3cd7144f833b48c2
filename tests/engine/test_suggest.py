"""The shortlist, against the slow version."""

import dataclasses
from collections.abc import Sequence

import pytest

from matcher.answers.partners import Filters, Home
from matcher.engine.compete import COMPETES
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of

BROKER = Home(services={"mortgage_broker": 1.0}, markets=("first_home_buyers",), lat=TOWN[0], lon=TOWN[1])


def everybody(index: Index, **asked: object) -> dict[int, float]:
    """id -> score of all that are suggested."""
    question = Question(home=BROKER, **asked)  # type: ignore[arg-type]
    return {s.business_id: s.score for s in suggest(index, question, lambda _: {}, limit=1000).suggestions}


def test_the_list_is_the_plain_one(index: Index, businesses: list[Home], flow: Flow) -> None:
    """Exactly those that do not compete and have a score are suggested, each with the plain score."""
    plain = {
        b.business_id: obvious.score(flow.taxonomy, BROKER, b)
        for b in businesses
        if obvious.overlap(BROKER, b) < COMPETES
    }
    assert everybody(index) == pytest.approx({i: s for i, s in plain.items() if s > 0}, rel=1e-6)


def test_everybody_is_accounted_for(index: Index) -> None:
    """Those suggested and those left out, by cause, are all the businesses looked at."""
    filters = Filters(groups=("home",))
    index.put(Home(business_id=1000, services={"mortgage_broker": 1.0}), 1)
    found = suggest(index, Question(home=BROKER, filters=filters, decided=(1, 2, 3)), lambda _: {})
    assert found.considered == 601
    assert found.total + sum(found.left_out.values()) == 601
    assert {"competitors", "no clients in common", "outside your filters"} <= found.left_out.keys()


def test_pages_join_without_gap(index: Index) -> None:
    """The pages one after the other are the whole list."""
    whole = suggest(index, Question(home=BROKER), lambda _: {}, limit=50).suggestions
    pages = (suggest(index, Question(home=BROKER), lambda _: {}, first=n, limit=10) for n in range(0, 50, 10))
    assert tuple(s for page in pages for s in page.suggestions) == whole


def test_names_are_asked_for_the_page_only(index: Index) -> None:
    """Names and places are looked up for the shown ones, and stand in the suggestions."""
    asked: list[int] = []

    def names(ids: Sequence[int]) -> dict[int, tuple[str, str]]:
        asked.extend(ids)
        return {i: (f"Firm {i}", "Tucson") for i in ids}

    shown = suggest(index, Question(home=BROKER), names, limit=5).suggestions
    assert asked == [s.business_id for s in shown]
    assert [(s.name, s.place) for s in shown] == [(f"Firm {i}", "Tucson") for i in asked]


def test_a_private_business_of_another_network_is_never_looked_at(index: Index) -> None:
    """A business that belongs to another network neither appears nor counts."""
    index.put(Home(business_id=7777, services={"real_estate_agent": 1.0}, lat=TOWN[0], lon=TOWN[1]), 5)
    assert 7777 not in everybody(index, network_id=6)
    assert 7777 in everybody(index, network_id=5)
    assert suggest(index, Question(home=BROKER, network_id=6), lambda _: {}).considered == 600


def test_the_home_is_not_suggested_to_itself(index: Index) -> None:
    """The owner's own business is not among the candidates."""
    home = dataclasses.replace(index.home(1), services={"wedding_planner": 1.0})
    found = suggest(index, Question(home=home), lambda _: {}, limit=1000)
    assert 1 not in {s.business_id for s in found.suggestions}
    assert found.considered == 599


def test_decided_ones_come_back_when_asked_for(index: Index) -> None:
    """A business with a verdict stays away until the owner asks to see those as well."""
    some = next(iter(everybody(index)))
    assert some not in everybody(index, decided=[some])
    assert some in everybody(index, decided=[some], filters=Filters(decided=True))


def test_filters_keep_what_they_say(index: Index, flow: Flow) -> None:
    """Each filter leaves only businesses that fit it, and some of them."""
    services, everyone = flow.taxonomy.services, everybody(index)

    def kept(**filters: object) -> list[Home]:
        found = everybody(index, filters=Filters(**filters))  # type: ignore[arg-type]
        assert 0 < len(found) < len(everyone)
        return [index.home(i) for i in found]

    popular = max(flow.codes, key=lambda code: sum(code in index.home(i).services for i in everyone))
    group = services[popular].group
    assert all(popular in b.services for b in kept(services=(popular,)))
    assert all(any(services[s].group == group for s in b.services) for b in kept(groups=(group,)))
    assert all(any(services[s].sells_to != "businesses" for s in b.services) for b in kept(sells_to="households"))
    for business in kept(within_km=10):
        gap = obvious.distance(BROKER, business)
        assert gap is not None
        assert gap <= 10
    assert kept(markets=("engaged",))
    assert {b.business_id for b in kept(side="us")}.isdisjoint({b.business_id for b in kept(side="them")})
    some = list(everyone)[:3]
    assert everybody(index, named=some).keys() == set(some)


def test_a_business_that_may_compete_is_flagged(index: Index) -> None:
    """One that we are a fifth sure sells the same is suggested with the flag."""
    services = {"mortgage_broker": 0.2, "financial_advisor": 1.0}
    index.put(Home(business_id=8888, services=services, lat=TOWN[0], lon=TOWN[1]), 1)
    found = suggest(index, Question(home=BROKER), lambda _: {}, limit=1000).suggestions
    assert next(s for s in found if s.business_id == 8888).partly_competes


def test_figures_nobody_told_are_marked(flow: Flow) -> None:
    """Usual figures are named as assumed; told ones are not."""
    told = Home(business_id=1, services={"florist": 1.0}, lat=0.0, lon=0.0, clients_a_year=90, order_value_cents=100)
    home = Home(services={"wedding_planner": 1.0}, lat=0.0, lon=0.0, clients_a_year=30)
    found = suggest(Index(flow, columns_of([told])), Question(home=home), lambda _: {}).suggestions[0]
    assert found.assumed == ("your order value",)
    assert found.value_to_them_cents == pytest.approx(found.to_them_a_year * 0.3 * 100, abs=1)


def test_an_owner_without_a_place_gets_suggestions(index: Index) -> None:
    """Without the owner's place nobody is too far away, and distances are unknown."""
    home = Home(services={"mortgage_broker": 1.0})
    found = suggest(index, Question(home=home), lambda _: {})
    assert len(found.suggestions) == 20
    assert all(s.distance_km is None for s in found.suggestions)
