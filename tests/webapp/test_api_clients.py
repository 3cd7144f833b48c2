"""The API's side of clients and their needs."""

import io
from typing import Any

import pytest

from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json

JOE = {
    "name": "Joe and Ana",
    "grade": "A",
    "markets": ["first_home_buyers"],
    "place": {"name": "Tucson, AZ", "lat": 32.2, "lon": -111},
    "value_cents": 120_000,
    "email": "joe@example.com",
    "phone": "520-555-0143",
    "note": "Met at the fair.\nLikes tea.",
}
MOVE = {"service": "moving_company", "wording": "a piano", "needed_by": "2027-06-30", "language": "es", "tier": 2}
LINE = "Joe and Ana, buying first home in Tucson, need someone for the roof"


def _new(ana: Program, **more: Any) -> dict[str, Any]:
    answer = ana.send("POST", "/clients", json={**JOE, "needs": [MOVE], "journey": "first_home", **more})
    assert answer.status_code == 200, answer.json
    assert answer.json is not None
    return dict(answer.json)


def test_a_client_from_first_to_last(peopled: Town) -> None:
    """POST keeps a client whole, GET gives what the core answers, PUT changes who they are, DELETE takes them out."""
    ana, network = Program(peopled), peopled.circle
    joe = _new(ana)
    path = f"/clients/{joe['client_id']}"
    assert joe == ana.get(path).json == _json(network.client(joe["client_id"]))
    assert {name: joe[name] for name in ("name", "grade", "email", "note")} == {
        name: JOE[name] for name in ("name", "grade", "email", "note")
    }
    assert (joe["place"], joe["lat"], joe["needs"][0]["wish"]["language"]) == ("Tucson, AZ", 32.2, "es")
    assert joe["needs"][0]["occasion_id"] == joe["journeys"][0]["occasion_id"]
    put = ana.send("PUT", path, json={"name": "Joe", "note": "New."}).json
    assert put == ana.get(path).json
    assert (put["name"], put["grade"], put["place"], len(put["needs"])) == ("Joe", "", "", 1)  # type: ignore[index]
    assert ana.get("/clients?q=jo&waiting=true").json == _json(network.clients("jo", waiting=True))
    assert ana.get("/clients?grade=B").json == {"clients": [], "total": 0}
    assert ana.send("DELETE", path).json == put
    assert _error(ana.send("DELETE", path)) == (404, "not_found", "")


def test_a_line_is_read(peopled: Town) -> None:
    """POST /clients/read answers what the core reads, and keeps nothing."""
    ana = Program(peopled)
    assert ana.send("POST", "/clients/read", json={"text": LINE}).json == _json(peopled.circle.read_note(LINE))
    assert peopled.circle.clients().total == 0
    for text in ("🎉", "?!", " "):
        assert _error(ana.send("POST", "/clients/read", json={"text": text})) == (400, "invalid", "text")


def test_the_course_of_a_need(peopled: Town) -> None:
    """A need is told, corrected, given a partner, handed on, filled, opened and taken back; each answer is its card."""
    ana, network = Program(peopled), peopled.circle
    joe = _new(ana, needs=[])
    partner = network.directory(limit=1).businesses[0].business_id
    need = ana.send("POST", f"/clients/{joe['client_id']}/needs", json=MOVE).json
    assert need is not None
    path = f"/needs/{need['need_id']}"
    steps: list[tuple[str, str, dict[str, Any], tuple[Any, ...]]] = [
        ("PUT", "", {"service": "roofer"}, ("roofer", "open", None, False)),
        ("POST", "/partner", {"business_id": partner}, ("roofer", "open", partner, True)),
        ("POST", "/partner", {"business_id": None}, ("roofer", "open", None, False)),
        ("POST", "/status", {"status": "introduced", "business_id": partner}, ("roofer", "introduced", partner, False)),
        ("POST", "/status", {"status": "filled"}, ("roofer", "filled", partner, False)),
        ("POST", "/status", {"status": "open"}, ("roofer", "open", None, False)),
    ]
    for method, below, body, expected in steps:
        answer = ana.send(method, path + below, json=body).json
        assert answer == _json(network.need(need["need_id"]))
        assert tuple(answer[name] for name in ("service", "status", "business_id", "pinned")) == expected  # type: ignore[index]
    assert _error(ana.send("POST", f"{path}/status", json={"status": "filled"})) == (400, "invalid", "business_id")
    assert ana.send("DELETE", path).json == answer
    assert ana.get(f"/clients/{joe['client_id']}").json["needs"] == []  # type: ignore[index]


