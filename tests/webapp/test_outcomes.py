"""What came of things, on the page of a business."""

import re

from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor


def _best(town: Town) -> int:
    return town.circle.suggestions(limit=1).suggestions[0].business_id


def _note(visitor: Visitor, business_id: int, outcome: str) -> str:
    """Tap a button, and give the page that follows."""
    page = f"/businesses/{business_id}"
    answer = visitor.post(f"{page}/outcomes", {"outcome": outcome}, form_on=page)
    assert (answer.status_code, answer.location) == (303, f"{page}#outcomes")
    return visitor.get(page).text


def test_one_tap_notes_what_came_of_it(peopled: Town) -> None:
    """A tap moves the rate, the page lists the note below it, and undo brings the old number back."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    before = visitor.get(f"/businesses/{business_id}").text
    assert "10 in 100</b>" in before
    page = _note(visitor, business_id, "give:yes")
    assert "Noted: they sent us somebody." in page
    assert "23 in 100</b>" in page  # (6 x .1 + 1) / 7
    (undo,) = set(re.findall(r'action="(/outcomes/\d+/undo)"', page))
    visitor.post(undo, form_on=f"/businesses/{business_id}")
    assert "10 in 100</b>" in visitor.get(f"/businesses/{business_id}").text
    assert [rate.noted for rate in peopled.circle.outcomes(business_id).rates] == [()] * 4


def test_agreeing_is_a_yes(peopled: Town) -> None:
    """A courted business that becomes a partner has said yes, and the page counts it among the answers."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    network = peopled.circle
    network.decide(business_id, "yes")
    network.set_stage(business_id, "agreed")
    page = visitor.get(f"/businesses/{business_id}").text
    assert "until your network has 50 answers; so far it has 1" in page
    assert "Some evidence" in page


def test_a_tap_that_says_nothing_is_refused(peopled: Town) -> None:
    """A form without an outcome is 400 with one sentence, and keeps nothing."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    answer = visitor.post(f"/businesses/{business_id}/outcomes", {"outcome": "give:perhaps"})
    assert answer.status_code == 400
    assert "Please choose what came of it." in answer.text


def test_a_note_taken_back_twice_is_not_found(peopled: Town) -> None:
    """The second tap on the same undo finds nothing more to take back."""
    visitor, business_id = peopled.visitor("ana"), _best(peopled)
    number = peopled.circle.note_outcome(business_id, "close", False)
    assert [visitor.post(f"/outcomes/{number}/undo").status_code for _ in range(2)] == [303, 404]


def test_one_suggestion_in_five_is_worth_finding_out(peopled: Town) -> None:
    """Of twenty cards four ask a question, and say that this is why they are there."""
    page = peopled.visitor("ana").get("/suggestions").text
    assert page.count("Worth finding out.</b> What we do not know:") == 4
