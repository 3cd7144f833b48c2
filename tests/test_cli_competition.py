"""The commands about competition."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from matcher.network import Network, open_network
from tests.commands import Terminal
from tests.networks import LOANS, REALTY, STREET, bring_in, csv_of, id_of

BROKER = ("--sells", "mortgage broker", "--near", "Tucson, AZ")
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def town(terminal: Terminal) -> Iterator[Network]:
    """The shared directory at this terminal, with the street in it."""
    network = open_network(terminal.database)
    bring_in(network, csv_of(STREET))
    yield network
    network.close()


def test_overflow_prints_who_could_take_work(terminal: Terminal, town: Network) -> None:
    """The lender is listed with the work that he could take, and as JSON in the API's form."""
    printed = terminal.ok("overflow", *BROKER)
    assert f"1. {LOANS}" in printed
    assert "Clients for whom you have no time" in printed
    assert "1 competitor who could take work over." in printed
    answer = json.loads(terminal.ok("overflow", *BROKER, "--json"))
    assert [one["name"] for one in answer["partners"]] == [LOANS]


def test_a_word_is_kept_and_taken_back(terminal: Terminal, town: Network) -> None:
    """`rule` keeps what one says with its reason, `why` says it, and `unrule` takes it back."""
    loans = id_of(town, LOANS)
    kept = json.loads(terminal.ok("rule", loans, "--does-not-compete", "--because", "they lend to firms", "--json"))
    assert kept == json.loads(json.dumps(asdict(town.business(loans))))
    assert "because they lend to firms." in terminal.ok("why", loans, *BROKER)
    assert terminal.ok("unrule", loans) == "Taken back.\n"
    assert town.business(loans).ruled is None
    assert terminal.run("rule", loans).returncode == 2


def test_why_prints_the_axes_and_who_would_be_upset(terminal: Terminal, town: Network) -> None:
    """A rival's four axes are printed, and a partner who sells the same is named."""
    printed = terminal.ok("why", id_of(town, LOANS), *BROKER)
    assert all(f"% the same {axis}: " in printed for axis in ("service", "market", "area", "price"))
    town.set_stage(id_of(town, REALTY), "agreed")
    bring_in(town, csv_of([("Barrel Homes", "Real estate agent", "9 Main St", "Tucson", "AZ", "85701")]))
    assert f"Before you say yes: {REALTY}, your partner, sells" in terminal.ok(
        "why", id_of(town, "Barrel Homes"), *BROKER
    )


def test_the_list_goes_into_a_file(terminal: Terminal, town: Network) -> None:
    """`export overflow` writes the list."""
    terminal.ok("export", "overflow", *BROKER, "--to-file", "overflow.csv")
    assert LOANS in (terminal.folder / "overflow.csv").read_text(encoding="utf-8-sig")
