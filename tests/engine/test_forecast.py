"""What clients will need and when, against a slow version that goes day by day."""

from collections.abc import Collection, Sequence
from copy import copy
from datetime import date, timedelta
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.expected import ExpectedNeed
from matcher.engine.flow import UNFORESEEN, Flow, Seen, flow_of
from matcher.engine.forecast import LEAST_SHOWN, Begun, in_words, odds
from matcher.taxonomy import Journey, taxonomy

TODAY = date(2026, 3, 2)
FLOW = flow_of(taxonomy())
# clients of ours turned out to need what no step of these journeys foresees
OURS = FLOW.learned({code: Seen(clients=9, needed={"monument": 5}) for code in ("first_home", "car_crash")})
services = st.sampled_from(FLOW.codes)


def chances(flow: Flow, journeys: Sequence[Begun], today: date, told: Collection[str]) -> tuple[ExpectedNeed, ...]:
    """What a client will need but for what they have told, as the owner reads it."""
    return tuple(in_words(flow.taxonomy, one) for one in odds(flow, journeys, today, told))


@st.composite
def begun(draw: st.DrawFn) -> list[Begun]:
    """Some journeys of one client, the same one twice in a while, begun up to three years ago or still to come."""
    some = st.one_of(st.sampled_from(("first_home", "car_crash", "local_move")), st.sampled_from(FLOW.journeys))
    told = draw(st.lists(st.tuples(some, st.integers(-1095, 1095)), max_size=4))
    return [
        Begun(occasion_id=number, journey=code, day_zero=TODAY + timedelta(days=days))
        for number, (code, days) in enumerate(told)
    ]


def on(journey: str, days: int) -> Begun:
    """A journey whose day zero is so many days from today."""
    return Begun(occasion_id=7, journey=journey, day_zero=TODAY + timedelta(days=days))


def step_of(flow: Flow, journey: Journey, service: str) -> tuple[float, tuple[int, int]]:
    """Chance and window of a need on a journey, by the taxonomy; what it does not foresee comes with its last stage."""
    stages = {step.service: step.stage for step in journey.steps}
    chance = float(flow.chance[flow.numbers[service], flow.journeys.index(journey.code)])
    return chance, journey.windows[stages.get(service, max(stages.values()))]


def day_by_day(flow: Flow, journeys: Sequence[Begun], service: str, days: int) -> float:
    """The chance that a service is needed within so many days, adding up each day of each window."""
    nothing = 1.0
    for begun in journeys:
        chance, (begins, ends) = step_of(flow, flow.taxonomy.journeys[begun.journey], service)
        mine = 0.0
        for offset in range(begins, ends):
            if 0 <= (begun.day_zero + timedelta(days=offset) - TODAY).days < days:
                mine += chance / (ends - begins)
        nothing *= 1 - mine
    return 1 - nothing


@settings(max_examples=60)
@given(begun(), st.sets(services, max_size=8))
def test_chances_are_those_counted_day_by_day(journeys: list[Begun], asked: set[str]) -> None:
    """Every chance equals the sum over the days of all windows, and what is not shown is below the least shown."""
    found = {need.service: need for need in chances(OURS, journeys, TODAY, ())}
    for service in asked | set(list(found)[:10]) | {"monument"}:
        plain = [day_by_day(OURS, journeys, service, days) for days in (30, 90, 365)]
        if service in found:
            need = found[service]
            assert [need.chance_30, need.chance_90, need.chance_365] == pytest.approx(plain)
        else:
            assert plain[-1] < LEAST_SHOWN + 1e-9


@settings(max_examples=60)
@given(begun())
def test_chances_grow_with_time_up_to_the_chances_of_the_journeys(journeys: list[Begun]) -> None:
    """More days never mean less, and the chances of the journeys are never passed."""
    for need in chances(OURS, journeys, TODAY, ()):
        numbers = [FLOW.journeys.index(begun.journey) for begun in journeys]
        whole = 1 - prod(1 - OURS.chance[FLOW.numbers[need.service], number] for number in numbers)
        assert 0 <= need.chance_30 <= need.chance_90 <= need.chance_365 <= whole
        assert need.chance_365 >= LEAST_SHOWN


@settings(max_examples=60)
@given(begun(), st.integers(1, 3))
def test_what_is_left_out_is_all_that_is_missing(journeys: list[Begun], every: int) -> None:
    """Services left out are not shown, and all others stay exactly as they were."""
    needs = chances(OURS, journeys, TODAY, ())
    told = {need.service for need in needs[::every]}
    assert chances(OURS, journeys, TODAY, told) == tuple(need for need in needs if need.service not in told)


