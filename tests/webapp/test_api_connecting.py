"""The API's side of contacts, ties, who can introduce us, and whom to bring together."""

import io
from typing import Any

import pytest

from matcher.answers.whose import Whose
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_a_contact_from_first_to_last(peopled: Town) -> None:
    """POST keeps a contact, PUT says who they are, GET lists them, DELETE gives what was there."""
    ana, network = Program(peopled), peopled.circle
    number = network.suggestions(limit=1).suggestions[0].business_id
    card = ana.send("POST", "/contacts", json={"name": "Ann", "business_id": number}).json
    assert card is not None
    path = f"/contacts/{card['person_id']}"
    assert ana.get("/contacts?q=ann").json == _json(network.contacts()) == [card]
    changed = ana.send("PUT", path, json={"name": "Anne", "note": "Sings\nand paints"}).json
    assert changed == ana.get(path).json
    assert changed is not None
    assert (changed["name"], changed["business_id"], changed["note"]) == ("Anne", None, "Sings\nand paints")
    assert ana.send("DELETE", path).json == changed
    assert ana.get(path).status_code == 404


def test_contacts_from_a_file(peopled: Town) -> None:
    """POST /imports?about=contacts takes an address book, and what its columns were said to hold is remembered."""
    ana, content = Program(peopled), b"Name,Odd one\nAnn,Cook\n"
    preview = ana.send("POST", "/imports?about=contacts", data={"file": (io.BytesIO(content), "c.csv")}).json
    assert preview is not None
    ana.send("POST", f"/imports/{preview['import_id']}/store", json={"columns": {"1": "position"}})
    assert [(card.name, card.position) for card in peopled.circle.contacts()] == [("Ann", "Cook")]
    again = ana.send("POST", "/imports?about=contacts", data={"file": (io.BytesIO(content + b"Bob,"), "d.csv")}).json
    assert [column["field"] for column in again["columns"]] == ["name", "position"]  # type: ignore[index]


def test_ties_lead_to_an_introduction(peopled: Town) -> None:
    """PUT keeps ties of people and businesses, the connectors follow from them, and DELETE gives what is left."""
    ana, network = Program(peopled), peopled.circle
    near, far = (one.business_id for one in network.suggestions(limit=2).suggestions)
    ann = ana.send("POST", "/contacts", json={"name": "Ann"}).json["person_id"]  # type: ignore[index]
    ana.send("PUT", f"/people/{ann}/ties", json={"years": 4, "would_vouch": True})
    ana.send("PUT", f"/businesses/{near}/ties", json={"of_person_id": ann, "contacts_a_year": 12})
    ana.send("PUT", f"/businesses/{far}/ties", json={"of_business_id": near, "worked_together": True})
    assert ana.get(f"/people/{ann}/ties").json == _json(network.ties(Whose(person_id=ann)))
    assert ana.get(f"/businesses/{near}/connectors").json == _json(network.who_connects(Whose(near)))
    assert [one["name"] for one in ana.get(f"/businesses/{near}/connectors").json["connectors"]] == ["Ann"]  # type: ignore[index]
    assert ana.get(f"/people/{ann}/connectors").json["sentence"] == "You know Ann yourself: ask them directly."  # type: ignore[index]
    (way,) = ana.get(f"/businesses/{far}/connectors").json["farther"]  # type: ignore[index]
    assert (way["name"], way["would"]) == ("Ann", network.business(near).name)
    tie = network.ties(Whose(far))[0].tie_id
    assert ana.send("DELETE", f"/ties/{tie}").json is not None
    assert ana.get(f"/businesses/{far}/ties").json == []


def test_whom_to_bring_together(busy: Town) -> None:
    """GET gives a page of pairs exactly as the network does."""
    ana, network = Program(busy), busy.circle
    found = network.bring_together(first=1, limit=2)
    assert found.total > 2
    assert ana.get("/broker?first=1&limit=2").json == _json(found)


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/contacts", {"name": ""}, "name"),
        ("POST", "/contacts", {"name": "Ann", "email": "nowhere"}, "email"),
        ("PUT", "/businesses/2/ties", {"years": 101}, "years"),
        ("PUT", "/businesses/2/ties", {"of_business_id": 2}, "business_id"),
        ("PUT", "/businesses/2/ties", {"trust": 1}, "trust"),
    ],
)
def test_what_makes_no_sense_is_refused(
    peopled: Town, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Figures that cannot be, unknown fields, and a tie to oneself are refused by name."""
    assert _error(Program(peopled).send(method, path, json=body)) == (400, "invalid", field)
