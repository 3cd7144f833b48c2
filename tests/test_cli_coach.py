"""The commands about coaching."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.network import Network
from matcher.store import Store
from matcher.store.accounts import Accounts
from matcher.units import now_utc
from matcher.visitors.taking_kits import accept_invite
from tests.commands import Terminal
from tests.kits import changed_kit, coach_of

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_programme_from_the_terminal(database: str, store: Store, tmp_path: Path) -> None:
    """A coach makes, saves, changes and gives a programme and writes a few words; the agent sees, takes and leaves."""
    terminal = Terminal(tmp_path, database)
    coach, account = coach_of(store)
    accounts, now = Accounts(store), now_utc()
    agent = Network(store, accounts.create_network("A", accounts.create_account("a@example.com", now=now), now=now))
    on, at = ("--network", coach.id), ("--network", agent.id)
    assert "No agents yet" in terminal.ok("coach", "board", *on)
    assert terminal.ok("coach", "make", "Give first", *on).startswith("1. Give first")
    link = terminal.ok("coach", "invite", 1, "--for", "Ana", "--base-url", "https://partners.example.org/", *on).strip()
    assert link.startswith("https://partners.example.org/invited/")
    accept_invite(store, link.rpartition("/")[2], agent.id, "Ana")
    file = tmp_path / "kit.json"
    terminal.ok("coach", "save", 1, "--to-file", file, *on)
    told = {"switchboard_kit": 1, "kit": {**json.loads(file.read_text())["kit"], "steps": changed_kit()["steps"]}}
    file.write_text(json.dumps(told))
    terminal.ok("coach", "bring", file, "--into", 1, *on)
    assert "Ana, Give first: has an older one" in terminal.ok("coach", "board", *on)
    assert "Week 2: Ask what they lack" in terminal.ok("coach", "mine", *at)
    terminal.ok("coach", "nudge", agent.id, "Well done!", *on)
    assert "Well done!" in terminal.ok("coach", "take", *at)
    board = json.loads(terminal.ok("coach", "board", *on, "--json"))
    assert board == [asdict(card) for card in coach.agents(account)]
    assert board[0]["has_newest"]
    assert "Nobody sees your numbers" in terminal.ok("coach", "leave", *at)
    file.write_text("{}")
    refused = terminal.run("coach", "bring", file, *on)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert json.loads(terminal.ok("coach", "kits", *on, "--json"))[0]["name"] == "Give first"
