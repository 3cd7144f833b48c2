"""The API's side of surveys, open calls and checks."""

from typing import Any

import pytest

from matcher.answers.invited import ApplicationTold
from matcher.answers.told import ClientTold
from matcher.visitors.answering import apply, read_survey
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json
from tests.webapp.visitors import BASE_URL


def test_a_survey_is_a_link(peopled: Town) -> None:
    """POST gives a link that works and its last day; the next one takes its place."""
    client = peopled.circle.add_client(ClientTold(name="Joe"))
    ana = Program(peopled)
    first, second = (ana.send("POST", f"/clients/{client}/survey").json for _ in range(2))
    assert first is not None
    assert second is not None
    assert first["link"] != second["link"]
    page = read_survey(peopled.accounts.store, second["link"].removeprefix(f"{BASE_URL}/answer/"))
    assert page.ends_on == second["ends_on"]
    assert peopled.visitor().get(first["link"].removeprefix(BASE_URL)).status_code == 404


def test_a_call_from_opening_to_closing(peopled: Town) -> None:
    """POST opens, GET lists what the network answers, PUT decides, close closes."""
    ana, network = Program(peopled), peopled.circle
    place = {"name": "Köln", "lat": 50.94, "lon": 6.96}
    card = ana.send("POST", "/calls", json={"service": "roofer", "place": place, "wording": "Soon."}).json
    assert card is not None
    apply(peopled.accounts.store, card["token"], ApplicationTold(business="Adobe Roofing", phone="1"))
    assert ana.get("/calls").json == _json(network.calls())
    assert ana.get(f"/calls/{card['call_id']}").json == _json(network.call(card["call_id"]))
    number = network.calls()[0].applications[0].application_id
    decided = ana.send("PUT", f"/applications/{number}/answer", json={"answer": "yes"}).json
    assert decided is not None
    business = ana.get(f"/businesses/{decided['applications'][0]['business_id']}").json
    assert business is not None
    assert (business["name"], business["place"], business["stage"]) == ("Adobe Roofing", "Köln", "courted")
    assert _error(ana.send("PUT", f"/applications/{number}/answer", json={"answer": "no"})) == (409, "conflict", "")
    closed = ana.send("POST", f"/calls/{card['call_id']}/close").json
    assert closed is not None
    assert (closed["open"], closed["token"]) == (False, "")


def test_checks_are_put_and_forgotten(peopled: Town) -> None:
    """PUT keeps a check with its day, GET gives all three, DELETE forgets one."""
    ana, network = Program(peopled), peopled.circle
    number = network.suggestions(limit=1).suggestions[0].business_id
    path = f"/businesses/{number}/vetting"
    put = ana.send("PUT", path, json={"kind": "licence", "checked_on": "2026-03-02", "valid_until": "2026-03-02"})
    assert put.json == ana.get(path).json == _json(network.vetting(number))
    assert put.json is not None
    assert (put.json[0]["checked_on"], put.json[0]["valid_until"]) == ("2026-03-02", "2026-03-02")
    assert ana.send("DELETE", f"{path}?kind=licence").json[0]["checked_on"] == ""  # type: ignore[index]


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/calls", {"service": "zeppelin"}, "service"),
        ("POST", "/calls", {"service": "roofer", "token": "x"}, "token"),
        ("POST", "/calls", {"service": "roofer", "wording": "x" * 2_001}, "wording"),
        ("PUT", "/businesses/2/vetting", {"kind": "charm", "checked_on": "2026-03-02"}, "kind"),
        ("PUT", "/businesses/2/vetting", {"kind": "licence"}, "checked_on"),
        ("PUT", "/applications/1/answer", {"answer": "perhaps"}, "answer"),
    ],
)
def test_what_makes_no_sense_is_refused(
    peopled: Town, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Unknown codes, fields and words are refused by name."""
    assert _error(Program(peopled).send(method, path, json=body)) == (400, "invalid", field)
