"""Who can introduce the owner to somebody, against the same written plainly."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.connected import OWNER, WhoConnects
from matcher.answers.introduced import Asked, Course
from matcher.answers.whose import Whose
from matcher.engine.connectors import (
    USUAL_TIE,
    Circle,
    mean_tie,
    rested_share,
    who_connects,
    with_partners,
)

TODAY = date(2026, 3, 31)
GOAL, ANN, BEN, CAY = (Whose(person_id=number) for number in range(1, 5))
PEOPLE = (OWNER, GOAL, ANN, BEN, CAY, Whose(business_id=1), Whose(business_id=2))
NAMES = {whose: f"P{number}" for number, whose in enumerate(PEOPLE)} | {ANN: "Ann", BEN: "Ben", CAY: "Cay", GOAL: "K"}
Ties = dict[tuple[Whose, Whose], float]


def circle(ties: Ties, courses: tuple[Course, ...] = ()) -> Circle:
    """A circle with these ties, each in both directions."""
    web: dict[Whose, dict[Whose, float]] = {}
    for (one, other), strong in ties.items():
        web.setdefault(one, {})[other] = web.setdefault(other, {})[one] = strong
    numbered = [replace(one, introduction_id=at) for at, one in enumerate(courses, 1)]
    return Circle(web=web, names=NAMES, courses=numbered, today=TODAY)


def ask(whose: Whose, days: int, *, waiting: bool = False) -> Course:
    """That somebody was asked so many days ago to introduce us; it went well, unless we wait for their answer."""
    on = TODAY - timedelta(days=days)
    asked = Asked(role="first", whose=whose, asked_on=on, answer="" if waiting else "yes")
    return Course(introduction_id=0, for_us=True, asks=(asked,), closed_on=None if waiting else on)


def whom(found: WhoConnects) -> list[Whose]:
    """Who may introduce, in the order to ask them."""
    return [Whose(one.business_id, one.person_id) for one in found.connectors]


@st.composite
def circles(draw: st.DrawFn) -> Circle:
    """Any ties among seven, and any requests."""
    share = st.none() | st.sampled_from([0.0, 0.2, 0.35, 0.7, 1.0])
    ties = {two: strong for two in combinations(PEOPLE, 2) if (strong := draw(share)) is not None}
    days = st.integers(0, 90)
    asked = draw(st.lists(st.builds(ask, st.sampled_from(PEOPLE[2:]), days, waiting=st.booleans()), max_size=6))
    return circle(ties, tuple(asked))


@given(circles())
def test_the_trust_is_the_shrunken_mean(known: Circle) -> None:
    """The trust is (sum of near x far + 2G) / (sum of near + 2) over all who know both, and their parts add up."""
    web, found = known.web, who_connects(known, GOAL)
    both = [x for x in PEOPLE if x in web.get(OWNER, {}) and x in web.get(GOAL, {})]
    near = sum(web[OWNER][x] for x in both)
    strengths = [web[a][b] for a, b in combinations(PEOPLE, 2) if b in web.get(a, {})]
    usual = sum(strengths) / len(strengths) if strengths else float(USUAL_TIE)
    expected = (sum(web[OWNER][x] * web[x][GOAL] for x in both) + 2 * usual) / (near + 2)
    assert found.trust_share == pytest.approx(expected)
    assert sum(one.part_share for one in found.connectors) + 2 * usual / (near + 2) == pytest.approx(expected)
    assert set(whom(found)) == set(both)


@given(circles())
def test_nobody_tired_comes_first(known: Circle) -> None:
    """Whoever may be asked comes before whoever may not, and within each the part that is rested falls."""
    found = who_connects(known, GOAL).connectors
    for one in found:
        mine = [a for c in known.courses for a in c.asks if a.whose == Whose(one.business_id, one.person_id)]
        quiet = any(not a.answer and (TODAY - a.asked_on).days < 14 + 90 for a in mine)
        lately = sum((TODAY - a.asked_on).days < 30 for a in mine)
        still = sum(c.closed_on is None and (TODAY - c.asks[0].asked_on).days < 14 for c in known.courses)
        assert one.may_ask is (not quiet and lately < 2 and still < 3)
    keys = [(not one.may_ask, -round(one.part_share * one.rested_share, 2), one.last_asked_on) for one in found]
    assert keys == sorted(keys)


@given(circles())
def test_farther_ways_are_all_paths_over_two(known: Circle) -> None:
    """Farther ways go over all whom the owner does not know and who know the goal; never when the owner knows it."""
    graph: nx.Graph[Whose] = nx.Graph()
    graph.add_nodes_from((OWNER, GOAL))
    graph.add_edges_from((one, other) for one, ties in known.web.items() for other in ties)
    paths = [p for p in nx.all_simple_paths(graph, OWNER, GOAL, cutoff=3) if len(p) == 4]
    would = {NAMES[p[2]] for p in paths if not graph.has_edge(OWNER, p[2]) and not graph.has_edge(OWNER, GOAL)}
    found = who_connects(known, GOAL).farther
    assert {way.would for way in found} == would
    assert all([OWNER, Whose(way.business_id, way.person_id)] in [p[:2] for p in paths] for way in found)


def test_equals_take_turns() -> None:
    """Of two who add the same, the one who was never asked comes first, then whoever was asked longer ago."""
    ties = {(OWNER, x): 0.5 for x in (ANN, BEN, CAY)} | {(GOAL, x): 0.5 for x in (ANN, BEN, CAY)}
    found = who_connects(circle(ties, (ask(ANN, 900), ask(BEN, 700))), GOAL)
    assert whom(found) == [CAY, ANN, BEN]


def test_who_was_asked_lately_adds_less() -> None:
    """One request today halves what somebody counts, so that the next best is asked first."""
    ties = {(OWNER, ANN): 0.6, (OWNER, BEN): 0.5, (GOAL, ANN): 0.6, (GOAL, BEN): 0.5}
    assert whom(who_connects(circle(ties), GOAL)) == [ANN, BEN]
    assert whom(who_connects(circle(ties, (ask(ANN, 0),)), GOAL)) == [BEN, ANN]
    assert rested_share([TODAY], TODAY) == 0.5


@pytest.mark.parametrize(
    ("courses", "allowed", "sentence"),
    [
        ((), True, "You have not asked Ann before."),
        ((ask(ANN, 3),), True, "Ann was asked once this month."),
        ((ask(ANN, 3), ask(ANN, 29)), False, "Ann was asked twice this month. You may ask again from 1 April 2026."),
        ((ask(ANN, 3), ask(ANN, 30)), True, "Ann was asked once this month."),
        ((ask(ANN, 59),), True, "You last asked Ann on 31 January."),
        ((ask(ANN, 3, waiting=True),), False, "Ann is in another introduction that is still open."),
        ((ask(ANN, 14, waiting=True),), False, "Ann did not answer. You may ask again from 29 June 2026."),
    ],
)
def test_how_tired_somebody_is(courses: tuple[Course, ...], allowed: bool, sentence: str) -> None:
    """The limits on asking hold here as they do when we ask; a sentence says which, or how often they were asked."""
    ties = {(OWNER, ANN): 0.5, (GOAL, ANN): 0.5}
    (one,) = who_connects(circle(ties, courses), GOAL).connectors
    assert one.may_ask is allowed
    assert one.sentence.endswith(sentence)


def test_what_is_advised() -> None:
    """The advice is to ask directly, the first who may be asked, to wait, to ask whether somebody would, or to tell."""
    direct, over = {(OWNER, ANN): 0.5, (ANN, GOAL): 0.5}, {(OWNER, ANN): 0.5, (ANN, BEN): 0.5, (BEN, GOAL): 0.5}
    assert who_connects(circle(direct), GOAL).sentence == "Ask Ann to introduce you to K."
    assert "cannot be asked now" in who_connects(circle(direct, (ask(ANN, 1, waiting=True),)), GOAL).sentence
    assert who_connects(circle({(OWNER, GOAL): 0.1}), GOAL).sentence == "You know K yourself: ask them directly."
    (way,) = who_connects(circle(over), GOAL).farther
    assert way.sentence == "Ask Ann whether Ben would introduce you to K."
    assert "Tell us who does" in who_connects(circle({}), GOAL).sentence


def test_partners_of_whom_nobody_told_have_the_usual_tie() -> None:
    """An agreed partner counts with the mean tie, which stays the mean; a tie that was told stays as it is."""
    known = circle({(OWNER, ANN): 0.8, (ANN, GOAL): 0.4})
    whole, assumed = with_partners(known.web, [ANN, BEN])
    assert assumed == {BEN}
    assert whole[OWNER] == {ANN: 0.8, BEN: pytest.approx(0.6)}
    assert mean_tie(whole) == pytest.approx(0.6)
