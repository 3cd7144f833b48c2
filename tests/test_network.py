"""What an owner is told: suggestions, verdicts, explanations, one network's walls."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from matcher.answers.partners import Filters, Home
from matcher.answers.whose import Whose
from matcher.chapters.suggesting import LATER_DAYS
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Verdict
from matcher.network import Network, open_network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import (
    FAR,
    HOME,
    INSPECTIONS,
    LOANS,
    MOVERS,
    REALTY,
    STREET,
    UNKNOWN,
    bring_in,
    csv_of,
    id_of,
    shared_and_owners,
    suggested,
)

ALL_TOWN = {REALTY, INSPECTIONS, MOVERS}


def test_who_is_suggested(alice: Network) -> None:
    """Who shares clients nearby is suggested; a competitor, one far away and one nobody knows are counted apart."""
    found = alice.suggestions()
    assert {s.name for s in found.suggestions} == ALL_TOWN
    assert (found.total, found.considered) == (3, len(STREET))
    assert sorted(found.left_out.values()) == [1, 1, 1]


@pytest.mark.parametrize("answer", ["yes", "no", "later"])
def test_verdict_removes_from_the_list(alice: Network, answer: str) -> None:
    """A business with a verdict is not suggested again, and the list says how many there are."""
    alice.decide(id_of(alice, REALTY), answer)  # type: ignore[arg-type]
    assert suggested(alice) == ALL_TOWN - {REALTY}
    assert alice.suggestions().left_out["already decided"] == 1


def test_decided_are_shown_on_request(alice: Network) -> None:
    """Who asks for the decided ones too sees them in their place."""
    before = [s.name for s in alice.suggestions().suggestions]
    alice.decide(id_of(alice, REALTY), "no")
    assert [s.name for s in alice.suggestions(Filters(decided=True)).suggestions] == before


def test_undone_verdict(alice: Network) -> None:
    """A verdict taken back brings the business back, and takes back the partnership that it opened."""
    verdict = alice.decide(id_of(alice, REALTY), "yes")
    assert alice.business(id_of(alice, REALTY)).stage == "courted"
    alice.undo_verdict(verdict)
    assert suggested(alice) == ALL_TOWN
    assert alice.business(id_of(alice, REALTY)).stage is None


@pytest.mark.parametrize(("days", "back"), [(LATER_DAYS - 1, False), (LATER_DAYS, True), (LATER_DAYS + 1, True)])
def test_later_comes_back_on_its_day(alice: Network, store: Store, days: int, back: bool) -> None:
    """A “later” is kept off the list until its day has come, and is on it from that day on."""
    number = alice.decide(id_of(alice, REALTY), "later")
    given_at = now_utc() - timedelta(days=days)
    past = {"given_at": given_at, "until_on": given_at.date() + timedelta(days=LATER_DAYS)}
    with store.session(alice.id, writes=True) as session:
        session.execute(update(Verdict).where(Verdict.id == number).values(**past))
    assert (REALTY in suggested(alice)) is back


def test_same_verdict_twice(alice: Network) -> None:
    """The same answer given twice is one verdict; another answer replaces it."""
    first = alice.decide(id_of(alice, REALTY), "no", "  Too   busy ")
    assert alice.decide(id_of(alice, REALTY), "no", "Too busy") == first
    assert alice.decide(id_of(alice, REALTY), "later") != first
    assert alice.business(id_of(alice, REALTY)).verdict == "later"


def test_without_a_home(store: Store) -> None:
    """Before the first run there are no suggestions but one sentence that says what is missing."""
    _, alice, _ = shared_and_owners(store)
    number = bring_in(alice, csv_of(STREET)) and id_of(alice, REALTY)
    for ask in (alice.suggestions, lambda: alice.why(number), alice.picture, lambda: alice.export("network", "csv")):
        with pytest.raises(Conflict, match=r"^Please say first what you sell, to whom and where\.$"):
            ask()


def test_described_home(store: Store) -> None:
    """A home that is only described is answered as if it were stored, and is not stored."""
    _, alice, bob = shared_and_owners(store)
    for network in (alice, bob):
        bring_in(network, csv_of(STREET))
    alice.settle(HOME)
    described, stored = bob.suggestions(home=HOME), alice.suggestions()
    assert [(s.name, s.score) for s in described.suggestions] == [(s.name, s.score) for s in stored.suggestions]
    assert bob.home() is None


@pytest.mark.parametrize(
    "told",
    [
        replace(HOME, services={}),
        replace(HOME, services={"no_such_service": 1.0}),
        replace(HOME, markets=("no_such_market",)),
    ],
    ids=["nothing", "service", "market"],
)
def test_unknown_codes_are_refused(alice: Network, told: Home) -> None:
    """A home with an unknown service or market, or without any service, is refused and changes nothing."""
    before = alice.home()
    with pytest.raises(Invalid) as refused:
        alice.settle(told)
    assert refused.value.field == "services"
    assert alice.home() == before


def test_edited_home_changes_the_list(alice: Network) -> None:
    """Another trade, told later, changes the very next list."""
    assert LOANS not in suggested(alice)
    alice.settle(replace(HOME, services={"real_estate_agent": 1.0}))
    assert LOANS in suggested(alice)
    assert REALTY not in suggested(alice)


def test_moved_home_changes_the_list(alice: Network) -> None:
    """A home that moves to another town meets the businesses there."""
    alice.settle(replace(HOME, place="Billings, MT", lat=45.78, lon=-108.50))
    assert suggested(alice) == {FAR}


@pytest.mark.parametrize(
    ("name", "standing"),
    [(REALTY, "suggested"), (LOANS, "competitor"), (FAR, "out_of_area"), (UNKNOWN, "unknown")],
)
def test_why(alice: Network, name: str, standing: str) -> None:
    """Why, or why not: each standing has a sentence, and what is not suggested says what would change it."""
    found = alice.why(id_of(alice, name))
    assert (found.name, found.standing) == (name, standing)
    assert found.sentence.endswith(".")
    assert (found.suggestion is not None) == (standing == "suggested")
    assert found.changes or standing == "suggested"


def test_why_agrees_with_the_list(alice: Network) -> None:
    """The explanation of a suggestion is the suggestion of the list, with all its terms."""
    for listed in alice.suggestions().suggestions:
        found = alice.why(listed.business_id)
        assert found.suggestion == listed
        assert set(listed.reasons) <= set(found.terms)


def test_the_rank_is_that_of_the_list(alice: Network) -> None:
    """Once some are decided on, the explanation of the others gives the rank that they have in the list."""
    alice.decide(alice.suggestions().suggestions[0].business_id, "no")
    for listed in alice.suggestions().suggestions:
        assert alice.why(listed.business_id).suggestion == listed


def test_why_not_oneself(alice: Network) -> None:
    """The owner's own business is nobody to meet."""
    home = alice.home()
    assert home is not None
    with pytest.raises(NotFound):
        alice.why(home.business_id or 0)


