"""What clients needed, on its page."""

import re
from html import unescape

import pytest

from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor


def _note(visitor: Visitor, **fields: object) -> int:
    """Note a client who bought a first home, and give the status of the answer."""
    return visitor.post("/needs", {"journey": "first_home", **fields}, form_on="/needs?journey=first_home").status_code


def test_noting_a_client(peopled: Town) -> None:
    """What was ticked and what was written is kept; the page says what it taught, and undo takes all of it back."""
    visitor = peopled.visitor("ana")
    assert _note(visitor, service=["moving_company", "home_inspector"], other="piano teacher", on="2026-03-04") == 303
    page = unescape(visitor.get("/needs").text)
    (client,) = peopled.circle.needs().clients
    assert (client.day, set(client.services) > {"moving_company", "home_inspector"}) == ("2026-03-04", True)
    assert "4 Mar 2026" in page
    assert "1 of 1</a> needed it. We assumed" in page
    (undo,) = set(re.findall(r'action="(/needs/\d+/undo)"', page))
    visitor.post(undo, form_on="/needs")
    assert (peopled.circle.needs().clients, peopled.circle.needs().learned) == ((), ())


def test_nothing_else_counts_too(peopled: Town) -> None:
    """A client who needed nothing else is kept as such: every step becomes less likely."""
    visitor = peopled.visitor("ana")
    assert _note(visitor, nothing="yes") == 303
    learned = peopled.circle.needs().learned
    assert learned
    assert all(step.learned_share < step.assumed_share for step in learned if step.assumed_share)
    assert "Nothing else" in visitor.get("/needs").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Please tick what this client needed"),
        ({"other": "zymurgical zeppelins"}, "is not a service we know"),
        ({"nothing": "yes", "on": "yesterday"}, "Please write the day as year-month-day"),
        ({"nothing": "yes", "on": "2999-01-01"}, "not in the future"),
    ],
)
def test_what_cannot_be_noted_is_said_where_it_is_wrong(peopled: Town, fields: dict[str, str], sentence: str) -> None:
    """The form comes back with one sentence and with what was ticked, and nothing is kept."""
    visitor = peopled.visitor("ana")
    ticked = {} if fields == {} else {"service": "moving_company"}
    answer = visitor.post("/needs", {"journey": "first_home", **ticked, **fields}, form_on="/needs?journey=first_home")
    assert answer.status_code == 400
    assert sentence in unescape(answer.text)
    assert ("checked" in answer.text) is bool(ticked)
    assert peopled.circle.needs().clients == ()


def test_without_a_journey_one_is_asked_for(peopled: Town) -> None:
    """A form that does not say what the client was going through leads back to that question."""
    answer = peopled.visitor("ana").post("/needs", {"nothing": "yes"}, form_on="/needs")
    assert answer.status_code == 400
    assert "Please choose what your client was going through" in answer.text


def test_journeys_are_found_by_words(peopled: Town) -> None:
    """The search finds a journey by its name; without words, those that the own trade meets most are offered."""
    visitor = peopled.visitor("ana")
    assert "/needs?journey=first_home" in visitor.get("/needs").text
    assert "/needs?journey=bath_remodel" in visitor.get("/needs?q=remodel+bath").text
    assert "Nothing we know is called so" in visitor.get("/needs?q=zzyzx").text
    part = visitor.get("/needs?q=bath", headers={"X-Fragment": "offered"}).text
    assert "/needs?journey=bath_remodel" in part
    assert "<html" not in part


def test_own_services_are_not_asked_for(peopled: Town) -> None:
    """The form lists the steps of the journey but not what the owner sells, which every client of theirs needed."""
    page = peopled.visitor("ana").get("/needs?journey=first_home").text
    assert 'value="moving_company"' in page
    assert 'value="mortgage_broker"' not in page
