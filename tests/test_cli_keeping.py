"""The commands on what is kept of a person, and on associations."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.answers.connected import ContactTold
from matcher.network import Network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import REALTY, id_of
from tests.store.conftest import ALICE, BOB

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)
SECRET = "5f0c1e7a9b3d48266af1d0c7e5b94831"


@pytest.fixture
def terminal(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at a database, whose operator has set a secret."""
    monkeypatch.setenv("SWITCHBOARD_SECRET_KEY", SECRET)
    return Terminal(tmp_path, database)


def test_a_person_is_shown_erased_and_let_back(terminal: Terminal, alice: Network) -> None:
    """`person` prints all, `erase` shows what it would do and does it with the name, `bring-back` lets them back."""
    ann = alice.add_contact(ContactTold(name="Ann Lee", email="ann@example.org", note="Sings"))
    alice.add_contact(ContactTold(name="Bo", note="Met Ann Lee"))
    shown = terminal.ok("person", ann, *ON)
    assert shown.startswith("What we hold of Ann Lee\n")
    assert "note: Sings" in shown
    assert "Named in cards of people (note):\n   Met Ann Lee\n" in shown
    assert json.loads(terminal.ok("person", ann, "--json", *ON)) == json.loads(alice.export_person(ann))
    assert "Nothing is done yet." in terminal.ok("erase", ann, *ON)
    assert "Deleted: cards of people (1).\nBlacked out in: cards of people (1)." in terminal.ok(
        "erase", ann, "--name", "ann lee", *ON
    )
    assert [card.name for card in alice.contacts()] == ["Bo"]
    assert "may bring them back" in terminal.ok("bring-back", "--email", "Ann@Example.org", *ON)
    assert terminal.run("bring-back", "--email", "ann@example.org", *ON).returncode == 2


def test_associations_are_watched(terminal: Terminal, alice: Network, tmp_path: Path) -> None:
    """`roster` reads lists, says what changed, greets and courts; `rosters` lists the associations."""
    file = tmp_path / "members.csv"
    assert "No associations." in terminal.ok("rosters", *ON)
    assert "There is no association" in terminal.run("roster", "Chamber", *ON).stderr
    alice.set_stage(id_of(alice, REALTY), "agreed")
    file.write_text("Company\nAgave Tiles\nBo's Bakery\n", encoding="utf-8")
    assert "The first list." in terminal.ok("roster", "Chamber", file, *ON)
    file.write_text(f"Company\nAgave Tiles\nBos Bakery\n{REALTY}\nDune\n", encoding="utf-8")
    printed = terminal.ok("roster", "chamber", file, "--greet", "--court", "Dune", *ON)
    assert f"   {REALTY} (your partner {REALTY}, noted)\n" in printed
    assert "   Dune (your partner Dune)\n" in printed
    assert "Bo's Bakery left and Bos Bakery joined: they may be the same." in printed
    assert [moment.kind for moment in alice.moments()] == ["joined"]
    assert printed == terminal.ok("roster", "Chamber", *ON)
    shown = json.loads(terminal.ok("roster", "Chamber", "--json", *ON))
    assert shown == json.loads(json.dumps(asdict(alice.roster(shown["roster_id"]))))
    assert "Chamber: 4 members, lists read: 2" in terminal.ok("rosters", *ON)


def test_a_network_moves(terminal: Terminal, alice: Network, store: Store) -> None:
    """`export --all` writes the whole network, and `restore` brings it into an empty one, once."""
    alice.add_contact(ContactTold(name="Ann Lee", business_id=id_of(alice, REALTY)))
    assert "--all for the whole network" in terminal.run("export", "--to-file", "x.zip", *ON).stderr
    assert "a list is a .csv" in terminal.run("export", "--all", "--to-file", "x.csv", *ON).stderr
    assert "network.zip: " in terminal.ok("export", "--all", "--to-file", "network.zip", *ON)
    assert "rows are here." in terminal.ok("restore", "network.zip", "--network", BOB)
    (ann,) = Network(store, BOB).contacts()
    assert (ann.name, ann.business) == ("Ann Lee", REALTY)
    assert "holds something already" in terminal.run("restore", "network.zip", "--network", BOB).stderr
    assert "not a whole network" in terminal.run("restore", "switchboard.db", "--network", BOB).stderr
