"""What clients needed, as counts and as what it taught."""

from datetime import date, timedelta

import pytest

from matcher.engine.flow import UNFORESEEN, Flow
from matcher.engine.needs import Client, learned_steps, seen

TODAY = date(2026, 3, 2)


def client(number: int, *services: str, days_ago: int = 0) -> Client:
    """A client buying a first home."""
    on = TODAY - timedelta(days=days_ago)
    return Client(occasion_id=number, journey="first_home", began_on=on, services=services)


def test_clients_are_counted_by_age() -> None:
    """A client of a year ago counts half, with all that this one needed."""
    found = seen([client(1, "moving_company"), client(2, "moving_company", "lawyer", days_ago=365)], TODAY)
    assert found.keys() == {"first_home"}
    assert found["first_home"].clients == pytest.approx(1.5)
    assert found["first_home"].needed == pytest.approx({"moving_company": 1.5, "lawyer": 0.5})


def test_steps_say_what_was_assumed_and_what_is_thought_now(flow: Flow) -> None:
    """Three of four clients needed a mover: the step moves from its stated chance towards three quarters."""
    clients = [
        client(1, "moving_company", "monument"),
        client(2, "moving_company"),
        client(3, "moving_company"),
        client(4),
    ]
    steps = {step.service: step for step in learned_steps(flow, clients, TODAY, {"mortgage_broker"})}
    stated = {step.service: step.chance for step in flow.taxonomy.journeys["first_home"].steps}
    assert steps.keys() == (stated.keys() | {"monument"}) - {"mortgage_broker"}
    mover = steps["moving_company"]
    assert (mover.clients, mover.needed, mover.assumed_share) == (4, 3, stated["moving_company"])
    assert mover.learned_share == pytest.approx((6 * stated["moving_company"] + 3) / 10)
    assert mover.low_share < mover.learned_share < mover.high_share
    assert mover.word == "some evidence"
    assert steps["monument"].assumed_share == UNFORESEEN
    assert steps["monument"].learned_share > UNFORESEEN


def test_what_was_needed_most_comes_first(flow: Flow) -> None:
    """The step needed most often stands first; the journey with the most clients comes before the others."""
    other = Client(occasion_id=9, journey="bath_remodel", began_on=TODAY, services=("plumber",))
    steps = learned_steps(flow, [other, client(1, "notary"), client(2, "notary")], TODAY)
    assert (steps[0].journey, steps[0].needed) == ("first_home", 2)
    assert {step.journey for step in steps} == {"first_home", "bath_remodel"}


def test_a_journey_that_is_gone_teaches_nothing(flow: Flow) -> None:
    """A note on a journey or service that the taxonomy no longer has breaks nothing."""
    gone = Client(occasion_id=1, journey="no_such_journey", began_on=TODAY, services=("no_such_service",))
    assert learned_steps(flow, [gone], TODAY) == ()
    assert (flow.learned(seen([gone], TODAY)).chance == flow.chance).all()
