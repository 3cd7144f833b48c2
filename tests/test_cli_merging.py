"""The commands on people who are one."""

import json
from dataclasses import asdict

import pytest

from matcher.answers.connected import ContactTold
from matcher.network import Network
from tests.commands import Terminal
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)


def test_people_are_made_one_and_parted_again(terminal: Terminal, alice: Network) -> None:
    """`duplicates` lists who seems to be one and why, `merge` makes them one and `unmerge` parts them."""
    assert "Nobody among 0 people" in terminal.ok("duplicates", *ON)
    one, two = (
        alice.add_contact(ContactTold(name=name, email="bob@lee.example")) for name in ("Robert Lee", "Bob Lee")
    )
    printed = terminal.ok("duplicates", *ON)
    assert f"{one} and {two}: same e-mail; names alike" in printed
    found = json.loads(terminal.ok("duplicates", "--json", *ON))
    assert found == json.loads(json.dumps(asdict(alice.duplicates())))
    merged = terminal.ok("merge", one, two, "--keep", "name", one, *ON)
    assert f"2 people are one: {two}. Robert Lee" in merged
    number = alice.merges()[0].merge_id
    assert f"unmerge {number}" in merged
    assert "parted again" in terminal.ok("unmerge", number, *ON)
    assert [card.name for card in alice.contacts()] == ["Bob Lee", "Robert Lee"]
    assert "They stay apart." in terminal.ok("merge", one, two, "--not-same", *ON)
    assert alice.duplicates().total == 0
