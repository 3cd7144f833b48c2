"""What a network says of competition: the owner's own word, overflow partners, and who would be upset."""

import csv
import io

import pytest

from matcher.errors import NotFound
from matcher.network import Network
from matcher.store import Store
from tests.networks import INSPECTIONS, LOANS, MOVERS, REALTY, bring_in, csv_of, id_of, suggested
from tests.store.conftest import BOB


def test_her_word_goes_before_the_figures(alice: Network) -> None:
    """A rival whom she rules out is suggested, a partner whom she calls a rival is not, and both come back."""
    loans, realty = id_of(alice, LOANS), id_of(alice, REALTY)
    before = suggested(alice)
    alice.rule(loans, False, "they  lend to\nfirms only")
    alice.rule(realty, True)
    assert suggested(alice) == before - {REALTY} | {LOANS}
    assert alice.why(loans).sentence.startswith(
        "You said that they do not compete with you, because they lend to firms only."
    )
    assert alice.business(loans).ruled is False
    assert alice.business(loans).ruled_because == "they lend to firms only"
    for business_id in (loans, realty):
        alice.unrule(business_id)
        alice.unrule(business_id)
    assert suggested(alice) == before
    assert alice.business(loans).ruled is None


def test_the_last_word_counts(alice: Network) -> None:
    """A second ruling on a business replaces the first with its reason."""
    loans = id_of(alice, LOANS)
    alice.rule(loans, False, "first")
    alice.rule(loans, True, "second")
    assert (alice.business(loans).ruled, alice.business(loans).ruled_because) == (True, "second")
    assert alice.why(loans).standing == "competitor"


def test_a_ruling_is_private_and_keeps_its_business(store: Store, alice: Network) -> None:
    """Nobody rules on what he cannot see, and an undone import leaves a business on which somebody has ruled."""
    loans = id_of(alice, LOANS)
    bob = Network(store, BOB)
    for act in (lambda: bob.rule(loans, False), lambda: bob.unrule(loans)):
        with pytest.raises(NotFound):
            act()
    alice.rule(loans, False)
    alice.undo_import(alice.imports()[0].import_id)
    assert [business.name for business in alice.directory().businesses] == [LOANS]


def test_overflow_is_the_competitors_that_are_kept_out(alice: Network) -> None:
    """The lender across the street could take work over; with her word the mover too; the file says the same."""
    (found,) = alice.overflow().partners
    assert (found.name, found.rank, found.stage) == (LOANS, 1, "")
    assert [axis.axis for axis in found.axes] == ["service", "market", "area", "price"]
    alice.rule(id_of(alice, MOVERS), True, "they lend as well")
    alice.set_stage(id_of(alice, LOANS), "agreed")
    answer = alice.overflow()
    assert [one.name for one in answer.partners] == [LOANS, MOVERS]
    assert answer.total == alice.suggestions().left_out["competitors"] == 2
    rows = list(csv.DictReader(io.StringIO(alice.export("overflow", "csv").decode("utf-8-sig"))))
    assert [row["Business"] for row in rows] == [LOANS, MOVERS]
    assert (rows[0]["Trust (%)"], rows[0]["Partnership"]) == ("100", "agreed")


def test_a_partner_who_sells_the_same_is_named_before_a_yes(alice: Network) -> None:
    """A second estate agent would upset the first, who is a partner, in the list and in the explanation."""
    alice.decide(id_of(alice, REALTY), "yes")
    alice.decide(id_of(alice, INSPECTIONS), "yes")
    bring_in(alice, csv_of([("Barrel Cactus Homes", "Real estate agent", "9 Main St", "Tucson", "AZ", "85701")]))
    second = id_of(alice, "Barrel Cactus Homes")
    (upset,) = alice.why(second).upsets
    assert upset.sentence.startswith(f"{REALTY}, whom you are courting, sells the same")
    listed = {s.business_id: s.upsets for s in alice.suggestions().suggestions}
    assert listed[second] == (upset,)
    assert not any(upsets for business_id, upsets in listed.items() if business_id != second)
