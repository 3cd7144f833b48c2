"""The pages and operations on what is kept of people."""

import io
import re
from html import unescape

from matcher.answers.connected import ContactTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json

ANN = ContactTold(name="Ann Lee", email="ann@example.org", note="Sings")


def test_a_person_is_looked_up_and_erased(peopled: Town) -> None:
    """From the search to the whole file, its download and the typed name; afterwards nobody is found."""
    ana, network = peopled.visitor("ana"), peopled.circle
    ann = network.add_contact(ANN)
    assert f'href="/my-data/people/{ann}"' in ana.get("/my-data?q=lee").text
    path = f"/my-data/people/{ann}"
    assert "What we hold of Ann Lee" in unescape(ana.get(path).text)
    assert ana.get(f"{path}.json").data == network.export_person(ann)
    assert "cannot be undone" in ana.get(f"{path}/erase").text
    refused = ana.post(f"{path}/erase", {"name": "Anne"}, form_on=f"{path}/erase")
    assert (refused.status_code, "by mistake" in refused.text) == (400, True)
    assert ana.post(f"{path}/erase", {"name": "Ann Lee"}, form_on=f"{path}/erase").status_code == 303
    page = unescape(ana.get("/my-data?q=lee").text)
    assert "They are erased, and no list brings them back unasked.<" in page
    assert "Nobody of this name has a card." in page
    wrong = ana.post("/my-data/back", {"email": "bo@example.org"}, form_on="/my-data")
    assert (wrong.status_code, "was erased here" in wrong.text) == (404, True)
    ana.post("/my-data/back", {"email": "ann@example.org"}, form_on="/my-data")
    assert "may bring them back" in unescape(ana.get("/my-data").text)


def test_columns_are_called_by_words(peopled: Town) -> None:
    """The page says in words what each column holds, and the file to hand over keeps the columns' own names."""
    network = peopled.circle
    ann, bo = (network.add_client(ClientTold(name=name), journey="first_home") for name in ("Ann Lee", "Bo Ray"))
    network.merge([ann, bo])
    (client,) = (one for one in network.person_file(bo).held if one.table == "occasion")
    assert {"complete", "began_on", "person_id"} <= client.rows[0].keys()
    told = unescape(peopled.visitor("ana").get(f"/my-data/people/{bo}").text)
    for words, value in (("All is told", "no"), ("Number of the person", bo), ("Number of who stayed", bo)):
        assert f'<dt>{words}</dt><dd class="note">{value}</dd>' in told
    assert not re.search(r"<dt>[^<]*( id| at|_)\b[^<]*</dt>", told)


def test_a_sentence_that_waits_to_be_shown_forgets_them(peopled: Town) -> None:
    """A browser that has not yet shown “Ann Lee is kept.” does not show the name after she was erased."""
    ana, network = peopled.visitor("ana"), peopled.circle
    form = {"name": ANN.name, "email": "", "phone": "", "business": "", "note": ""}
    ana.post("/contacts", form, form_on="/contacts")
    network.erase_person(network.contacts()[0].person_id, ANN.name)
    page = ana.get("/my-data").text
    assert "[erased] is kept." in page
    assert ANN.name not in page


def test_only_owners_erase(peopled: Town) -> None:
    """A member sees what is held of a person, and cannot erase them."""
    bob, network = peopled.visitor("bob"), peopled.circle
    path = f"/my-data/people/{network.add_contact(ANN)}"
    assert "Erase everywhere" not in bob.get(path).text
    assert bob.post(f"{path}/erase", {"name": ANN.name}, form_on="/my-data").status_code == 403
    assert network.people_held("ann")


def test_the_api_gives_a_file_and_erases(peopled: Town) -> None:
    """The operations answer what the core answers, and DELETE takes the name that was typed."""
    ana, network = Program(peopled), peopled.circle
    ann = network.add_contact(ANN)
    assert ana.get("/people?q=ann").json == _json(network.people_held("ann"))
    assert ana.get(f"/people/{ann}/file").json == _json(network.person_file(ann))
    assert ana.get(f"/people/{ann}/erasing").json == _json(network.plan_erasing(ann))
    assert _error(ana.send("DELETE", f"/people/{ann}", json={"name": "Bo"})) == (400, "invalid", "name")
    done = ana.send("DELETE", f"/people/{ann}", json={"name": "Ann Lee"}).json
    assert done == {
        "name": "",
        "deleted": {"cards of people": 1},
        "redacted": {},
        "stays": done["stays"],
        "scrubbed": True,
    }
    assert ana.send("POST", "/people/back", json={"email": "ann@example.org"}).json == {"people": 1}


def test_a_network_moves_to_another(peopled: Town) -> None:
    """The file that Ana takes out fills Cleo's empty network."""
    ana, cleo = peopled.visitor("ana"), peopled.visitor("cleo")
    peopled.circle.add_contact(ANN)
    assert "What stays here: passwords, links, who signs in" in ana.get("/my-data").text
    content = ana.get("/my-data/network.zip").data
    other = Network(peopled.accounts.store, peopled.other)
    wrong = cleo.post("/my-data/network", {"file": (io.BytesIO(b"x"), "x.zip")}, form_on="/my-data")
    assert (wrong.status_code, "not a whole network" in wrong.text) == (400, True)
    sent = cleo.post("/my-data/network", {"file": (io.BytesIO(content), "n.zip")}, form_on="/my-data")
    assert (sent.status_code, [card.name for card in other.contacts()]) == (303, [ANN.name])
    assert "rows are here." in cleo.get("/my-data").text


def test_a_program_moves_a_network(peopled: Town) -> None:
    """The API gives an owner the same file as the page and brings it into an empty network, once."""
    ana, cleo = Program(peopled), Program(peopled, "cleo")
    peopled.circle.add_contact(ANN)
    taken = ana.get("/network/whole")
    assert (taken.status_code, taken.content_type) == (200, "application/zip")
    assert taken.data == peopled.visitor("ana").get("/my-data/network.zip").data
    assert _error(Program(peopled, "bob").get("/network/whole")) == (403, "not_allowed", "")
    sent = [cleo.send("POST", "/network/whole", data={"file": (io.BytesIO(taken.data), "n.zip")}) for _ in range(2)]
    other = Network(peopled.accounts.store, peopled.other)
    assert (sent[0].status_code, [card.name for card in other.contacts()]) == (200, [ANN.name])
    assert _error(sent[1])[:2] == (409, "conflict")
