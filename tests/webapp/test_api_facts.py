"""The API's side of explanations that can be checked and corrected."""

from typing import Any

import pytest

from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def _best(town: Town) -> int:
    return town.circle.suggestions(limit=1).suggestions[0].business_id


def test_the_factors_are_those_of_the_core(peopled: Town) -> None:
    """GET /factors is what the network answers, also to somebody who has described no business."""
    for name in ("ana", "cleo"):
        assert Program(peopled, name).get("/factors").json == _json(Network.factors())


def test_facts_are_put_and_taken_back(peopled: Town) -> None:
    """PUT keeps the whole word of the network and DELETE forgets it; the answer is the card, as GET gives it."""
    ana, number = Program(peopled), _best(peopled)
    before = ana.get(f"/businesses/{number}").json
    place = {"name": "Old Town", "lat": 44.5, "lon": -123}
    body = {"services": {"caterer": 0.5}, "markets": ["first_home_buyers"], "tier": 3, "place": place}
    put = ana.send("PUT", f"/businesses/{number}/facts", json=body)
    assert put.status_code == 200
    assert put.json == ana.get(f"/businesses/{number}").json
    assert put.json is not None
    assert put.json["services"] == {"caterer": 0.5}
    assert put.json["said_by"] == {"caterer": "you"}
    assert (put.json["place"], put.json["tier"]) == ("Old Town", 3)
    assert Program(peopled, "cleo").get(f"/businesses/{number}").json == before
    assert ana.send("DELETE", f"/businesses/{number}/facts").json == before


def test_what_would_change_it_can_be_told_as_it_is(peopled: Town) -> None:
    """A change is said in the form in which PUT takes it, and telling it gives the rank that it promises."""
    ana, number = Program(peopled), _best(peopled)
    ana.send("PUT", f"/businesses/{number}/facts", json={"services": {"home_inspector": 0.4}})
    changes = ana.get(f"/businesses/{number}/why").json["changes"]  # type: ignore[index]
    told = next(change for change in changes if change["source"] == "offer:home_inspector")
    assert ana.send("PUT", f"/businesses/{number}/facts", json=told["told"]).status_code == 200
    assert ana.get(f"/businesses/{number}/why").json["suggestion"]["rank"] == told["rank"]  # type: ignore[index]


@pytest.mark.parametrize(
    "body",
    [
        {"services": {"no_such_service": 1}},
        {"services": {"caterer": 1.5}},
        {"markets": ["no_such_market"]},
        {"tier": 4},
        {"radius_km": 0},
        {"clients_a_year": -1},
        {"order_value_cents": 1.5},
        {"place": {"name": "Nowhere"}},
        {"place": {"name": "Nowhere", "lat": 91, "lon": 0}},
        {"weight": 2},
    ],
)
def test_what_is_no_fact_is_refused(peopled: Town, body: dict[str, Any]) -> None:
    """Unknown codes, values out of range and anything that is no fact, such as a weight, are refused by name."""
    ana, number = Program(peopled), _best(peopled)
    status, kind, field = _error(ana.send("PUT", f"/businesses/{number}/facts", json=body))
    assert (status, kind) == (400, "invalid")
    assert field.startswith(next(iter(body)))
    told = ana.get(f"/businesses/{number}").json["told"]  # type: ignore[index]
    assert set(told.values()) == {None}


def test_the_time_zone(peopled: Town) -> None:
    """The owner tells it by its name or forgets it, and a member reads it with what the clock shows there."""
    ana, bob, path = Program(peopled), Program(peopled, "bob"), "/settings/time-zone"
    told = ana.send("PUT", path, json={"zone": "asia/kathmandu"}).json
    assert told is not None
    assert (told["zone"], told["now"][19:], told["now"][:10]) == ("Asia/Kathmandu", "+05:45", told["today"])
    assert bob.get(path).json["zone"] == peopled.circle.zone() == "Asia/Kathmandu"  # type: ignore[index]
    assert _error(bob.send("PUT", path, json={"zone": "Europe/Berlin"}))[0] == 403
    assert _error(ana.send("PUT", path, json={"zone": "Middle/Earth"})) == (400, "invalid", "zone")
    assert ana.send("PUT", path, json={"zone": None}).json["zone"] == ""  # type: ignore[index]
