"""The home business, the directory and the columns for the engine."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from matcher.answers.partners import Home
from matcher.errors import NotFound
from matcher.facts import Business, DeclaredMarket, Offer
from matcher.store import Store
from matcher.store.businesses import card, columns, home, listing, names, revision, settle
from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, NOON, owners

TOLD = Home(
    services={"mortgage_broker": 1.0, "insurance_broker": 0.5},
    markets=("first_home_buyers", "move_up_buyers"),
    name="Alice Lends",
    place="Tucson",
    lat=32.22,
    lon=-110.97,
    radius_km=25.0,
    tier=2,
    clients_a_year=60.0,
    order_value_cents=420_000,
    wants_to_grow=True,
)


def add(store: Store, network_id: int, *told: str, city: str = "TUCSON", postcode: str = "85701") -> list[int]:
    """Businesses by name, each offering plumbing to first-time home buyers."""
    found = []
    with store.session(network_id, writes=True) as session:
        for name in told:
            business = Business(
                network_id=network_id, key=name, name=name, city=city, region="AZ", postcode=postcode, edited_at=NOON
            )
            session.add(business)
            session.flush()
            belonging = {"network_id": network_id, "business_id": business.id}
            session.add(Offer(**belonging, service="plumber", confidence=0.8, source="naics"))
            session.add(DeclaredMarket(**belonging, market="first_home_buyers"))
            found.append(business.id)
    return found


def found_by(store: Store, text: str, services: Iterable[str] = (), network_id: int = ALICE) -> list[str]:
    """The names that the directory gives for a text."""
    with store.session(network_id) as session:
        return [b.name for b in listing(session, text, services, first=0, limit=50).businesses]


def test_no_home_before_the_first_run(store: Store) -> None:
    """A network that has told nothing yet has no home business."""
    owners(store)
    with store.session(ALICE) as session:
        assert home(session, ALICE) is None


def test_settle_then_home(store: Store) -> None:
    """What the owner has told comes back as it was told."""
    owners(store)
    with store.session(ALICE, writes=True) as session:
        settle(session, ALICE, TOLD, NOON)
    with store.session(ALICE) as session:
        kept = home(session, ALICE)
    assert kept is not None
    assert replace(kept, business_id=None) == TOLD
    assert dict(kept.services) == dict(TOLD.services)


def test_settle_again_replaces(store: Store) -> None:
    """Telling it again replaces services and markets, keeps one home business and counts the change."""
    owners(store)
    changed = replace(TOLD, services={"notary": 1.0}, markets=(), name="Alice Signs", tier=None, wants_to_grow=None)
    numbers = []
    for told in (TOLD, changed):
        with store.session(ALICE, writes=True) as session:
            settle(session, ALICE, told, NOON)
            numbers.append(revision(session, ALICE))
    with store.session(ALICE) as session:
        kept = home(session, ALICE)
    assert kept is not None
    assert replace(kept, business_id=None) == changed
    assert numbers[1] > numbers[0]


def test_homes_are_apart(store: Store) -> None:
    """Two owners have each their own home, which nobody else finds in the directory."""
    owners(store)
    for network_id, name in ((ALICE, "Alice Lends"), (BOB, "Bob Builds")):
        with store.session(network_id, writes=True) as session:
            settle(session, network_id, replace(TOLD, name=name), NOON)
    with store.session(BOB) as session:
        kept = home(session, BOB)
        assert home(session, ALICE) is None
    assert kept is not None
    assert kept.name == "Bob Builds"
    assert found_by(store, "", network_id=BOB) == []


def test_directory_takes_percent_and_underscore_as_they_are(store: Store) -> None:
    """The signs that a database takes for any text find only themselves."""
    owners(store)
    add(store, SHARED, "100% Clean", "Snake_Case", "Plain Roofing")
    assert found_by(store, "%") == ["100% Clean"]
    assert found_by(store, "_") == ["Snake_Case"]
    assert found_by(store, "100%") == ["100% Clean"]
    assert found_by(store, "\\") == []


def test_directory_search(store: Store) -> None:
    """All words must be found, in any case, in the name, the city or at the start of the postcode."""
    owners(store)
    add(store, SHARED, "Plain Roofing")
    add(store, ALICE, "Roof Repair", city="PHOENIX", postcode="85004")
    assert found_by(store, "ROOF") == ["Plain Roofing", "Roof Repair"]
    assert found_by(store, "roof phoenix") == ["Roof Repair"]
    assert found_by(store, "857") == ["Plain Roofing"]
    assert found_by(store, "5701") == []
    assert found_by(store, "roof nowhere") == []


@pytest.mark.parametrize("text", ["MÜLLER", "müller", "Muller", "ZÜRICH", "zurich", "söhne zürich", "&"])
def test_capitals_and_accents_make_no_difference(store: Store, text: str) -> None:
    """A business is found by name and town in any spelling, as clients are, on either database."""
    owners(store)
    add(store, SHARED, "Adams Roofing")
    add(store, ALICE, "Müller & Söhne", city="Zürich", postcode="8001")
    assert found_by(store, text) == ["Müller & Söhne"]


def test_names_stand_in_the_order_of_their_letters(store: Store) -> None:
    """The directory sorts by name whatever its capitals and accents, also once the name has changed."""
    owners(store)
    add(store, SHARED, "Zoe", "Álamo", "baker", "Adams", "Étoile")
    assert found_by(store, "") == ["Adams", "Álamo", "baker", "Étoile", "Zoe"]
    with store.session(ALICE, writes=True) as session:
        for name in ("Alice Lends", "ÁLICE"):
            number = settle(session, ALICE, replace(TOLD, name=name, place="MÁLAGA"), NOON)
    with store.session(ALICE) as session:
        kept = session.get_one(Business, number)
        assert (kept.folded, kept.folded_city) == ("alice", "malaga")


def test_directory_by_service(store: Store) -> None:
    """Filtered by services, the directory gives the businesses that offer one of them."""
    owners(store)
    add(store, SHARED, "Pipes")
    assert found_by(store, "", ["plumber", "notary"]) == ["Pipes"]
    assert found_by(store, "", ["notary"]) == []


def test_directory_pages(store: Store) -> None:
    """The pages of the directory together hold every business once, by name, with the total on each."""
    owners(store)
    add(store, SHARED, *(f"Firm {number:02}" for number in range(25)))
    shown, totals = [], set()
    for first in range(0, 25, 10):
        with store.session(ALICE) as session:
            page = listing(session, "", (), first=first, limit=10)
        shown += [business.name for business in page.businesses]
        totals.add(page.total)
    assert shown == [f"Firm {number:02}" for number in range(25)]
    assert totals == {25}


def test_card(store: Store) -> None:
    """A card says what is known of a business: place, services, markets, and that it is shared."""
    owners(store)
    (number,) = add(store, SHARED, "Pipes")
    with store.session(ALICE) as session:
        found = card(session, number)
    assert (found.name, found.place, found.shared) == ("Pipes", "Tucson, AZ", True)
    assert (found.services, found.markets) == ({"plumber": 0.8}, ("first_home_buyers",))
    assert (found.stage, found.verdict) == (None, None)


def test_card_of_another_network(store: Store) -> None:
    """A business of another network and one that does not exist are refused in the same words."""
    owners(store)
    (theirs,) = add(store, BOB, "Secret")
    sentences = set()
    for number in (theirs, 987_654):
        with store.session(ALICE) as session, pytest.raises(NotFound) as refused:
            card(session, number)
        sentences.add(refused.value.sentence)
    assert len(sentences) == 1


def test_names(store: Store) -> None:
    """Names and places are given for the businesses that the network can see, however many are asked for."""
    owners(store)
    (mine,) = add(store, ALICE, "Mine")
    (theirs,) = add(store, BOB, "Theirs")
    with store.session(ALICE) as session:
        found = names(session, [mine, theirs, *range(1_000_000, 1_001_000)])
    assert found == {mine: ("Mine", "Tucson, AZ")}


def test_columns(store: Store) -> None:
    """The engine gets the rows of one network by id, with offers and markets, without the home business."""
    owners(store)
    shared, mine = add(store, SHARED, "Pipes", "Roofs"), add(store, ALICE, "Mine")
    with store.session(ALICE, writes=True) as session:
        settle(session, ALICE, replace(TOLD, services={}, markets=()), NOON)
    with store.session(ALICE) as session:
        for network_id, wanted in ((SHARED, shared), (ALICE, mine), (BOB, [])):
            businesses, offers, markets = columns(session, network_id)
            assert [row[0] for row in businesses] == wanted
            assert [tuple(row) for row in offers] == [(number, "plumber", 0.8) for number in wanted]
            assert [tuple(row) for row in markets] == [(number, "first_home_buyers") for number in wanted]
