"""The commands on what is kept of a person."""

import json
from pathlib import Path

import pytest

from matcher.answers.connected import ContactTold
from matcher.network import Network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)
SECRET = "5f0c1e7a9b3d48266af1d0c7e5b94831"


@pytest.fixture
def terminal(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at a database, whose operator has set a secret."""
    monkeypatch.setenv("SWITCHBOARD_SECRET_KEY", SECRET)
    return Terminal(tmp_path, database)


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network in that database."""
    return settled_alice(store)


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
