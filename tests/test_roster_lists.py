"""Associations: their lists read one after the other, and what is made of who joined."""

import pytest

from matcher.answers.connected import ContactTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from tests.networks import MOVERS, REALTY, STREET, bring_in, csv_of, id_of, settled_alice, shared_and_owners

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HEADING = ("Company", "Contact", "Category", "Website", "Phone")
FIRST = (
    ("Agave Tiles LLC", "Ann Lee", "Tile setter", "agave.example", ""),
    ("Bo's Bakery", "Bo Ray", "Bakery", "", "520-555-0102"),
    ("Cactus Care", "Cy Poe", "Landscaper", "", ""),
)
SECOND = (
    ("Agave Tiles", "Ann Lee-Moss", "Tile setter", "www.agave.example", ""),
    ("Bos Bakery", "", "Bakery", "", ""),
    (f"{REALTY}, Inc.", "", "Real estate agent", "", ""),
    ("Dune Plumbing", "", "Plumber", "", "520-555-0104"),
    ("", "Eve Stone", "", "", ""),
    ("Ocotilo Movers", "", "", "", ""),
    ("Cactus Care", "Cy Poe", "Landscaper", "", ""),
)


def read(alice: Network, rows: tuple[tuple[str, ...], ...], *, whole: bool = False) -> int:
    """Read a list of the chamber's members."""
    return alice.read_roster("Chamber", "members.csv", csv_of(rows, HEADING), whole=whole).roster_id


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network with two partners and a contact in it."""
    alice = settled_alice(store)
    for name in (REALTY, MOVERS):
        alice.set_stage(id_of(alice, name), "agreed")
    alice.add_contact(ContactTold(name="Eve Stone"))
    return alice


def test_a_second_list_says_who_joined_left_and_changed(alice: Network) -> None:
    """The first list tells nothing; the second tells who is new, gone and changed, and whom of the new we know."""
    roster = alice.roster(read(alice, FIRST))
    assert (roster.members, roster.readings, roster.joined, roster.left) == (3, 1, (), ())
    roster = alice.roster(read(alice, SECOND))
    assert (roster.members, roster.readings) == (7, 2)
    known = {one.name: (one.known.kind, one.known.name, one.known.sure) if one.known else None for one in roster.joined}
    assert known == {
        "Bos Bakery": None,
        f"{REALTY}, Inc.": ("partner", REALTY, True),
        "Dune Plumbing": None,
        "Eve Stone": ("person", "Eve Stone", True),
        "Ocotilo Movers": ("partner", MOVERS, False),
    }
    assert [one.name for one in roster.left] == ["Bo's Bakery (Bo Ray)"]
    assert [(one.name, one.changed) for one in roster.changed] == [
        ("Agave Tiles (Ann Lee-Moss)", "person: Ann Lee → Ann Lee-Moss")
    ]
    assert [(one.left.name, one.joined.name) for one in roster.maybe] == [("Bo's Bakery (Bo Ray)", "Bos Bakery")]
    assert [(line.name, line.members) for line in alice.rosters()] == [("Chamber", 7)]


def test_the_owner_says_who_is_the_same(alice: Network) -> None:
    """Two whom the owner calls one have neither left nor joined, and a later list knows them by the new name."""
    read(alice, FIRST)
    number = read(alice, SECOND)
    (pair,) = alice.roster(number).maybe
    roster = alice.same_member(number, pair.left.key, pair.joined.key)
    assert (roster.members, roster.left, roster.maybe) == (7, (), ())
    assert "Bos Bakery" in {one.name for one in roster.changed}
    with pytest.raises(NotFound):
        alice.same_member(number, pair.left.key, roster.joined[0].key)
    roster = alice.roster(read(alice, SECOND[:-1]))
    assert (roster.readings, roster.joined, [one.name for one in roster.left], roster.changed) == (
        3,
        (),
        ["Cactus Care (Cy Poe)"],
        (),
    )


def test_who_joined_is_greeted_or_courted(alice: Network) -> None:
    """Whoever we know gets a moment to ask, once; others become partners to court, from their own trade."""
    read(alice, FIRST)
    number = read(alice, SECOND)
    keys = {one.name: one.key for one in alice.roster(number).joined}
    for _ in range(2):
        alice.greet_member(number, keys["Eve Stone"])
    alice.greet_member(number, keys[f"{REALTY}, Inc."])
    assert {(one.kind, one.wording) for one in alice.moments()} == {("joined", "Joined Chamber")}
    assert len(alice.moments()) == 2
    assert {one.name for one in alice.roster(number).joined if one.known and one.known.noted} == {
        *("Eve Stone", f"{REALTY}, Inc.")
    }
    with pytest.raises(Conflict):
        alice.greet_member(number, keys["Bos Bakery"])
    plumber = alice.business(alice.court_member(number, keys["Dune Plumbing"]))
    assert (plumber.name, plumber.stage, "plumber" in plumber.services) == ("Dune Plumbing", "courted", True)
    assert alice.court_member(number, keys["Bos Bakery"]) != plumber.business_id
    with pytest.raises(Conflict):
        alice.court_member(number, keys[f"{REALTY}, Inc."])


def test_a_business_of_the_directory_is_courted_there(store: Store) -> None:
    """A new member that the shared directory lists by this name, in any capitals, becomes no second business."""
    shared, alice, _ = shared_and_owners(store)
    bring_in(shared, csv_of([(f"{MOVERS} Übersee", *STREET[2][1:])]))
    read(alice, FIRST)
    number = read(alice, (*FIRST, (f"{MOVERS} Übersee".upper(), "", "", "", "")))
    (mover,) = alice.roster(number).joined
    assert mover.known is not None
    assert (mover.known.kind, alice.court_member(number, mover.key)) == ("directory", mover.known.business_id)


def test_half_a_list_is_asked_about(alice: Network) -> None:
    """A list on which most members are missing is refused until the owner says that it is whole; then they are gone."""
    number = read(alice, FIRST)
    with pytest.raises(Conflict):
        read(alice, FIRST[:1])
    assert alice.roster(number).members == 3
    read(alice, FIRST[:1], whole=True)
    roster = alice.roster(number)
    assert (roster.members, len(roster.left)) == (1, 2)
    read(alice, FIRST)
    assert (alice.roster(number).members, len(alice.roster(number).joined)) == (3, 2)


def test_names_are_pasted_and_lists_forgotten(alice: Network) -> None:
    """A pasted list of names is read; an association without a name is refused; a forgotten one is gone."""
    roster = alice.read_pasted_roster(" Rotary  Club ", "Agave Tiles\nBo's Bakery\n")
    assert (roster.name, roster.members) == ("Rotary Club", 2)
    with pytest.raises(Invalid):
        alice.read_pasted_roster(" ", "Agave Tiles")
    alice.forget_roster(roster.roster_id)
    assert alice.rosters() == []
    with pytest.raises(NotFound):
        alice.roster(roster.roster_id)


def test_a_list_does_not_bring_an_erased_person_back(database: str) -> None:
    """The person of a member is left out when they were erased; the business stays."""
    store = Store(database, secret="5f0c1e7a9b3d48266af1d0c7e5b94831")
    alice = settled_alice(store)
    alice.erase_person(alice.add_contact(ContactTold(name="Ann Lee")), "Ann Lee")
    read(alice, FIRST)
    number = read(alice, FIRST[1:])
    assert [one.name for one in alice.roster(number).left] == ["Agave Tiles LLC"]
    alice.close()


def test_members_with_one_name_are_told_apart(alice: Network) -> None:
    """Branches with the name of one another are members each, and in another order they are the same ones."""
    branches = [("Agave Bank", "", trade, "", "") for trade in ("Bank", "Lender", "Insurer")]
    roster = alice.roster(read(alice, tuple(branches)))
    assert (roster.members, roster.readings) == (3, 1)
    roster = alice.roster(read(alice, (*reversed(branches), ("Bo's Bakery", "", "", "", ""))))
    assert (roster.members, [one.name for one in roster.joined], roster.left) == (4, ["Bo's Bakery"], ())


def test_a_list_sent_twice_keeps_its_news(alice: Network) -> None:
    """The same list once more on the same day, as from a form sent twice, still tells who joined with it."""
    read(alice, FIRST)
    once = alice.roster(read(alice, SECOND))
    assert alice.roster(read(alice, tuple(reversed(SECOND)))) == once
