"""The commands about the list, the first six months and deals."""

import json
from dataclasses import asdict

import pytest

from matcher.network import Network
from tests.commands import Terminal
from tests.networks import MOVERS, id_of
from tests.store.conftest import ALICE

ON = ("--network", str(ALICE))
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_from_names_to_a_draft(terminal: Terminal, alice: Network) -> None:
    """`list` adds and tags people, `programme` begins, shows the week with its connection, and drafts it."""
    printed = terminal.ok("list", "Mia Hart, Joe Park", *ON)
    assert printed.startswith("Added: Mia Hart, Joe Park.\n2 of 100 people, 0 of them tagged.\n")
    assert "Next to tag: Mia Hart" in printed
    assert "lacks: a moving company (" in terminal.ok("list", "--lacks", "a moving company", "--years", 3, *ON)
    told = json.loads(terminal.ok("list", "--does", "moving company", "--vouch", *ON, "--json"))
    assert (told["name"], told["offers"], told["tie"]["would_vouch"]) == ("Joe Park", ["moving_company"], True)
    assert "have not begun" in terminal.ok("programme", *ON)
    printed = terminal.ok("programme", "--begin", "2026-03-02", "--on", "2026-03-03", *ON)
    assert printed.startswith("Week 1 of 26, 20 minutes\nWrite down everybody you know (15 min)\n")
    assert "1. Mia Hart and Joe Park" in printed
    assert terminal.ok("programme", "--on", "2026-09-01", *ON).startswith("All 26 weeks are behind you.\n")
    assert "kept on" in terminal.ok("programme", "--kept", 1, "--on", "2026-03-03", *ON)
    assert "is drafted" in terminal.ok("programme", "--draft", 1, *ON)
    refused = terminal.run("programme", "--draft", 1, *ON)
    assert (refused.returncode, "no such connection" in refused.stderr) == (2, True)
    assert "nobody" in terminal.ok("list", "mia hart", "--done", "family_1", *ON)
    assert "Everybody on your list is tagged" in terminal.run("list", "--standing", "cold", *ON).stderr


def test_another_day_keeps_the_goal(terminal: Terminal, alice: Network) -> None:
    """Who says only that the programme began on another day keeps the goal that they chose."""
    terminal.ok("programme", "--begin", "2026-03-02", "--goal", 200, *ON)
    terminal.ok("programme", "--begin", "2026-03-09", *ON)
    begun = alice.programme()
    assert begun is not None
    assert (begun.started_on, begun.goal) == ("2026-03-09", 200)


def test_deals_on_the_board(terminal: Terminal, alice: Network) -> None:
    """`deals` puts a partner's deal on the board, lists it as the API would, and takes it off."""
    assert terminal.ok("deals", *ON) == "Nothing is on.\n"
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    told = ("deals", "Boxes for nothing", "--business", movers)
    assert "--until DATE" in terminal.run(*told, *ON).stderr
    printed = terminal.ok(*told, "--until", "2199-01-01", *ON)
    assert printed == "1. Ocotillo Movers: Boxes for nothing  until 2199-01-01\n"
    assert json.loads(terminal.ok("deals", *ON, "--json")) == json.loads(
        json.dumps([asdict(deal) for deal in alice.deals()])
    )
    assert terminal.ok("deals", "--remove", 1, *ON) == "Nothing is on.\n"
