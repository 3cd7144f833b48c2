"""The commands on who knows whom, and whom to bring together."""

import csv
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.answers.connected import ContactTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.commands import Terminal
from tests.networks import INSPECTIONS, MOVERS, REALTY, id_of
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)


def test_contacts_are_kept_and_listed(terminal: Terminal, alice: Network) -> None:
    """`contact` keeps somebody and prints their number, `contacts` finds them again."""
    assert "No contacts." in terminal.ok("contacts", *ON)
    printed = terminal.ok("contact", "Ann Lee", "--business", id_of(alice, REALTY), "--phone", "520-555-0177", *ON)
    (card,) = alice.contacts()
    assert printed == f"{card.person_id}. Ann Lee  {REALTY}, 520-555-0177\n" == terminal.ok("contacts", "saguaro", *ON)
    assert json.loads(terminal.ok("contacts", "--json", *ON)) == [asdict(card)]
    assert json.loads(terminal.ok("contact", "Ben", "--json", *ON)) == asdict(alice.contacts("ben")[0])


def test_contacts_come_from_a_file(terminal: Terminal, alice: Network, tmp_path: Path) -> None:
    """`import --contacts` shows what it understood, asks what people do, and brings them into the network alone."""
    (tmp_path / "people.txt").write_bytes(b"Ann Smith, roofer\nBob Jones\n")
    asked = terminal.run("import", "people.txt", "--contacts", *ON, typed="y\n")
    assert "Is Ann Smith somebody for" in " ".join(asked.stdout.split())
    assert "all networks see" not in asked.stdout
    assert [card.name for card in alice.contacts()] == ["Ann Smith", "Bob Jones"]


def test_ties_are_told_and_lead_to_connectors(terminal: Terminal, alice: Network) -> None:
    """`tie` keeps what it is told and shows all ties; `connectors` says whom to ask."""
    movers, ann = id_of(alice, MOVERS), alice.add_contact(ContactTold(name="Ann"))
    assert "Nobody has told us" in terminal.ok("tie", movers, *ON)
    printed = terminal.ok("tie", ann, "--person", "--years", 3, "--vouch", *ON)
    assert "Known each other for 3 years and would vouch for each other." in printed
    told = json.loads(terminal.ok("tie", movers, "--of-person", ann, "--often", 52, "--json", *ON))
    assert told == json.loads(json.dumps([asdict(card) for card in alice.ties(Whose(movers))]))
    assert f"Ask Ann to introduce you to {MOVERS}." in terminal.ok("connectors", movers, *ON)
    found = json.loads(terminal.ok("connectors", movers, "--json", *ON))
    assert found == json.loads(json.dumps(asdict(alice.who_connects(Whose(movers)))))


def test_pairs_are_listed_and_exported(terminal: Terminal, alice: Network, tmp_path: Path) -> None:
    """`broker` prints each pair with a reason for each side, and `export broker` writes the same to a file."""
    assert "Nobody to bring together yet." in terminal.ok("broker", *ON)
    for name in (REALTY, INSPECTIONS, MOVERS):
        alice.set_stage(id_of(alice, name), "agreed")
    printed = " ".join(terminal.ok("broker", *ON).split())
    found = alice.bring_together()
    assert json.loads(terminal.ok("broker", "--json", *ON)) == json.loads(json.dumps(asdict(found)))
    for two in found.pairs:
        assert f"{two.rank}. {two.first} and {two.second}" in printed
        assert two.first_reason in printed
        assert two.second_reason in printed
    terminal.ok("export", "broker", "--to-file", tmp_path / "pairs.csv", *ON)
    rows = list(csv.DictReader((tmp_path / "pairs.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["First"], row["Second"]) for row in rows] == [(two.first, two.second) for two in found.pairs]
