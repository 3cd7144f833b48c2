"""What the owner has checked of a business, and when."""

from datetime import date, timedelta

import pytest

from matcher.answers.told import Checked
from matcher.errors import Invalid, NotFound
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import REALTY, id_of
from tests.store.conftest import BOB

MARCH = date(2026, 3, 2)


def test_what_nobody_checked_says_so(alice: Network) -> None:
    """Before anybody has checked, all three are there and none of them is checked or claimed."""
    found = alice.vetting(id_of(alice, REALTY))
    assert [one.kind for one in found] == ["licence", "insurance", "references"]
    assert {(one.claimed, one.checked_on, one.overdue) for one in found} == {("", "", False)}


def test_a_check_is_kept_with_its_day(alice: Network) -> None:
    """A check says on which day it was made and until when it holds; a later one takes its place."""
    number = id_of(alice, REALTY)
    alice.note_vetting(number, Checked(kind="licence", checked_on=MARCH, valid_until=MARCH, note="ROC 1"))
    later = MARCH + timedelta(days=30)
    licence, *others = alice.note_vetting(number, Checked(kind="licence", checked_on=later, note="ROC 2\r\nactive"))
    assert (licence.checked_on, licence.valid_until, licence.note) == ("2026-04-01", "", "ROC 2\nactive")
    assert {one.checked_on for one in others} == {""}


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_a_day_that_is_past_makes_it_overdue(alice: Network, days: int, overdue: bool) -> None:
    """A check holds through its last day and is overdue from the next one on."""
    until = now_utc().date() + timedelta(days=days)
    told = Checked(kind="insurance", checked_on=MARCH - timedelta(days=400), valid_until=until)
    assert alice.note_vetting(id_of(alice, REALTY), told)[1].overdue is overdue


def test_a_check_can_be_forgotten(alice: Network) -> None:
    """To forget a check leaves the others, and twice does no harm."""
    number = id_of(alice, REALTY)
    alice.note_vetting(number, Checked(kind="licence", checked_on=MARCH))
    alice.note_vetting(number, Checked(kind="references", checked_on=MARCH))
    for _ in range(2):
        found = alice.forget_vetting(number, "licence")
    assert [one.checked_on for one in found] == ["", "", "2026-03-02"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Checked(kind="charm", checked_on=MARCH), "kind"),  # type: ignore[arg-type]
        (Checked(kind="licence", checked_on=date(2999, 1, 1)), "checked_on"),
        (Checked(kind="licence", checked_on=MARCH, valid_until=MARCH - timedelta(days=1)), "valid_until"),
        (Checked(kind="licence", checked_on=MARCH, note="x" * 401), "note"),
    ],
    ids=["kind", "future", "backwards", "long"],
)
def test_what_cannot_have_been_checked(alice: Network, told: Checked, field: str) -> None:
    """Unknown kinds, days to come, ends before the beginning and texts without end are refused by name."""
    number = id_of(alice, REALTY)
    with pytest.raises(Invalid) as refusal:
        alice.note_vetting(number, told)
    assert refusal.value.field == field
    assert {one.checked_on for one in alice.vetting(number)} == {""}


def test_a_vetted_business_stays(alice: Network) -> None:
    """A business of which something was checked is not taken away with the import that brought it."""
    number = id_of(alice, REALTY)
    alice.note_vetting(number, Checked(kind="licence", checked_on=MARCH))
    alice.undo_import(alice.imports()[0].import_id)
    assert alice.vetting(number)[0].checked_on == "2026-03-02"


def test_nobody_else_sees_a_check(alice: Network, store: Store) -> None:
    """Another network finds no business of ours to check, and none of our checks."""
    number, bob = id_of(alice, REALTY), Network(store, BOB)
    alice.note_vetting(number, Checked(kind="licence", checked_on=MARCH))
    for act in (
        lambda: bob.vetting(number),
        lambda: bob.note_vetting(number, Checked(kind="licence", checked_on=MARCH)),
        lambda: bob.forget_vetting(number, "licence"),
    ):
        with pytest.raises(NotFound):
            act()
    assert alice.vetting(number)[0].checked_on == "2026-03-02"