@settings(max_examples=60)
@given(begun())
def test_the_likeliest_need_stands_first(journeys: list[Begun]) -> None:
    """Needs stand by their chance within a year, each once, and alike ones by the code of the service."""
    order = [(-need.chance_365, need.service) for need in chances(OURS, journeys, TODAY, ())]
    assert order == sorted(order)
    assert len({service for _, service in order}) == len(order)


@settings(max_examples=60)
@given(begun())
def test_a_need_names_the_journey_that_adds_most(journeys: list[Begun]) -> None:
    """The journey, occasion and days shown with a need are those of the occasion that alone makes it likeliest."""
    for need in chances(OURS, journeys, TODAY, ())[:5]:
        alone = {one.occasion_id: day_by_day(OURS, [one], need.service, 365) for one in journeys}
        assert alone[need.occasion_id] == pytest.approx(max(alone.values()))
        named = next(one for one in journeys if one.occasion_id == need.occasion_id)
        assert named.journey == need.journey
        _, window = step_of(OURS, FLOW.taxonomy.journeys[named.journey], need.service)
        days = [(named.day_zero + timedelta(days=offset)).isoformat() for offset in window]
        assert [need.from_on, need.to_on] == days


@pytest.mark.parametrize("journey", ["first_home", "wedding_big", "car_crash", "restaurant_opening"])
def test_what_lies_behind_us_is_gone(journey: str) -> None:
    """Once the last window of a journey has ended nothing more is expected, and the day before something is."""
    ends = max(end for _, end in FLOW.taxonomy.journeys[journey].windows.values())
    assert chances(FLOW, [on(journey, -ends)], TODAY, ()) == ()
    assert chances(FLOW, [on(journey, 30 - ends)], TODAY, ())


@pytest.mark.parametrize("journey", ["first_home", "wedding_big", "car_crash", "restaurant_opening"])
def test_what_is_far_off_is_not_needed_soon(journey: str) -> None:
    """What begins to come up in fifty days counts within ninety days and not within thirty."""
    begins = min(begin for begin, _ in FLOW.taxonomy.journeys[journey].windows.values())
    found = chances(FLOW, [on(journey, 50 - begins)], TODAY, ())
    assert {need.chance_30 for need in found} == {0.0}
    assert found[0].chance_365 > 0
    assert any(need.chance_90 > 0 for need in found)


def test_a_window_of_today_begins_today() -> None:
    """On the day of a crash the tow truck is as likely as it ever is, and two weeks later nobody calls one."""
    chance = next(step.chance for step in FLOW.taxonomy.journeys["car_crash"].steps if step.service == "towing")
    found = {need.service: need for need in chances(FLOW, [on("car_crash", 0)], TODAY, ())}
    assert found["towing"].chance_30 == pytest.approx(chance)
    assert "towing" not in {need.service for need in chances(FLOW, [on("car_crash", -14)], TODAY, ())}


def test_what_nobody_foresees_comes_with_the_last_stage() -> None:
    """A need that only our own clients taught, or of a stage past the last, has the days of the last stage."""
    later = copy(OURS)
    later.stage = OURS.stage + (OURS.stage > 0)
    begins, ends = FLOW.taxonomy.journeys["first_home"].windows[6]
    for flow in (OURS, later):
        need = next(n for n in chances(flow, [on("first_home", 0)], TODAY, ()) if n.service == "monument")
        assert need.from_on == (TODAY + timedelta(days=begins)).isoformat()
        assert need.to_on == (TODAY + timedelta(days=ends)).isoformat()
        assert need.chance_365 > UNFORESEEN


def test_a_journey_that_is_gone_says_nothing() -> None:
    """A journey that the taxonomy no longer has breaks nothing, and a client without journeys needs nothing."""
    assert chances(FLOW, [on("no_such_journey", 0)], TODAY, ()) == ()
    assert chances(FLOW, [], TODAY, ()) == ()


def test_the_sentence_says_how_many_and_when() -> None:
    """A need is said with its share, its journey and its days."""
    need = next(n for n in chances(FLOW, [on("first_home", 60)], TODAY, ()) if n.service == "moving_company")
    begin, end = (date.fromisoformat(day) for day in (need.from_on, need.to_on))
    assert need.sentence == (
        "About 40 of 100 clients on the journey “buying a first home” need this, "
        f"most between {begin.day} {begin:%B} and {end.day} {end:%B %Y}."
    )


def test_what_nearly_all_need_is_said_in_words() -> None:
    """Where all clients like ours needed something the sentence says so without a figure."""
    sure = FLOW.learned({"first_home": Seen(clients=2000, needed={"moving_company": 2000})})
    need = next(n for n in chances(sure, [on("first_home", 60)], TODAY, ()) if n.service == "moving_company")
    assert need.sentence.startswith("Nearly all clients on the journey “buying a first home” need this, most between ")
