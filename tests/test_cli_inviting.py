"""The commands about open calls."""

import json
from dataclasses import asdict

import pytest

from matcher.answers.invited import ApplicationTold
from matcher.network import Network
from matcher.store import Store
from matcher.visitors.answering import apply, read_call
from tests.commands import Terminal
from tests.networks import HOME
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)


def test_a_call_prints_its_link(terminal: Terminal, alice: Network, store: Store) -> None:
    """`call` opens a call where the owner is, and ends with the whole address to pass round."""
    printed = terminal.ok("call", "roofer", *ON, "--words", "Soon.", "--base-url", "https://partners.example.org/")
    first, link = printed.strip().split("\n")
    (card,) = alice.calls()
    assert first == f"{card.call_id}. Roofing contractor around Tucson, AZ  open until {card.closes_on}"
    assert link == f"https://partners.example.org/call/{card.token}"
    page = read_call(store, card.token)
    assert (page.business, page.wording) == (HOME.name, "Soon.")
    assert json.loads(terminal.ok("call", "roofer", *ON, "--words", "Soon.", "--json")) == json.loads(
        json.dumps(asdict(card))
    )


def test_calls_lists_who_answered(terminal: Terminal, alice: Network, store: Store) -> None:
    """`calls` prints each call with its answers, and as JSON what the API gives."""
    assert "No calls yet." in terminal.ok("calls", *ON)
    card = alice.open_call("roofer")
    apply(store, card.token, ApplicationTold(business="Adobe Roofing", contact="Rosa Diaz", phone="520-555-0177"))
    printed = terminal.ok("calls", *ON)
    assert "Adobe Roofing (Rosa Diaz, 520-555-0177)" in printed
    assert "not decided" in printed
    assert json.loads(terminal.ok("calls", *ON, "--json")) == json.loads(json.dumps([asdict(c) for c in alice.calls()]))
    alice.close_call(card.call_id)
    assert "closed on" in terminal.ok("calls", *ON)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("call", "zymurgical zeppelin", *ON), "is not a service we know"),
        (("call", "roofer", *ON, "--place", "Zzyzxville"), "is not a place we know"),
        (("call", "roofer"), "Please say first what you sell"),
    ],
    ids=["service", "place", "nobody"],
)
def test_what_cannot_be_called_for(
    terminal: Terminal, alice: Network, words: tuple[object, ...], sentence: str
) -> None:
    """Unknown services and places, and a network without a business of its own, end with one sentence."""
    done = terminal.run(*words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert alice.calls() == ()