def test_strangers_business(store: Store) -> None:
    """A stranger's business looks like one that does not exist, whatever is asked or done."""
    _, alice, bob = shared_and_owners(store)
    bring_in(bob, csv_of(STREET))
    alice.settle(HOME)
    for number in (id_of(bob, REALTY), 999_999, 0, -1, 2**40, 2**70):
        for act in (
            alice.business,
            alice.why,
            lambda n: alice.decide(n, "yes"),
            lambda n: alice.set_stage(n, "agreed"),
        ):
            with pytest.raises(NotFound):
                act(number)
    assert bob.business(id_of(bob, REALTY)).stage is None


def test_strangers_verdict(store: Store) -> None:
    """A stranger's verdict cannot be taken back."""
    shared, alice, bob = shared_and_owners(store)
    bring_in(shared, csv_of(STREET))
    verdict = alice.decide(id_of(alice, REALTY), "yes")
    for number in (verdict, 999_999, 2**70):
        with pytest.raises(NotFound):
            bob.undo_verdict(number)
    assert alice.business(id_of(alice, REALTY)).verdict == "yes"


def test_pages_follow_each_other(alice: Network) -> None:
    """Pages of a list are the list cut in pieces."""
    whole = alice.suggestions().suggestions
    assert [alice.suggestions(first=n, limit=1).suggestions[0] for n in range(3)] == list(whole)
    names = [b.name for b in alice.directory().businesses]
    assert [alice.directory(first=n, limit=1).businesses[0].name for n in range(len(STREET))] == names


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(text="prickly"), {INSPECTIONS}),
        (Filters(services=("moving_company",)), {MOVERS}),
        (Filters(groups=("property",), text="movers"), {MOVERS}),
        (Filters(text="nobody such"), set()),
        (Filters(text="100%_"), set()),
    ],
)
def test_directory_filters(alice: Network, filters: Filters, found: set[str]) -> None:
    """The directory lists what fits the filters, and nothing when nothing fits."""
    assert {b.name for b in alice.directory(filters).businesses} == found


def test_home_is_not_in_its_own_lists(alice: Network) -> None:
    """The owner's own business is in no list of others."""
    assert HOME.name not in {b.name for b in alice.directory(limit=100).businesses} | suggested(alice)
    assert HOME.name.encode() not in alice.export("directory", "csv") + alice.export("suggestions", "csv")


@pytest.mark.parametrize("number", [0, -1, 999, 2**70])
def test_no_such_network(database: str, number: int) -> None:
    """A network that does not exist cannot be opened."""
    with pytest.raises(NotFound, match=r"no such network|nothing with this number"):
        open_network(database, number)


@pytest.mark.parametrize(
    ("street", "envelope"),
    [("12 Oak St", "12 Oak St\nTucson, AZ"), ("12 Oak St, Tucson, AZ 85701", "12 Oak St, Tucson, AZ 85701"), ("", "")],
)
def test_a_letter_finds_its_town(alice: Network, street: str, envelope: str) -> None:
    """The address of a business for a letter has the town below the street, once, and is empty without a street."""
    bring_in(alice, csv_of([("Oak Bakery", "Bakery", street, "Tucson", "AZ", "")]))
    assert alice.somebody(Whose(business_id=id_of(alice, "Oak Bakery"))).address == envelope
