"""Addresses as files: for letters, for an address book, on paper."""

import pytest

from matcher.answers.partners import Filters
from matcher.answers.told import ClientTold
from matcher.errors import Invalid, NotFound
from matcher.exchange.clean import clean
from matcher.exchange.tables import read_table
from matcher.exchange.vcard import read_vcards
from matcher.lists.letters import Form
from matcher.network import Network
from matcher.store import Store
from tests.exchange.payloads import PAYLOADS
from tests.networks import INSPECTIONS, MOVERS, REALTY, STREET, bring_in, csv_of, id_of, settled_alice
from tests.store.conftest import BOB

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network with a partner, one whom she courts, and one with whom it is over."""
    network = settled_alice(store)
    for name, stage in ((REALTY, "agreed"), (INSPECTIONS, "courted"), (MOVERS, "ended")):
        network.set_stage(id_of(network, name), stage)  # type: ignore[arg-type]
    return network


def _lines(content: bytes) -> list[dict[str, str]]:
    table = read_table("x", content)
    return [dict(zip(table.header, cells, strict=True)) for _, cells in table.rows()]


def test_partners_have_all_that_a_letter_needs(alice: Network) -> None:
    """Each partner that has not ended has a greeting, every part of the address, and why we write."""
    first, second = _lines(alice.export("partners", "csv"))
    assert (first["Name"], second["Name"]) == (INSPECTIONS, REALTY)
    assert (second["Greeting"], second["Address"], second["City"]) == (REALTY, "1 Main St", "Tucson")
    assert (second["State"], second["ZIP"], second["Partnership"]) == ("AZ", "85701", "agreed")
    suggestion = alice.why(id_of(alice, REALTY)).suggestion
    assert suggestion is not None
    assert second["Reason"] in [reason.sentence for reason in suggestion.reasons if reason.side == "them"]


def test_letters_go_to_whom_the_list_shows(alice: Network) -> None:
    """The file of letters has the suggestions as they are narrowed, in their order."""
    for filters in (Filters(decided=True), Filters(services=("real_estate_agent",), decided=True)):
        shown = [one.name for one in alice.suggestions(filters, limit=100).suggestions]
        assert [line["Name"] for line in _lines(alice.export("letters", "csv", filters))] == shown


def test_partners_are_cards_as_well(alice: Network) -> None:
    """The address book has the same partners, and so has one card by itself."""
    cards = read_vcards(alice.export("partners", "vcf"))
    assert [(card.name, card.street) for card in cards] == [(INSPECTIONS, "2 Main St"), (REALTY, "1 Main St")]
    assert read_vcards(alice.card_of(id_of(alice, REALTY))) == cards[1:]


def test_clients_are_cards_without_what_we_noted(alice: Network) -> None:
    """A client's card has the ways to reach them, and nothing that only we know."""
    alice.add_client(ClientTold(name="Zoe", email="zoe@example.com", note="owes us money", grade="C"))
    content = alice.export("clients", "vcf")
    assert b"owes us money" not in content
    assert [(card.name, card.email) for card in read_vcards(content)] == [("Zoe", "zoe@example.com")]


def test_partners_on_paper(alice: Network) -> None:
    """With the extra, the list of partners is a PDF."""
    pytest.importorskip("typst", reason="needs the extra `pdf`")
    assert alice.export("partners", "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("form", ["vcf", "pdf"])
def test_a_list_without_addresses_is_no_card(alice: Network, form: Form) -> None:
    """What has no address to it is refused in a form for addresses, with what to take instead."""
    with pytest.raises(Invalid, match="choose Excel"):
        alice.export("coverage", form)


def test_a_card_of_somebody_else_is_not_there(store: Store, alice: Network) -> None:
    """Another network gets no card of a business that is not its own."""
    with pytest.raises(NotFound):
        Network(store, BOB).card_of(id_of(alice, REALTY))


@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
def test_hostile_partners_come_back_byte_for_byte(store: Store, alice: Network, form: Form) -> None:
    """Forty names that would be formulas or lines of their own are brought in again as they were kept."""
    rows = [(f"{clean(text)} Ana{number}", *STREET[0][1:]) for number, text in enumerate(PAYLOADS)]
    bring_in(alice, csv_of(rows))
    mine = {card.name for card in alice.directory(limit=100).businesses if " Ana" in card.name}
    for name in mine:
        alice.set_stage(_number(alice, name), "agreed")
    bob = Network(store, BOB)
    bob.store_import(bob.stage(f"partners.{form}", alice.export("partners", form)).import_id)
    theirs = {card.name for card in bob.directory(limit=100).businesses if " Ana" in card.name}
    assert len(mine) == len(PAYLOADS)
    assert theirs == mine


def _number(network: Network, name: str) -> int:
    return next(card.business_id for card in network.directory(limit=100).businesses if card.name == name)
