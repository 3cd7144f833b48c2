"""The commands on clients and what they need."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from matcher.network import Network, open_network
from tests.commands import Terminal
from tests.networks import MOVERS, STREET, bring_in, csv_of, id_of
from tests.test_cli import on_sqlite

LINE = "Maria Gómez (A) bought a house in May, Tucson 85716, wants a Spanish-speaking accountant, maria@example.com"
UNSURE = "Zoe needs help with the usual stuff"
BOOK = (("Joe", "roof leaks; moving company"), ("", "roofer"))


@pytest.fixture
def terminal(database: str, tmp_path: Path) -> Terminal:
    """A terminal with an empty database, and clients in a file beside it."""
    (tmp_path / "clients.csv").write_bytes(csv_of(BOOK, ("Name", "Need")))
    return Terminal(tmp_path, database)


@pytest.fixture
def network(terminal: Terminal) -> Iterator[Network]:
    """The network at this terminal, with the street in it."""
    network = open_network(terminal.database)
    bring_in(network, csv_of(STREET))
    yield network
    network.close()


def test_a_line_is_shown_and_kept(terminal: Terminal, network: Network) -> None:
    """Without --yes what was understood is shown and nothing is kept; with it the client is, line and all."""
    said = terminal.ok("client", LINE)
    for words in ("Maria Gómez", "place: Tucson, AZ", "grade: A", "language: es", "Accountant or CPA", "? Is it"):
        assert words in said
    assert network.clients().total == 0
    kept = json.loads(terminal.ok("client", LINE, "--yes", "--json"))
    assert kept == json.loads(json.dumps(asdict(network.client(kept["client_id"]))))
    assert (kept["name"], kept["grade"], kept["note"], kept["email"]) == ("Maria Gómez", "A", LINE, "maria@example.com")
    assert [(need["service"], need["wish"]["language"]) for need in kept["needs"]] == [("accountant", "es")]
    assert [journey["journey"] for journey in kept["journeys"]] == ["first_home"]


@on_sqlite
def test_a_line_as_json_is_what_was_read(terminal: Terminal, network: Network) -> None:
    """`client --json` prints what the core reads; a need nobody is sure of is kept in its words."""
    assert json.loads(terminal.ok("client", UNSURE, "--json")) == json.loads(
        json.dumps(asdict(network.read_note(UNSURE)))
    )
    assert "not sure; perhaps" in terminal.ok("client", UNSURE)
    terminal.ok("client", UNSURE, "--yes")
    (need,) = network.client(network.clients().clients[0].client_id).needs
    assert (need.service, need.wording) == ("", "needs help with the usual stuff")


@on_sqlite
@pytest.mark.parametrize("line", ["", "?!", "🎉", "roof leaks in Tucson"])
def test_a_line_without_anybody_in_it_is_refused(terminal: Terminal, network: Network, line: str) -> None:
    """Nobody is kept without a name; one sentence says what to do."""
    done = terminal.run("client", line, "--yes")
    assert (done.returncode, done.stderr.count("\n"), network.clients().total) == (2, 1, 0)


@on_sqlite
def test_clients_are_listed_with_their_needs(terminal: Terminal, network: Network) -> None:
    """The list is narrowed by words, grade and open needs, and says the number of each need."""
    for line in (LINE, UNSURE, "Bob in Tucson"):
        terminal.ok("client", line, "--yes")
    assert json.loads(terminal.ok("clients", "--json")) == json.loads(json.dumps(asdict(network.clients(limit=500))))
    said = terminal.ok("clients", "tucson")
    assert ("Maria Gómez" in said, "Bob" in said, "Zoe" in said, "2 in all." in said) == (True, True, False, True)
    assert "Bob" not in terminal.ok("clients", "--waiting")
    assert "1 in all." in terminal.ok("clients", "--grade", "A")
    (need,) = network.clients("maria").clients[0].needs
    assert f"need {need.need_id}: Accountant or CPA (open)" in said


@on_sqlite
def test_what_became_of_a_need(terminal: Terminal, network: Network) -> None:
    """A need is introduced to a partner and then filled; without a partner one sentence says what is missing."""
    terminal.ok("client", "Bob needs movers", "--yes")
    number = network.clients().clients[0].needs[0].need_id
    refused = terminal.run("need", number, "filled")
    assert (refused.returncode, refused.stderr) == (2, "switchboard: Please choose the partner first.\n")
    said = terminal.ok("need", number, "introduced", "--partner", id_of(network, MOVERS))
    assert said == f"Bob: Moving company (introduced, {MOVERS})\n"
    assert json.loads(terminal.ok("need", number, "filled", "--json"))["status"] == "filled"
    assert terminal.run("need", 999, "dropped").returncode == 2


def test_clients_come_from_a_file_and_go_with_it(terminal: Terminal, network: Network) -> None:
    """`import --clients` shows what it understood, stores on a yes, and `undo` takes all of it out."""
    asked = terminal.run("import", "clients.csv", "--clients", typed="n\n")
    assert "need" in asked.stdout
    assert "all networks see" not in asked.stdout
    assert network.clients().total == 0
    done = json.loads(terminal.ok("import", "clients.csv", "--clients", "--yes", "--json"))
    assert [done[name] for name in ("about", "rows", "stored", "same", "problems")] == ["clients", 2, 1, 0, 1]
    assert [need.service for need in network.clients().clients[0].needs] == ["roofer", "moving_company"]
    terminal.ok("undo", done["import_id"])
    assert network.clients().total == 0