def test_what_a_client_goes_through(peopled: Town) -> None:
    """A journey is begun, dated, said to be all told, and forgotten; each answer is the client's card."""
    ana = Program(peopled)
    joe = _new(ana, journey=None)
    path = f"/clients/{joe['client_id']}"
    begun = ana.send("POST", f"{path}/journeys", json={"journey": "first_home", "day_zero": "2027-03-01"}).json
    assert begun is not None
    (journey,) = begun["journeys"]
    assert (journey["journey"], journey["day_zero"], journey["complete"]) == ("first_home", "2027-03-01", False)
    changed = ana.send(
        "PUT", f"/clients/journeys/{journey['occasion_id']}", json={"day_zero": "2027-04-01", "complete": True}
    ).json
    assert changed["journeys"] == [{**journey, "day_zero": "2027-04-01", "complete": True}]  # type: ignore[index]
    assert ana.send("DELETE", f"/clients/journeys/{journey['occasion_id']}").json == joe


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": " "}, "name"),
        ({"grade": "D"}, "grade"),
        ({"markets": ["nobody"]}, "markets.0"),
        ({"place": {"name": "x", "lat": 91, "lon": 0}}, "place.lat"),
        ({"email": "joe"}, "email"),
        ({"note": "x" * 2_001}, "note"),
        ({"note": "a\u0000b"}, "note"),
        ({"journey": "flying"}, "journey"),
        ({"since": "0001-01-01"}, "since"),
        ({"needs": [{"service": "zeppelins"}]}, "needs.0.service"),
        ({"needs": [MOVE, {}]}, "needs.1.wording"),
        ({"needs": [{"wording": "x" * 401}]}, "needs.0.wording"),
        ({"needs": [{"service": "roofer", "occasion_id": 0}]}, "needs.0.occasion_id"),
        ({"client_id": 1}, "client_id"),
    ],
)
def test_a_client_that_cannot_be_kept_is_refused_whole(peopled: Town, change: dict[str, Any], field: str) -> None:
    """The field is named, also that of one need among several, and nothing is kept."""
    ana = Program(peopled)
    assert _error(ana.send("POST", "/clients", json={**JOE, "needs": [MOVE], **change})) == (400, "invalid", field)
    assert peopled.circle.clients().total == 0


def test_anothers_client_is_not_there(peopled: Town) -> None:
    """Another network finds neither client nor need nor journey, and changes none."""
    joe = _new(Program(peopled))
    cleo = Program(peopled, "cleo")
    need, occasion = joe["needs"][0]["need_id"], joe["journeys"][0]["occasion_id"]
    assert cleo.get("/clients").json == {"clients": [], "total": 0}
    for method, path, body in (
        ("GET", f"/clients/{joe['client_id']}", None),
        ("PUT", f"/clients/{joe['client_id']}", {"name": "Mine"}),
        ("DELETE", f"/clients/{joe['client_id']}", None),
        ("POST", f"/clients/{joe['client_id']}/needs", MOVE),
        ("PUT", f"/needs/{need}", MOVE),
        ("POST", f"/needs/{need}/status", {"status": "dropped"}),
        ("DELETE", f"/clients/journeys/{occasion}", None),
    ):
        assert _error(cleo.send(method, path, json=body)) == (404, "not_found", ""), path
    assert _json(peopled.circle.client(joe["client_id"])) == joe


def test_clients_from_a_file(peopled: Town) -> None:
    """POST /imports?about=clients takes a list of clients; other kinds of lists are refused by name."""
    ana, content = Program(peopled), b"Name,Need\nJoe,roof leaks\n"
    preview = ana.send("POST", "/imports?about=clients", data={"file": (io.BytesIO(content), "c.csv")}).json
    assert preview is not None
    assert (preview["about"], preview["sample"][0]["name"]) == ("clients", "Joe")
    ana.send("POST", f"/imports/{preview['import_id']}/store", json={"columns": {"1": "need"}})
    assert [card.name for card in peopled.circle.clients().clients] == ["Joe"]
    refused = ana.send("POST", "/imports?about=planets", data={"file": (io.BytesIO(content), "c.csv")})
    assert _error(refused) == (400, "invalid", "about")
