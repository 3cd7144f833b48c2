"""The whole loop at a terminal: from a suggestion over two yeses and a referral to thanks said twice."""

import json
import re
from typing import Any

import pytest

from matcher.answers.introduced import ReportTold
from matcher.answers.told import ClientTold
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.consenting import answer_ask, answer_report
from tests.commands import Terminal
from tests.introduced import days_pass
from tests.networks import INSPECTIONS, MOVERS, REALTY, id_of, settled_alice
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


def _json(terminal: Terminal, *words: object) -> Any:
    return json.loads(terminal.ok(*words, *ON, "--json"))


def _token(printed: str, what: str) -> str:
    found = re.search(rf"https://partners\.example\.org/{what}/([\w-]+)", printed)
    assert found, printed
    return found[1]


def test_from_suggestion_to_thanks_twice(terminal: Terminal, alice: Network, store: Store) -> None:
    """A partner introduces us to whom was suggested; both say yes, work comes of it, and they are thanked twice."""
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    found = _json(terminal, "suggest", "--limit", 1)["suggestions"][0]
    drafted = terminal.ok("introduce", f"business:{movers}", f"business:{found['business_id']}", "--for-us", *ON)
    assert drafted == f"1. {MOVERS} and {found['name']}  drafted\n   Ask {MOVERS} first.\n"
    answer_ask(store, _token(terminal.ok("introduction", 1, "ask", *ON, *SITE), "ask"), "yes")
    terminal.ok("introduction", 1, "ask", "--side", "target", *ON, *SITE)
    assert "agreed" in terminal.ok("introduction", 1, "answer", "--side", "target", "--said", "yes", *ON)
    assert _json(terminal, "introduction", 1, "connect")["stage"] == "connected"
    asked = terminal.ok("introduction", 1, "report", "--side", "target", *ON, *SITE)
    answer_report(store, _token(asked, "outcome"), ReportTold(outcome="met"))
    assert _json(terminal, "introduction", 1)["stage"] == "met"
    assert "open" in terminal.ok("referrals", "--received", *ON)
    terminal.ok("referral", "--number", 1, "--result", "won", *ON)
    assert _json(terminal, "introduction", 1)["stage"] == "referral"
    assert "Owed since" in terminal.ok("thank", 1, "--again", "--undo", *ON)
    assert "Owed" not in terminal.ok("thank", 1, *ON)
    assert "Now say thank you" in terminal.ok("introduction", 1, "worked", "--value", 1200, *ON)
    assert "work is done, $1,200" in terminal.ok("referrals", "--owed", *ON)
    terminal.ok("thank", 1, "--again", *ON)
    assert terminal.ok("referrals", *ON).endswith("1 in all, worth $1,200; thanks owed for 0.\n")


@pytest.mark.parametrize("side", ["first", "target"])
@pytest.mark.parametrize(
    ("end", "stage"), [("no", "declined"), ("later", "later"), ("silence", "silent"), ("withdraw", "withdrawn")]
)
def test_it_ends_early(terminal: Terminal, alice: Network, store: Store, side: str, end: str, stage: str) -> None:
    """A no, a "not now", silence or a withdrawal while either side is asked ends it, without a referral."""
    terminal.ok("introduce", "client:1", f"business:{id_of(alice, MOVERS)}", *ON)
    if side == "target":
        answer_ask(store, alice.ask(1, "first"), "yes")
    terminal.ok("introduction", 1, "ask", "--side", side, *ON)
    if end == "silence":
        days_pass(store, 14)
    else:
        how = ("withdraw",) if end == "withdraw" else ("answer", "--side", side, "--said", end)
        terminal.ok("introduction", 1, *how, *ON)
    assert _json(terminal, "introduction", 1)["stage"] == stage
    for step in ("connect", "report", "met"):
        assert terminal.run("introduction", 1, step, *ON).returncode == 2
    assert _json(terminal, "referrals")["total"] == 0


@pytest.mark.parametrize("won", [False, True], ids=["no referral came of it", "the referral went nowhere"])
def test_it_comes_to_nothing(terminal: Terminal, alice: Network, store: Store, won: bool) -> None:
    """After two yeses it can still come to nothing, at once or after work was agreed; somebody else is then named."""
    alice.set_stage(id_of(alice, REALTY), "agreed")
    terminal.ok("introduce", "client:1", f"business:{id_of(alice, INSPECTIONS)}", "--service", "realtor", *ON)
    for side in ("first", "target"):
        answer_ask(store, alice.ask(1, side), "yes")
    terminal.ok("introduction", 1, "connect", *ON)
    if won:
        terminal.ok("introduction", 1, "met", *ON)
        terminal.ok("referral", "--number", 1, "--result", "won", *ON)
    closed = terminal.ok("introduction", 1, "nowhere", *ON)
    assert "closed" in closed
    assert "Nothing came of it." in closed
    assert f"or {REALTY}" in terminal.ok("referral", "--number", 1, *ON)
