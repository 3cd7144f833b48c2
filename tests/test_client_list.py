"""The list of clients as a file: what a page lists goes out, and comes back in as it was."""

from datetime import date

import pytest

from matcher.answers.covered import ClientCard
from matcher.answers.partners import Filters, Place
from matcher.answers.told import ClientTold, NeedTold, NewClient
from matcher.exchange.clean import clean
from matcher.exchange.tables import read_table
from matcher.lists.letters import Form
from matcher.network import Network
from matcher.store import Store
from tests.exchange.payloads import PAYLOADS
from tests.networks import MOVERS, id_of, settled_alice, shared_and_owners

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
JOE = ClientTold(
    name="Joe; Ana, and Co",
    grade="A",
    markets=("first_home_buyers", "downsizers"),
    place=Place(name="Tucson, AZ", lat=32.2217, lon=-110.9265),
    value_cents=120_050,
    email="joe@example.com",
    phone="520-555-0101",
    note="=likes tea",
)
NEEDS = (
    NeedTold(service="moving_company", wording="Three floors; and a piano | heavy", needed_by=date(2026, 6, 30)),
    NeedTold(service="roofer", wording="=roof leaks"),
    NeedTold(service="plumber"),
    NeedTold(wording="zymurgical zeppelin"),
)


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network with two clients, of whom Joe waits for four things."""
    network = settled_alice(store)
    network.add_client(JOE, NEEDS, journey="first_home", since=date(2026, 5, 4))
    ruth = network.add_client(ClientTold(name="Ruth"), [NeedTold(service="moving_company")])
    need = network.client(ruth).needs[0].need_id
    network.set_need_status(need, "filled", id_of(network, MOVERS))
    return network


def _told(card: ClientCard) -> tuple[object, ...]:
    needs = {(need.service, need.wording, need.needed_by) for need in card.needs if need.status == "open"}
    journeys = [(one.journey, one.day_zero) for one in card.journeys]
    return (
        *(card.name, card.grade, set(card.markets), card.place, card.value_cents, card.email, card.phone, card.note),
        *(needs, journeys),
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_clients_come_back_as_they_were(store: Store, alice: Network, form: Form) -> None:
    """Another network that brings the file in has the same clients with the same open needs, word for word."""
    bob = Network(store, alice.id + 1)
    done = bob.store_import(bob.stage(f"clients.{form}", alice.export("clients", form), "clients").import_id)
    assert done.stored == 2
    assert {p.sentence for p in done.listed if p.keeps_out} == {
        "The same client as line 2; stored once, with the needs of both lines."
    }
    mine, theirs = ([_told(card) for card in network.clients().clients] for network in (alice, bob))
    assert theirs == mine


def test_the_file_holds_what_the_page_lists(alice: Network) -> None:
    """Words, grade and waiting narrow the file as they narrow the page."""
    assert _names(alice.export("clients", "csv", Filters(text="ruth"))) == ["Ruth"]
    assert set(_names(alice.export("clients", "csv", waiting=True))) == {JOE.name}
    assert set(_names(alice.export("clients", "csv", grade="A"))) == {JOE.name}


def test_what_is_looked_after_does_not_come_back_as_open(alice: Network) -> None:
    """A filled need stands in a column for people, which an import leaves out."""
    table = read_table("x", alice.export("clients", "csv", Filters(text="ruth")))
    row = dict(zip(table.header, next(table.rows())[1], strict=True))
    assert (row["What they need"], row["Looked after"]) == ("", f"Moving company (filled, {MOVERS})")


def test_hostile_names_come_back_byte_for_byte(store: Store) -> None:
    """A name that would be a formula is kept, written and brought back as it was."""
    _, alice, bob = shared_and_owners(store)
    names = [clean(f"{text} Ana{number}") for number, text in enumerate(PAYLOADS)]
    alice.add_clients([NewClient(told=ClientTold(name=name)) for name in names])
    bob.store_import(bob.stage("clients.csv", alice.export("clients", "csv"), "clients").import_id)
    mine, theirs = ({card.name for card in network.clients(limit=100).clients} for network in (alice, bob))
    assert len(mine) == len(PAYLOADS)
    assert theirs == mine


def _names(content: bytes) -> list[str]:
    return [cells[0] for _, cells in read_table("x", content).rows()]
