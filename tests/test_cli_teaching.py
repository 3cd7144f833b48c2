"""The command about the plan for a partner."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.network import Network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import REALTY, id_of, settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


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
