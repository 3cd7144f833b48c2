"""The command about the plan for a partner."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.exchange.vcard import read_vcards
from matcher.network import Network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import REALTY, id_of, settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_kit_is_printed_and_written(database: str, store: Store, tmp_path: Path) -> None:
    """`kit` prints each text as the API gives it, and writes the card; a file without a name is refused."""
    alice, terminal = settled_alice(store), Terminal(tmp_path, database)
    kit, on = alice.kit(), ("--network", ALICE)
    for what in ("who-to-send", "pocket-card", "newsletter"):
        printed = terminal.ok("kit", what, *on)
        assert printed == f"{alice.handout(what)}\n"  # type: ignore[arg-type]
        assert kit.listen[0].phrases[0] in printed
    assert json.loads(terminal.ok("kit", *on, "--json")) == json.loads(json.dumps(asdict(kit)))
    terminal.ok("kit", "card", *on, "--to-file", tmp_path / "own.vcf")
    assert read_vcards((tmp_path / "own.vcf").read_bytes())[0].name == kit.own.name
    refused = terminal.run("kit", "flyer", *on)
    assert (refused.returncode != 0, "--to-file flyer.pdf" in refused.stderr + refused.stdout) == (True, True)


def test_a_step_is_kept_and_shown(database: str, store: Store, tmp_path: Path) -> None:
    """`plan` marks a step, shows the plan with it, and prints what the API answers."""
    alice, terminal = settled_alice(store), Terminal(tmp_path, database)
    number = id_of(alice, REALTY)
    shown = terminal.ok("plan", number, "--network", ALICE, "--step", "learn_wants", "--done", "--note", "Families")
    assert f"{REALTY}  no partner yet, 1 of {len(alice.plan(number).steps)} steps done" in shown
    assert "x learn_wants: Ask what they want" in shown
    assert "Families" in shown
    printed = json.loads(terminal.ok("plan", number, "--network", ALICE, "--json"))
    assert printed == json.loads(json.dumps(asdict(Network(store, ALICE).plan(number))))
