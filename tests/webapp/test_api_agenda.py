"""The API's side of the agenda, sales and moments."""

from typing import Any

import pytest

from matcher.answers.told import ClientTold
from matcher.units import now_utc
from matcher.visitors.promising import read_promise
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json
from tests.webapp.visitors import BASE_URL

TODAY = now_utc().date().isoformat()


@pytest.fixture
def mia(peopled: Town) -> int:
    """A client of Ana's."""
    return peopled.circle.add_client(ClientTold(name="Mia Hart"))


def test_a_sale_from_handshake_to_promise(peopled: Town, mia: int) -> None:
    """POST notes work, PUT its steps, the promise is a link that works, DELETE takes all of it back."""
    ana, network = Program(peopled), peopled.circle
    told = {"client_id": mia, "what": "the loan", "agreed_on": "2026-03-02", "promised": 3}
    card = ana.send("POST", "/sales", json=told).json
    assert card == _json(network.sales())[0]
    path = f"/sales/{card['sale_id']}"
    assert ana.get(path).json == ana.get(f"/sales?client_id={mia}").json[0] == card  # type: ignore[index]
    for step in ("done", "results"):
        assert ana.send("PUT", f"{path}/step", json={"step": step, "on": TODAY}).status_code == 200
    assert network.sale(card["sale_id"]).results_on == TODAY
    assert ana.send("PUT", f"{path}/step", json={"step": "results", "on": None}).json["results_on"] == ""  # type: ignore[index]
    passed_on = ana.send("POST", f"{path}/promise").json
    link = passed_on["link"]  # type: ignore[index]
    assert link in passed_on["draft"]["text"]  # type: ignore[index]
    assert read_promise(peopled.accounts.store, link.removeprefix(f"{BASE_URL}/promise/")).promised == 3
    assert ana.send("DELETE", path).json == []


def test_the_agenda_is_read_and_marked(peopled: Town, mia: int) -> None:
    """GET gives what the network says, PUT takes a task off, DELETE brings it back."""
    ana, network = Program(peopled), peopled.circle
    note = "She is delighted with the rate."
    (found,) = ana.send("POST", "/moments/read", json={"note": note}).json  # type: ignore[misc]
    assert network.moments() == ()
    number = ana.send("POST", "/sales", json={"client_id": mia, "what": "x", "agreed_on": TODAY}).json["sale_id"]  # type: ignore[index]
    for step in ("done", "results"):
        ana.send("PUT", f"/sales/{number}/step", json={"step": step, "on": TODAY})
    kept = ana.send("POST", "/moments", json={"person_id": mia, "kind": found["kind"], "wording": found["sentence"]})
    key = f"ask_praise:moment:{kept.json['number']}"  # type: ignore[index]
    assert ana.get("/agenda").json == _json(network.agenda())
    assert ana.get("/agenda?days=60&kind=clients").json != ana.get("/agenda?days=60").json
    assert [task["key"] for task in ana.get("/agenda").json or ()] == [key]
    assert ana.send("PUT", "/agenda/mark", json={"key": key}).json == []
    assert [task["key"] for task in ana.send("DELETE", f"/agenda/mark?key={key}").json or ()] == [key]
    assert ana.send("PUT", "/agenda/mark", json={"key": key, "done": False}).json == []
    assert ana.send("DELETE", f"/moments/{kept.json['number']}").json == []  # type: ignore[index]


def test_a_calendar_is_a_link(peopled: Town) -> None:
    """POST gives a link that is read without an account, and DELETE ends it."""
    ana = Program(peopled)
    link = ana.send("POST", "/agenda/calendar").json["link"].removeprefix(BASE_URL)  # type: ignore[index]
    assert peopled.visitor().get(link).data.startswith(b"BEGIN:VCALENDAR")
    assert ana.send("DELETE", "/agenda/calendar").status_code == 200
    assert peopled.visitor().get(link).status_code == 404


def test_being_in_touch_is_noted(peopled: Town, mia: int) -> None:
    """POST keeps a call with a client, and DELETE takes it back, once."""
    ana = Program(peopled)
    number = ana.send("POST", "/touches", json={"person_id": mia, "kind": "call"}).json["number"]  # type: ignore[index]
    assert ana.send("DELETE", f"/touches/{number}").status_code == 200
    assert ana.send("DELETE", f"/touches/{number}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/sales", {"client_id": 1, "what": "", "agreed_on": TODAY}, "what"),
        ("POST", "/sales", {"client_id": 1, "what": "x", "agreed_on": TODAY, "promised": 21}, "promised"),
        ("POST", "/moments", {"person_id": 1, "kind": "sorrow"}, "kind"),
        ("PUT", "/agenda/mark", {"key": ""}, "key"),
        ("POST", "/touches", {"person_id": 1, "kind": "smoke"}, "kind"),
    ],
)
def test_what_makes_no_sense_is_refused(
    peopled: Town, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Unknown kinds and empty words are refused by name."""
    assert _error(Program(peopled).send(method, path, json=body)) == (400, "invalid", field)


def test_a_moment_belongs_to_somebody(peopled: Town) -> None:
    """A moment of nobody is refused."""
    assert Program(peopled).send("POST", "/moments", json={"kind": "praise"}).status_code == 404
