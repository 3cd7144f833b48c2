"""The commands about coverage."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest

from matcher.answers.told import ClientTold, NeedTold
from matcher.network import Network, open_network
from matcher.store import Store
from tests.commands import Terminal
from tests.networks import LOANS, MOVERS, REALTY, id_of, settled_alice
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON_HERS = ("--network", ALICE)


@pytest.fixture
def alice(store: Store, terminal: Terminal) -> Iterator[Network]:
    """Alice's network, with movers as partner and a client who needs them, a realtor and a lawyer."""
    settled_alice(store)
    network = open_network(terminal.database, ALICE)
    network.set_stage(id_of(network, MOVERS), "agreed")
    needs = [NeedTold(service=service) for service in ("moving_company", "real_estate_agent", "estate_attorney")]
    network.add_client(ClientTold(name="Joe and Ana"), needs)
    yield network
    network.close()


def _as_json(answer: Any) -> Any:
    return json.loads(json.dumps(asdict(answer)))


def test_coverage_says_what_is_filled(terminal: Terminal, alice: Network) -> None:
    """The answer's sentence, the partners who take any, and the gaps are printed; as JSON it is the API's."""
    found = alice.coverage()
    printed = terminal.ok("coverage", *ON_HERS)
    assert found.sentence in printed
    assert f"{MOVERS} (1)" in printed
    assert all(gap.sentence.split(":")[0] in printed for gap in found.gaps)
    assert json.loads(terminal.ok("coverage", *ON_HERS, "--json")) == _as_json(found)


def test_assign_says_who_gets_what(terminal: Terminal, alice: Network) -> None:
    """Each need is a line with its state and partner; a service or a state narrows them."""
    assert MOVERS in terminal.ok("assign", *ON_HERS)
    gaps = terminal.ok("assign", *ON_HERS, "--state", "gap")
    assert "Real estate agent" in gaps
    assert MOVERS not in gaps
    assert "Real estate agent" not in terminal.ok("assign", *ON_HERS, "--service", "movers")
    assert json.loads(terminal.ok("assign", *ON_HERS, "--json")) == _as_json(alice.assignment())


def test_an_unknown_service_is_a_sentence(terminal: Terminal, alice: Network) -> None:
    """A service that nobody knows ends with a sentence and exit code 2."""
    done = terminal.run("assign", *ON_HERS, "--service", "zeppelins")
    assert done.returncode == 2
    assert "is not a service we know" in done.stderr


def test_recruit_says_whom_and_what_they_would_close(terminal: Terminal, alice: Network) -> None:
    """Who would close most is named with what they add; the proof comes when one asks for it."""
    printed = terminal.ok("recruit", *ON_HERS, "--count", 2)
    assert f"1. {REALTY}" in printed
    assert LOANS not in printed
    proof = alice.recruits(2, prove=True).proof
    assert proof
    proved = terminal.ok("recruit", *ON_HERS, "--count", 2, "--prove")
    assert proof.sentence in " ".join(proved.split())  # long lines are broken
    assert json.loads(terminal.ok("recruit", *ON_HERS, "--json")) == _as_json(alice.recruits())


def test_heard_says_who_does_it(terminal: Terminal, alice: Network) -> None:
    """What somebody said is answered with the service, the partner and a draft."""
    printed = terminal.ok("heard", "we need a moving company", *ON_HERS)
    assert MOVERS in printed
    answer = json.loads(terminal.ok("heard", "we need a moving company", *ON_HERS, "--json"))
    assert answer == _as_json(alice.heard("we need a moving company"))
    client = alice.clients().clients[0].client_id
    assert "Joe and Ana" in terminal.ok("heard", "we need a moving company", *ON_HERS, "--client", client)


@pytest.mark.parametrize("what", ["coverage", "assignment", "recruits"])
def test_each_list_can_be_kept(terminal: Terminal, alice: Network, what: str) -> None:
    """`export` writes each of the new lists."""
    terminal.ok("export", what, *ON_HERS, "--to-file", f"{what}.csv")
    assert len((terminal.folder / f"{what}.csv").read_text(encoding="utf-8-sig").splitlines()) > 1
