"""The API's side of who fills what clients need and whom to recruit."""

from typing import Any

import pytest

from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_answers_are_those_of_the_core(busy: Town) -> None:
    """Each GET is exactly what `Network` answers, field by field."""
    ana, network = Program(busy), busy.circle
    assert ana.get("/coverage").json == _json(network.coverage())
    assert ana.get("/assignment").json == _json(network.assignment())
    assert ana.get("/recruits?count=3&prove=true").json == _json(network.recruits(3, prove=True))
    assert ana.get("/heard?q=we+want+a+will").json == _json(network.heard("we want a will"))
    client = network.clients().clients[0].client_id
    assert ana.get(f"/heard?q=a+will&client_id={client}").json == _json(network.heard("a will", client))


def test_why_not_is_answered(busy: Town) -> None:
    """A need and a partner give the network's sentence; without both there is no question."""
    ana, network = Program(busy), busy.circle
    found = network.assignment()
    need, partner = found.needs[-1].need.need_id, found.slots[0].business_id
    path = f"/assignment/why-not?need_id={need}&business_id={partner}"
    assert ana.get(path).json == {"sentence": network.why_not_partner(need, partner)}
    assert _error(ana.get(f"/assignment/why-not?need_id={need}"))[0] == 400


def test_names_are_put(busy: Town) -> None:
    """The owner says how many names are offered, and a member may not."""
    assert Program(busy).send("PUT", "/settings/names-offered", json={"names": 2}).json == {"names": 2}
    assert busy.circle.assignment().names_offered == 2
    assert _error(Program(busy, "bob").send("PUT", "/settings/names-offered", json={"names": 3}))[0] == 403


def test_room_is_put(busy: Town) -> None:
    """PUT keeps what a partner told of room and languages instead of what was kept before."""
    ana, partner = Program(busy), busy.circle.assignment().slots[0].business_id
    told = {"room": 4, "languages": ["es"]}
    assert ana.send("PUT", f"/businesses/{partner}/room", json=told).json == told
    nothing = {"room": None, "languages": None}
    assert ana.send("PUT", f"/businesses/{partner}/room", json={}).json == nothing


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/settings/names-offered", {"names": 0}),
        ("/settings/names-offered", {"names": 6}),
        ("/businesses/{partner}/room", {"room": -1}),
        ("/businesses/{partner}/room", {"languages": ["xx"]}),
        ("/businesses/{partner}/room", {"room": "2"}),
    ],
)
def test_what_cannot_be_kept_is_refused(busy: Town, path: str, body: dict[str, Any]) -> None:
    """A number out of range, an unknown language or another type is refused, and nothing is kept."""
    ana, partner = Program(busy), busy.circle.assignment().slots[0].business_id
    before = busy.circle.assignment()
    assert _error(ana.send("PUT", path.format(partner=partner), json=body))[:2] == (400, "invalid")
    assert busy.circle.assignment() == before


@pytest.mark.parametrize("path", ["/coverage", "/assignment", "/recruits", "/heard?q=a+will"])
def test_without_a_business_there_is_no_answer(busy: Town, path: str) -> None:
    """Somebody who has not said what they sell is told to."""
    assert _error(Program(busy, "cleo").get(path))[:2] == (409, "conflict")
