"""The agenda's page, its files, its note box and its calendar."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import icalendar
import pytest

from matcher.answers.agenda import SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.referred import ReferralTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL

FEED = re.compile(rf'value="({BASE_URL}(/calendar/[\w-]+\.ics))"')
DAY = timedelta(days=1)


@pytest.fixture
def sale(peopled: Town) -> int:
    """Work of Ana's for Mia Hart, confirmed yesterday, with three introductions promised."""
    network, today = peopled.circle, now_utc().date()
    client = network.add_client(ClientTold(name="Mia <Hart>", grade="A"))
    told = SaleTold(what="the loan", agreed_on=today - 20 * DAY, promised=3)
    number = network.note_sale(client, told)
    network.note_sale_step(number, "done", today - 10 * DAY)
    network.note_sale_step(number, "results", today - DAY)
    return number


def test_today_comes_first_and_says_why(peopled: Town, sale: int) -> None:
    """The page shows due tasks before later ones, each with its reason, its rule and words to start from."""
    page = unescape(peopled.visitor("ana").get("/agenda").text)
    due, later = page.split('id="later-title"')
    tasks = peopled.circle.agenda(ahead_days=30)
    today = now_utc().date().isoformat()
    assert {task.due_on <= today for task in tasks} == {True, False}
    for task in tasks:
        shown = due if task.due_on <= today else later
        assert task.title in shown
        assert task.reason in shown
        assert task.why in shown
        assert task.draft is not None
        assert task.draft.text in shown
    assert f"/sales/{sale}" in due
    assert "<Hart>" not in peopled.visitor("ana").get("/agenda").text


def test_words_have_all_ways_out(peopled: Town) -> None:
    """A task's words can go by mail, as a file and by post, but those for the public can only be copied."""
    network, ana = peopled.circle, peopled.visitor("ana")
    mia = Whose(person_id=network.add_client(ClientTold(name="Mia Hart", email="mia@example.com")))
    network.set_care(mia, CareTold(thank_publicly=True, post_to="1 Elm Street"))
    number = network.add_referral(ReferralTold(given=False, whose=mia, prospect="Paul Reed", result="done"))
    for path in ("/agenda", f"/referrals/{number}"):
        page = unescape(ana.get(path).text)
        assert page.count('formaction="/letters/eml"') == page.count('formaction="/letters/by-post"') == 2
        assert page.count('href="mailto:mia@example.com?') == 2
        assert page.count("1 Elm Street") == 2
        assert "post yourself" in page
    answer = ana.post("/letters/eml", {"to_email": "mia@example.com", "subject": "Hi", "body": "Hi"}, form_on="/agenda")
    assert b"To: mia@example.com" in answer.data


def test_done_later_and_undo(peopled: Town, sale: int) -> None:
    """A task that is done or put off leaves what is due, and the Undo on the next page brings it back."""
    ana, key = peopled.visitor("ana"), f"ask_promised:sale:{sale}"
    network = peopled.circle
    for act in ("done", "later"):
        answer = ana.post(f"/agenda/{act}", {"key": key}, form_on="/agenda")
        assert (answer.status_code, answer.location) == (303, "/agenda")
        assert key not in {task.key for task in network.agenda()}
        assert "Undo" in ana.get("/agenda").text
        ana.post("/agenda/undo", {"key": key}, form_on="/agenda")
        assert key in {task.key for task in network.agenda()}
    assert ana.post("/agenda/done", {"key": "x"}, form_on="/agenda").status_code == 404


def test_what_is_shown_is_what_is_exported(peopled: Town, sale: int) -> None:
    """The files hold exactly the tasks under the filters of the page."""
    ana = peopled.visitor("ana")
    for query in ("", "?kind=asks", "?kind=letters", "?days=0", "?on=2020-01-01"):
        rows = list(csv.DictReader(io.StringIO(ana.get(f"/agenda.csv{query}").data.decode("utf-8-sig"))))
        page = unescape(ana.get(f"/agenda{query}").text)
        assert page.count("<article") == len(rows)
        assert all(row["Task"] in page and row["Reason"] in page for row in rows)
    assert ana.get("/agenda.xlsx").data.startswith(b"PK")
    assert sale


def test_a_note_is_shown_before_it_is_kept(peopled: Town, sale: int) -> None:
    """Pasting keeps nothing; what is ticked is kept for whoever is chosen, and can be taken back."""
    ana, network = peopled.visitor("ana"), peopled.circle
    client = network.sale(sale).client_id
    note = "Rang at nine. Mia is delighted with the rate! She gave our name to her boss."
    seen = unescape(ana.post("/agenda/note", {"note": note}, form_on="/agenda").text)
    assert "They praised you" in seen
    assert "“Mia is delighted with the rate!”" in seen
    assert network.moments() == ()
    told = {"note": note, "kind": ["praise"], "whose": f"client:{client}"}
    refused = ana.post("/agenda/moments", {**told, "whose": ""}, form_on="/agenda")
    assert (refused.status_code, network.moments()) == (400, ())
    ana.post("/agenda/moments", told, form_on="/agenda")
    (moment,) = network.moments()
    assert (moment.kind, moment.person_id, moment.wording) == ("praise", client, "Mia is delighted with the rate!")
    ana.post("/agenda/moments/forget", {"moment": [str(moment.moment_id)]}, form_on="/agenda")
    assert network.moments() == ()


def test_a_note_without_a_moment(peopled: Town) -> None:
    """When nothing is found the page says what was looked for."""
    answer = peopled.visitor("ana").post("/agenda/note", {"note": "She pays on Monday."}, form_on="/agenda")
    assert "No moment to ask in this note" in answer.text


def test_the_calendar_needs_nothing_but_its_address(peopled: Town, sale: int) -> None:
    """The address is shown once, is read without an account as often as one likes, and ends when it is closed."""
    ana, nobody = peopled.visitor("ana"), peopled.visitor()
    found = FEED.search(ana.post("/agenda/calendar", form_on="/agenda").text)
    assert found is not None
    assert FEED.search(ana.get("/agenda").text) is None
    for _ in range(2):
        answer = nobody.get(found[2])
        assert answer.content_type == "text/calendar; charset=utf-8"
        titles = [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]
        assert titles == [task.title for task in peopled.circle.agenda(ahead_days=60)]
    ana.post("/agenda/calendar/close", form_on="/agenda")
    assert nobody.get(found[2]).status_code == nobody.get("/calendar/wrong.ics").status_code == 404
    assert sale


def test_the_agenda_of_somebody_with_nothing(peopled: Town) -> None:
    """An owner without any facts sees what would fill the page."""
    page = peopled.visitor("cleo").get("/agenda").text
    assert "Nothing is due." in page
    assert "<article" not in page
