"""What one network knows better of a business: in all its answers at once, and in nobody else's."""

from dataclasses import replace
from typing import Any

import pytest

from matcher.answers.partners import BusinessCard, Facts, Filters, Place
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from tests.networks import (
    FAR,
    HOME,
    INSPECTIONS,
    LOANS,
    MOVERS,
    REALTY,
    STREET,
    TUCSON,
    UNKNOWN,
    bring_in,
    csv_of,
    id_of,
    shared_and_owners,
    suggested,
)

HERE = Place(name="Tucson, AZ", **TUCSON)
EVERYTHING = Facts(
    services={"notary": 0.5, "home_inspector": 1.0},
    markets=("first_home_buyers",),
    tier=3,
    clients_a_year=12.5,
    order_value_cents=123_456,
    radius_km=12.0,
    place=HERE,
)


@pytest.fixture
def owners(store: Store) -> tuple[Network, Network, Network]:
    """The shared directory with the street in it, and Alice and Bob, who sell the same in the same town."""
    shared, alice, bob = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    for network in (alice, bob):
        network.settle(HOME)
        network.suggestions()
    return shared, alice, bob


def answers_of(network: Network) -> tuple[Any, ...]:
    """All that a network is told of the businesses it can see."""
    listed = network.directory(limit=100)
    whys = [network.why(b.business_id) for b in listed.businesses]
    lists = [network.export(what, "csv") for what in ("suggestions", "directory", "network")]  # type: ignore[arg-type]
    return network.suggestions(limit=100), listed, whys, lists, network.picture()


def facts_of(card: BusinessCard) -> Facts:
    """What a card shows, in the form in which it is told."""
    placed = card.lat is not None and card.lon is not None
    return Facts(
        services=card.services,
        markets=card.markets,
        tier=card.tier,
        clients_a_year=card.clients_a_year,
        order_value_cents=card.order_value_cents,
        radius_km=card.radius_km,
        place=Place(name=card.place, lat=card.lat or 0, lon=card.lon or 0) if placed else None,
    )


def test_a_correction_stands_on_the_card(owners: tuple[Network, ...]) -> None:
    """Everything that can be told is shown as told, says who told it, and the next answer is the same."""
    alice = owners[1]
    number = id_of(alice, UNKNOWN)
    told = alice.correct_facts(number, EVERYTHING)
    assert facts_of(told) == told.told == EVERYTHING
    assert told.said_by == {"notary": "you", "home_inspector": "you"}
    assert (list(told.services), told.address) == (["home_inspector", "notary"], "")
    assert alice.business(number) == told


@pytest.mark.parametrize(
    ("name", "facts", "standing"),
    [
        (LOANS, Facts(services={"real_estate_agent": 1.0}), "suggested"),
        (FAR, Facts(place=HERE), "suggested"),
        (FAR, Facts(radius_km=5000.0), "suggested"),
        (UNKNOWN, Facts(services={"notary": 1.0}), "suggested"),
        (REALTY, Facts(services={"mortgage_broker": 1.0}), "competitor"),
        (REALTY, Facts(services={}), "unknown"),
        (REALTY, Facts(place=Place(name="Billings, MT", lat=45.78, lon=-108.5)), "out_of_area"),
    ],
)
def test_a_correction_decides(owners: tuple[Network, ...], name: str, facts: Facts, standing: str) -> None:
    """The very next answer rests on what the owner said: who competes, who is near, who is worth meeting."""
    _, alice, bob = owners
    number, before = id_of(alice, name), bob.why(id_of(bob, name)).standing
    alice.correct_facts(number, facts)
    assert alice.why(number).standing == standing != before
    assert (name in suggested(alice)) is (standing == "suggested")
    assert bob.why(number).standing == before


def test_other_networks_neither_see_nor_feel_it(owners: tuple[Network, ...]) -> None:
    """Whatever Alice corrects, of the directory or of her own list, no answer to Bob or the directory changes."""
    shared, alice, bob = owners
    before, listed = answers_of(bob), shared.directory(limit=100)
    for name in (REALTY, LOANS, FAR, UNKNOWN):
        alice.correct_facts(id_of(alice, name), EVERYTHING)
    assert answers_of(alice) != before
    assert answers_of(bob) == before
    assert shared.directory(limit=100) == listed
    bob.correct_facts(id_of(bob, REALTY), Facts(tier=1))
    assert (alice.business(id_of(alice, REALTY)).tier, bob.business(id_of(bob, REALTY)).tier) == (3, 1)


def test_forgetting_brings_everything_back(owners: tuple[Network, ...]) -> None:
    """Once forgotten, every answer is as before; forgetting twice does no harm."""
    _, alice, _ = owners
    before = answers_of(alice)
    alice.correct_facts(id_of(alice, LOANS), EVERYTHING)
    assert answers_of(alice) != before
    for _ in range(2):
        alice.forget_correction(id_of(alice, LOANS))
        assert answers_of(alice) == before


