"""The plan for a partner: its page, and its operations."""

from html import unescape

import pytest

from matcher.facts import Rating
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _json


@pytest.fixture
def number(peopled: Town) -> int:
    """The best suggestion for Ana, whom she courts."""
    network = peopled.circle
    best = network.suggestions(limit=1).suggestions[0].business_id
    network.decide(best, "yes")
    return best


def test_the_next_step_is_open(peopled: Town, number: int) -> None:
    """The first step that is not done is unfolded, and what we can bring stands beside it."""
    page = unescape(peopled.visitor("ana").get(f"/businesses/{number}/plan").text)
    plan = peopled.circle.plan(number)
    assert f"0 of {len(plan.steps)} steps are done" in page
    assert page.count("<details open>") == 1
    assert plan.bring[0] in page


def test_a_step_is_done_and_undone(peopled: Town, number: int) -> None:
    """One button says that a step is done, and Undo brings it back with its note."""
    ana, path = peopled.visitor("ana"), f"/businesses/{number}/plan"
    ana.post(path, {"code": "learn_wants", "note": "More families"}, form_on=path)
    answer = ana.post(path, {"code": "learn_wants", "note": "More families", "done": "yes"}, form_on=path)
    assert answer.location.endswith(f"{path}#learn_wants")
    assert peopled.circle.plan(number).done == 1
    page = ana.get(path).text
    assert "Ask what they want: done." in page
    assert 'name="done" value="no"' in page
    ana.post(path, {"code": "learn_wants", "note": "More families", "done": "no"}, form_on=path)
    step = peopled.circle.plan(number).steps[0]
    assert (step.done_on, step.note) == ("", "More families")


def test_a_step_that_is_none_is_refused(peopled: Town, number: int) -> None:
    """A form with an unknown step is answered with a sentence."""
    path = f"/businesses/{number}/plan"
    answer = peopled.visitor("ana").post(path, {"code": "conquer", "done": "yes"}, form_on=path)
    assert answer.status_code == 400
    assert "no such step" in answer.text


def test_bad_ratings_offer_a_pause(peopled: Town, number: int) -> None:
    """After two bad ratings the page proposes a pause, with a button that leads back here."""
    with peopled.accounts.store.session(peopled.network, writes=True) as session:
        for _ in range(2):
            rating = Rating(
                network_id=peopled.network, business_id=number, stars=1, words="Late.", rated_on=now_utc().date()
            )
            session.add(rating)
    ana, path = peopled.visitor("ana"), f"/businesses/{number}/plan"
    assert "2 of 2 clients were let down" in ana.get(path).text
    stage = f"/businesses/{number}/stage"
    assert ana.post(stage, {"stage": "paused", "next": path}, form_on=path).location == path
    assert "2 of 2 clients were let down" not in ana.get(path).text.split("<aside")[0]


def test_the_api_answers_what_the_network_says(peopled: Town, number: int) -> None:
    """GET gives the plan, PUT keeps what is sent and leaves the rest."""
    ana, network = Program(peopled), peopled.circle
    path = f"/businesses/{number}/plan"
    assert ana.get(path).json == _json(network.plan(number))
    ana.send("PUT", path, json={"code": "give_first", "note": "Ruth"})
    assert ana.send("PUT", path, json={"code": "give_first", "done": True}).json == _json(network.plan(number))
    step = next(one for one in network.plan(number).steps if one.code == "give_first")
    assert (bool(step.done_on), step.note) == (True, "Ruth")
    assert ana.send("PUT", path, json={"code": "conquer", "done": True}).status_code == 400
