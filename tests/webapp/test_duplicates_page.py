"""Who is in twice, on a page and through the API."""

from html import unescape

from sqlalchemy import update

from matcher.answers.connected import ContactTold
from matcher.answers.told import ClientTold
from matcher.facts import Business
from matcher.units import SHARED
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json

BOB = ContactTold(name="Bob Lee", email="bob@lee.example", phone="520-555-0177")
ROBERT = ContactTold(name="Robert Lee", email="bob@lee.example", phone="520-555-0199", note="Choir")


def test_two_are_made_one_and_parted(town: Town) -> None:
    """The page lays both side by side with the reason; what is chosen is kept, and undo brings both back."""
    ana, network = town.visitor("ana"), town.circle
    assert "Nobody twice" in ana.get("/duplicates").text
    one, two = network.add_contact(BOB), network.add_contact(ROBERT)
    page = unescape(ana.get("/duplicates").text)
    assert "same e-mail; names alike (but other telephone)" in page
    assert page.count('name="choice-name"') == 2
    assert 'name="choice-email"' not in page  # they do not differ
    seen = network.duplicates().groups[0].seen
    fields = {"person": [str(one), str(two)], "choice-name": str(two), "choice-phone": str(one), "seen": seen}
    ana.post("/duplicates/merge", fields, form_on="/duplicates")
    (card,) = network.contacts()
    assert (card.name, card.phone, card.note) == ("Robert Lee", BOB.phone, "Choir")
    page = unescape(ana.get("/duplicates").text)
    assert "2 people are one: Robert Lee." in page
    undo = page.split('action="/duplicates/merges/')[1].split('"')[0]
    ana.post(f"/duplicates/merges/{undo}", form_on="/duplicates")
    assert {card.person_id for card in network.contacts()} == {one, two}


def test_taking_names_back_says_who_was_made_one(town: Town) -> None:
    """Undo of names and of clients that were just added refuses in a sentence while somebody is merged into them."""
    ana, network = town.visitor("ana"), town.circle
    bob, robert = network.add_contact(BOB), network.add_contact(ROBERT)
    name, client = network.add_names("Rob Lee").person_ids[0], network.add_client(ClientTold(name="R. Lee"))
    network.merge([bob, name])
    network.merge([robert, client])
    for path, form_on, field, number in (
        ("/list/off", "/list", "person", name),
        ("/clients/undo", "/clients", "client", client),
    ):
        ana.post(path, {field: str(number)}, form_on=form_on)
        page = unescape(ana.get(form_on).text)
        assert "Lee was made one with somebody else since, so nothing is taken back." in page
    assert len(network.people_held()) == 2


def test_a_group_that_changed_is_shown_again(town: Town) -> None:
    """When somebody has changed since the page was shown, nobody is merged and the page says so."""
    ana, network = town.visitor("ana"), town.circle
    one, two = network.add_contact(BOB), network.add_contact(ROBERT)
    seen = network.duplicates().groups[0].seen
    network.edit_contact(one, ROBERT)
    ana.post("/duplicates/merge", {"person": [str(one), str(two)], "seen": seen}, form_on="/duplicates")
    assert "has changed in the meantime" in ana.get("/duplicates").text
    assert len(network.contacts()) == 2


def test_who_is_not_the_same_is_not_shown_again(town: Town) -> None:
    """Two who are not the same leave the page, and undo brings them back."""
    ana, network = town.visitor("ana"), town.circle
    ids = [str(network.add_contact(told)) for told in (BOB, ROBERT)]
    ana.post("/duplicates/not-same", {"person": ids}, form_on="/duplicates")
    page = ana.get("/duplicates").text
    assert "Nobody twice" in page
    assert "They stay apart" in page
    ana.post("/duplicates/not-same/forget", {"person": ids}, form_on="/duplicates")
    assert network.duplicates().total == 1


def test_one_alone_cannot_be_made_one(town: Town) -> None:
    """With fewer than two people ticked nothing happens."""
    ana, network = town.visitor("ana"), town.circle
    one = network.add_contact(BOB)
    for path in ("/duplicates/merge", "/duplicates/not-same"):
        assert ana.post(path, {"person": [str(one), "x"]}, form_on="/duplicates").status_code == 400


def test_where_somebody_works_takes_a_yes(peopled: Town) -> None:
    """A business whose domain somebody writes from is proposed; a yes keeps it and undo takes it back."""
    ana, network = peopled.visitor("ana"), peopled.circle
    number = network.suggestions(limit=1).suggestions[0].business_id
    network.set_stage(number, "agreed")
    with peopled.accounts.store.session(SHARED, writes=True) as session:
        session.execute(update(Business).where(Business.id == number).values(website="www.firm.example/us"))
    ann = network.add_contact(ContactTold(name="Ann", email="ann@firm.example"))
    assert "e-mail at firm.example" in ana.get("/duplicates/workplaces").text
    assert network.contact(ann).business_id is None
    ana.post(f"/duplicates/workplaces/{ann}", {"business": str(number)}, form_on="/duplicates/workplaces")
    assert network.contact(ann).business_id == number
    assert network.workplaces() == ()
    ana.post(f"/duplicates/workplaces/{ann}", {"business": ""}, form_on="/duplicates/workplaces")
    assert network.contact(ann).business_id is None


def test_the_same_through_the_api(town: Town) -> None:
    """GET lists groups, POST makes one, DELETE parts them, PUT keeps that two are two, and nonsense is refused."""
    ana, network = Program(town), town.circle
    ids = [network.add_contact(told) for told in (BOB, ROBERT)]
    assert ana.get("/duplicates").json == _json(network.duplicates())
    done = ana.send("POST", "/merges", json={"ids": ids, "choices": {"name": ids[0]}}).json
    assert done is not None
    assert ana.get("/merges").json == [done] == _json(network.merges())
    assert _error(ana.send("POST", "/merges", json={"ids": ids}))[0] == 409
    assert ana.send("DELETE", f"/merges/{done['merge_id']}").json["undone"] is True  # type: ignore[index]
    assert ana.send("PUT", "/not-same", json={"ids": ids}).json["total"] == 0  # type: ignore[index]
    assert ana.send("PUT", "/not-same", json={"ids": ids, "same": True}).json["total"] == 1  # type: ignore[index]
    assert ana.send("PUT", f"/people/{ids[0]}/workplace", json={"business_id": None}).json == []
    assert ana.get("/workplaces").json == []
    for body, field in (({"ids": ids[:1]}, "ids"), ({"ids": ids, "choices": {"age": 1}}, "choices.age.[key]")):
        assert _error(ana.send("POST", "/merges", json=body)) == (400, "invalid", field)