def test_the_last_word_counts(owners: tuple[Network, ...]) -> None:
    """A second correction takes the place of the first, also in what it no longer says."""
    _, alice, _ = owners
    number = id_of(alice, REALTY)
    before = alice.business(number)
    alice.correct_facts(number, Facts(tier=2, clients_a_year=9.0))
    alice.correct_facts(number, Facts(tier=3))
    assert alice.business(number) == replace(before, tier=3, told=Facts(tier=3))


def test_a_correction_lies_over_a_directory_that_changes(store: Store, owners: tuple[Network, ...]) -> None:
    """What Alice has not corrected still follows the directory; what others bring in does not undo her word."""
    shared, alice, _ = owners
    alice.correct_facts(id_of(alice, MOVERS), Facts(clients_a_year=5000.0))
    first = alice.suggestions(limit=100)
    bring_in(shared, csv_of([("New Movers", "Moving company", "9 Main St", "Tucson", "AZ", "85701")]))
    second = alice.suggestions(limit=100)
    movers = [next(s for s in found.suggestions if s.name == MOVERS) for found in (first, second)]
    assert [s.score for s in movers] == [movers[0].score] * 2
    assert second.considered == first.considered + 1


def test_the_directory_is_filtered_by_the_owners_word(owners: tuple[Network, ...]) -> None:
    """Asked for a trade, the directory gives who the owner says works in it, and leaves out who does not."""
    _, alice, bob = owners
    alice.correct_facts(id_of(alice, LOANS), Facts(services={"real_estate_agent": 1.0}))
    alice.correct_facts(id_of(alice, REALTY), Facts(services={"notary": 1.0}))
    realtors = Filters(services=("real_estate_agent",))
    assert {b.name for b in alice.directory(realtors).businesses} == {LOANS, FAR}
    assert {b.name for b in bob.directory(realtors).businesses} == {REALTY, FAR}


def test_a_place_is_shown_where_the_owner_says(owners: tuple[Network, ...]) -> None:
    """The list of suggestions names the place that the owner has told."""
    alice = owners[1]
    alice.correct_facts(id_of(alice, FAR), Facts(place=replace(HERE, name="Old Town")))
    (found,) = (s for s in alice.suggestions(limit=100).suggestions if s.name == FAR)
    assert (found.place, found.distance_km) == ("Old Town", pytest.approx(0, abs=0.01))


def test_a_corrected_business_outlives_its_import(owners: tuple[Network, ...]) -> None:
    """What an owner has taken the trouble to correct stays when its import is undone."""
    shared, alice, _ = owners
    alice.correct_facts(id_of(alice, INSPECTIONS), Facts(tier=2))
    (stored,) = shared.imports()
    shared.undo_import(stored.import_id)
    assert [b.name for b in alice.directory().businesses] == [INSPECTIONS]
    assert alice.business(id_of(alice, INSPECTIONS)).tier == 2


@pytest.mark.parametrize(
    "facts", [Facts(services={"no_such_service": 1.0}), Facts(markets=("no_such_market",))], ids=["service", "market"]
)
def test_unknown_codes_are_refused(owners: tuple[Network, ...], facts: Facts) -> None:
    """A service or market that there is not is refused and changes nothing."""
    alice = owners[1]
    before = answers_of(alice)
    with pytest.raises(Invalid, match="from the list"):
        alice.correct_facts(id_of(alice, REALTY), facts)
    assert answers_of(alice) == before


def test_strangers_businesses_and_ones_own(owners: tuple[Network, ...]) -> None:
    """A stranger's business looks as if it were not there, and the own one is changed in the settings."""
    _, alice, bob = owners
    bring_in(bob, csv_of([("Bob Only", "Notary", "7 Main St", "Tucson", "AZ", "85701")]))
    for number in (id_of(bob, "Bob Only"), 999_999, 2**70):
        for act in (lambda n: alice.correct_facts(n, Facts(tier=1)), alice.forget_correction):
            with pytest.raises(NotFound):
                act(number)
    home = alice.home()
    assert home is not None
    with pytest.raises(Conflict, match="settings"):
        alice.correct_facts(home.business_id or 0, Facts(tier=1))


def test_doing_what_would_change_it_gives_the_rank_that_was_said(owners: tuple[Network, ...]) -> None:
    """What is said to change an answer gives exactly that rank, once it is told."""
    shared, alice, _ = owners
    trades = ("Caterer", "Funeral home", "Landscaper", "Notary", "Plumber", "Florist", "Locksmith")
    rows = [(f"{t} {n}", t, f"{n} Elm St", *("Tucson", "AZ", "85701")[: 3 if n else 0]) for t in trades for n in (0, 1)]
    bring_in(shared, csv_of(rows))
    tried = 0
    for business in alice.directory(limit=100).businesses:
        for change in alice.why(business.business_id).changes:
            if change.told is not None:
                alice.correct_facts(business.business_id, change.told)
                after = alice.why(business.business_id).suggestion
                assert after is not None
                assert (business.name, after.rank) == (business.name, change.rank)
                alice.forget_correction(business.business_id)
                tried += 1
    assert tried > len(trades)
