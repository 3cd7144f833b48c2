"""The commands on referrals, thanks and sources."""

import json
from dataclasses import asdict

import pytest

from matcher.answers.told import ClientTold
from matcher.network import Network
from tests.commands import Terminal
from tests.networks import INSPECTIONS, REALTY, id_of
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)


def test_from_referral_to_second_thanks(terminal: Terminal, alice: Network) -> None:
    """A referral is kept, won, thanked for, done, and thanked for again, each with one command."""
    kept = terminal.ok("referral", "Joe Park", *ON, "--business", id_of(alice, REALTY), "--service", "mortgage broker")
    assert kept.startswith(f"1. Joe Park  from {REALTY} (Mortgage broker or home lender)")
    assert "Owed since" in kept
    assert "Owed" not in terminal.ok("thank", 1, *ON)
    done = terminal.ok("referral", *ON, "--number", 1, "--result", "done", "--value", 1200)
    assert "work is done, $1,200" in done
    assert "thanks again" in done
    assert "Owed" not in terminal.ok("thank", 1, *ON, "--again", "--with", "card")
    assert "1 in all, worth $1,200; thanks owed for 0." in terminal.ok("referrals", *ON)
    assert "Owed" in terminal.ok("thank", 1, *ON, "--again", "--undo")
    assert "taken back" in terminal.ok("referral", *ON, "--number", 1, "--undo")
    assert alice.referrals().total == 0


def test_json_is_what_the_core_answers(terminal: Terminal, alice: Network) -> None:
    """Each command prints the API's form with --json."""
    maria = alice.add_client(ClientTold(name="Maria", grade="A"))
    terminal.ok("referral", "Joe", *ON, "--client", maria, "--asked", "soft")
    for words, answer in (
        (("referral", "--number", 1), alice.referral(1)),
        (("referrals", "--received", "--owed"), alice.referrals()),
        (("sources",), alice.sources()),
    ):
        assert json.loads(terminal.ok(*words, *ON, "--json")) == json.loads(json.dumps(asdict(answer)))


def test_words_and_rules(terminal: Terminal, alice: Network) -> None:
    """Before thanking, one can read words to say and what may be given, with the rule; a forbidden gift is refused."""
    terminal.ok("referral", "Joe", *ON, "--business", id_of(alice, REALTY))
    printed = " ".join(terminal.ok("thank", 1, *ON, "--words").split())
    assert f"Hi {REALTY}," in printed
    assert "gift: refused." in printed
    assert "12 U.S.C. 2607" in printed
    refused = terminal.run("thank", 1, *ON, "--with", "gift", "--value", 20)
    assert refused.returncode == 2
    assert "anything of value" in refused.stderr
    assert alice.referral(1).thanked_on == ""


def test_sources_in_words(terminal: Terminal, alice: Network) -> None:
    """`sources` names who gives, how it is spread, and where the owner gives more than they get."""
    for number in (1, 2):
        terminal.ok("referral", f"Joe {number}", *ON, "--business", id_of(alice, INSPECTIONS), "--given")
    terminal.ok("referral", "Ann", *ON, "--business", id_of(alice, REALTY))
    printed = terminal.ok("sources", *ON)
    assert "All your referrals come from one source." in printed
    assert "You give more than you get." in printed
    assert "Clients rarely refer up" in printed


def test_somebody_else(terminal: Terminal, alice: Network) -> None:
    """When a referral that we gave went nowhere, the command names somebody else."""
    alice.set_stage(id_of(alice, REALTY), "agreed")
    terminal.ok("referral", "Joe", *ON, "--business", id_of(alice, INSPECTIONS), "--given", "--service", "realtor")
    assert f"or {REALTY}" in terminal.ok("referral", *ON, "--number", 1, "--result", "nowhere")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("referral", "Joe", *ON), "--business or --client"),
        (("referral", "Joe", *ON, "--business", 1, "--client", 1), "--business or --client"),
        (("referral", "Joe", *ON, "--business", 999_999), "no such business or person"),
        (("referral", "", *ON, "--client", 999_999), "Please say whom this is about"),
        (("referral", *ON, "--number", 9), "no such referral"),
        (("thank", 9, *ON), "no such referral"),
    ],
)
def test_what_cannot_be(terminal: Terminal, alice: Network, words: tuple[object, ...], sentence: str) -> None:
    """What makes no sense ends with one sentence and exit code 2."""
    done = terminal.run(*words)
    assert done.returncode == 2
    assert sentence in done.stderr
