"""Associations on their pages and in the API."""

import io
from html import unescape

from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json

FIRST = "Company,Category\nAgave Tiles,Tile setter\nBo's Bakery,Bakery\nCactus Care,Landscaper\n"


def _grown(network: Network) -> str:
    """The list with a partner of Ana's and a stranger who joined, and one who writes their name otherwise."""
    partner = network.suggestions(limit=1).suggestions[0]
    network.set_stage(partner.business_id, "agreed")
    return FIRST.replace("Bo's", "Bos") + f'"{partner.name}",\nDune Plumbing,Plumber\n'


def test_two_lists_are_brought_in(peopled: Town) -> None:
    """A pasted list, then a file: who joined is greeted or courted with one tap, and two that are one become one."""
    ana, network = peopled.visitor("ana"), peopled.circle
    ana.post("/rosters", {"name": "Chamber", "text": FIRST}, form_on="/rosters")
    (line,) = network.rosters()
    path = f"/rosters/{line.roster_id}"
    assert "This is the first list." in ana.get(path).text
    file = (io.BytesIO(_grown(network).encode()), "members.csv")
    assert ana.post("/rosters", {"name": "chamber", "file": file}, form_on="/rosters").status_code == 303
    roster = network.roster(line.roster_id)
    stranger = next(one for one in roster.joined if one.name == "Dune Plumbing")
    friend = next(one for one in roster.joined if one.known and one.known.kind == "partner")
    page = unescape(ana.get(path).text)
    assert "Bo's Bakery left, Bos Bakery joined." in page
    ana.post(f"{path}/same", {"left": roster.maybe[0].left.key, "joined": roster.maybe[0].joined.key}, form_on=path)
    ana.post(f"{path}/greet", {"key": friend.key}, form_on=path)
    page = unescape(ana.get(path).text)
    assert "Noted: a good moment" in page
    assert "name: Bo's Bakery → Bos Bakery" in page
    ana.post(f"{path}/court", {"key": stranger.key}, form_on=path)
    assert "Dune Plumbing is among those whom you court." in ana.get(path).text
    ana.post(f"{path}/forget", form_on=path)
    assert network.rosters() == []
    assert len(network.moments()) == 1


def test_a_list_is_refused_in_a_sentence(peopled: Town) -> None:
    """Without a list, without a name, or with half a list the form comes back and says so; a tick takes the half."""
    ana, network = peopled.visitor("ana"), peopled.circle
    assert "choose a file" in ana.post("/rosters", {"name": "Chamber"}, form_on="/rosters").text
    assert "name of the association" in ana.post("/rosters", {"text": FIRST}, form_on="/rosters").text
    ana.post("/rosters", {"name": "Chamber", "text": FIRST}, form_on="/rosters")
    half = {"name": "Chamber", "text": "Agave Tiles"}
    assert "This is the whole list" in ana.post("/rosters", half, form_on="/rosters").text
    assert ana.post("/rosters", half | {"whole": "yes"}, form_on="/rosters").status_code == 303
    assert network.rosters()[0].members == 1


def test_the_api_reads_lists(peopled: Town) -> None:
    """The operations answer what the core answers, from a file or a pasted text."""
    ana, network = Program(peopled), peopled.circle
    first = ana.send("POST", "/rosters/pasted", json={"name": "Chamber", "text": FIRST}).json
    assert first is not None
    path = f"/rosters/{first['roster_id']}"
    file = {"file": (io.BytesIO(_grown(network).encode()), "members.csv")}
    sent = ana.send("POST", "/rosters?name=Chamber", data=file, content_type="multipart/form-data").json
    roster = network.roster(first["roster_id"])
    assert sent == ana.get(path).json == _json(roster)
    assert ana.get("/rosters").json == _json(network.rosters())
    keys = {one.name: one.key for one in roster.joined}
    friend = next(one for one in roster.joined if one.known)
    courted = ana.send("POST", f"{path}/court", json={"key": keys["Dune Plumbing"]}).json
    assert courted is not None
    assert courted["stage"] == "courted"
    greeted = ana.send("POST", f"{path}/greet", json={"key": friend.key}).json
    assert greeted == _json(network.roster(roster.roster_id))
    pair = {"left": roster.maybe[0].left.key, "joined": roster.maybe[0].joined.key}
    assert ana.send("POST", f"{path}/same", json=pair).json == ana.get(path).json
    assert _error(ana.send("POST", f"{path}/same", json=pair))[0] == 404
    assert ana.send("DELETE", path).json is not None
    assert _error(ana.get(path)) == (404, "not_found", "")
