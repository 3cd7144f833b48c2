"""The commands about introductions."""

import json
import re
from dataclasses import asdict

import pytest

from matcher.answers.introduced import ReportTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask, answer_report
from tests.commands import Terminal
from tests.networks import MOVERS, id_of, settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)
SITE = ("--base-url", "https://partners.example.org/")


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network in that database, settled in Tucson, with a client."""
    network = settled_alice(store)
    network.add_client(ClientTold(name="Joe", phone="520-555-0101"))
    return network


def _token(printed: str, what: str) -> str:
    found = re.search(rf"https://partners\.example\.org/{what}/([\w-]+)", printed)
    assert found, printed
    return found[1]


def test_the_whole_loop(terminal: Terminal, alice: Network, store: Store) -> None:
    """From `introduce` over two links and two yeses to `connect`, a report and a closed introduction."""
    printed = terminal.ok(
        "introduce", "client:1", f"business:{id_of(alice, MOVERS)}", *ON, "--why", "They are careful."
    )
    assert printed == f"1. Joe and {MOVERS}  drafted\n   Ask Joe first.\n"
    for side in ("first", "target"):
        printed = terminal.ok("introduction", 1, "ask", "--side", side, *ON, *SITE)
        answer_ask(store, _token(printed, "ask"), "yes")
    shown = terminal.ok("introduction", 1, *ON)
    assert "Joe: 520-555-0101" in shown
    assert "We know no e-mail address of Joe" in shown
    terminal.ok("introduction", 1, "connect", *ON)
    assert "agreed" in terminal.ok("introduction", 1, "undo-connect", *ON)
    terminal.ok("introduction", 1, "connect", *ON)
    printed = terminal.ok("introduction", 1, "report", *ON, *SITE)
    answer_report(store, _token(printed, "outcome"), ReportTold(outcome="done"))
    assert "Now say thank you" in terminal.ok("introductions", *ON, "--stage", "closed")
    as_json = json.loads(terminal.ok("introductions", *ON, "--json"))
    assert as_json == json.loads(json.dumps([asdict(card) for card in alice.introductions()]))


def test_it_ends_early(terminal: Terminal, alice: Network) -> None:
    """An answer by phone is noted, a no ends it, and a limit is one sentence with exit code 2."""
    assert "No introductions yet." in terminal.ok("introductions", *ON)
    pair = ("client:1", f"business:{id_of(alice, MOVERS)}")
    terminal.ok("introduce", *pair, *ON)
    terminal.ok("introduction", 1, "ask", *ON, "--json")
    assert "Please say what they answered" in terminal.run("introduction", 1, "answer", *ON).stderr
    assert "said no" in terminal.ok("introduction", 1, "answer", "--said", "no", *ON)
    assert "Joe said no. You may ask again from" in terminal.ok("introduce", *pair, *ON) + terminal.ok(
        "introduction", 2, *ON
    )
    done = terminal.run("introduction", 2, "ask", *ON)
    assert (done.returncode, "Joe said no." in done.stderr) == (2, True)
    assert "withdrew it" in terminal.ok("introduction", 2, "withdraw", *ON)
    assert "drafted" in terminal.ok("introduction", 2, "undo-withdraw", *ON)
    assert "/ask/" in terminal.ok("introduction", 1, "undo-answer", *ON)
    assert "client:NUMBER" in terminal.run("introduce", "Joe", "Ann", *ON).stderr
