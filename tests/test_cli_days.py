"""The command about the owner's clock."""

import json

import pytest

from matcher.network import Network
from tests.commands import Terminal
from tests.store.conftest import ALICE

ON = ("--network", str(ALICE))
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a_zone_is_set_shown_and_forgotten(terminal: Terminal, alice: Network) -> None:
    """`zone` keeps the zone that is named, says what the clock shows there, forgets it, and explains what is none."""
    assert terminal.ok("zone", "asia/kathmandu", *ON).startswith("Asia/Kathmandu: it is ")
    told = json.loads(terminal.ok("zone", "--json", *ON))
    assert (told["zone"], told["now"][-6:], alice.zone()) == ("Asia/Kathmandu", "+05:45", "Asia/Kathmandu")
    refused = terminal.run("zone", "Middle/Earth", *ON)
    assert (refused.returncode, "Please choose a time zone" in refused.stderr) == (2, True)
    assert terminal.run("zone", "Europe/Berlin", "--forget", *ON).returncode == 2
    assert "No time zone is told" in terminal.ok("zone", "--forget", *ON)
    assert alice.zone() is None
