"""What came of things: notes, taking them back, and what partnerships teach by themselves."""

from datetime import date, timedelta

import pytest

from matcher import facts
from matcher.engine.known import Known
from matcher.errors import NotFound
from matcher.known import knowledge
from matcher.store import Store
from matcher.store.outcomes import move_along, note, of_business, take_back
from tests.store.conftest import ALICE, BOB, NOON, owners

DAY = NOON.date()


@pytest.fixture
def business(store: Store) -> int:
    """A business of the shared directory, which two owners look at."""
    owners(store)
    with store.session(1, writes=True) as session:
        one = facts.Business(network_id=1, key="k", name="Saguaro Realty", edited_at=NOON)
        session.add(one)
        session.flush()
        return one.id


def noted(store: Store, business: int, kind: str, came_true: bool, days_ago: int = 0) -> int:
    """Alice notes an outcome."""
    told = {"kind": kind, "came_true": came_true, "happened_on": DAY - timedelta(days=days_ago)}
    with store.session(ALICE, writes=True) as session:
        return note(session, facts.Outcome(network_id=ALICE, business_id=business, **told))


def known(store: Store, network: int = ALICE, today: date = DAY) -> dict[int, Known]:
    """What a network knows."""
    with store.session(network) as session:
        return knowledge(session, today)


def moved(store: Store, business: int, *steps: tuple[str, int]) -> None:
    """Alice's partnership goes through these stages, each so many days after the first day."""
    for stage, day in steps:
        with store.session(ALICE, writes=True) as session:
            move_along(session, ALICE, business, stage, DAY + timedelta(days=day))


def answers(store: Store, business: int) -> list[tuple[bool, int]]:
    """(Yes or no, days after the first day) of all that Alice knows of acceptances, oldest first."""
    with store.session(ALICE) as session:
        return [(o.came_true, (o.happened_on - DAY).days) for o in reversed(of_business(session, business))]


def test_notes_become_counts_that_age(store: Store, business: int) -> None:
    """Each kind is counted apart, and a note of a year ago counts half."""
    noted(store, business, "give", True)
    noted(store, business, "give", True, 365)
    noted(store, business, "give", False)
    noted(store, business, "promise", False, 730)
    assert known(store) == {business: Known(give=(1.5, 1.0), promise=(0.0, 0.25))}


def test_a_note_is_taken_back_once(store: Store, business: int) -> None:
    """What is taken back counts no longer, and the second time there is nothing to take back."""
    number = noted(store, business, "close", True)
    with store.session(ALICE, writes=True) as session:
        assert take_back(session, number) == business
    assert known(store) == {}
    with store.session(ALICE, writes=True) as session, pytest.raises(NotFound):
        take_back(session, number)


def test_another_network_sees_nothing_of_it(store: Store, business: int) -> None:
    """Nobody else knows what came of it, nor can take it back."""
    number = noted(store, business, "give", True)
    assert known(store, BOB) == {}
    with store.session(BOB, writes=True) as session, pytest.raises(NotFound):
        take_back(session, number)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("courted", 0)], []),
        ([("courted", 0), ("agreed", 5)], [(True, 5)]),
        ([("agreed", 0)], [(True, 0)]),
        ([("courted", 0), ("agreed", 5), ("agreed", 6)], [(True, 5)]),
        ([("courted", 0), ("ended", 5)], [(False, 5)]),
        ([("courted", 0), ("agreed", 5), ("ended", 9)], [(True, 5)]),
        ([("courted", 0), ("agreed", 5), ("paused", 7), ("agreed", 9)], [(True, 5)]),
        ([("courted", 0), ("paused", 7), ("agreed", 9)], [(True, 9)]),
        ([("courted", 0), ("ended", 5), ("agreed", 9)], [(False, 5), (True, 9)]),
        ([("courted", 0), ("agreed", 5), ("ended", 9), ("courted", 20), ("ended", 25)], [(True, 5), (False, 25)]),
        ([("courted", 0), ("agreed", 5), ("courted", 5)], []),
        ([("courted", 0), ("agreed", 5), ("courted", 5), ("agreed", 5)], [(True, 5)]),
        ([("courted", 0), ("ended", 5), ("courted", 5)], []),
        ([("courted", 0), ("agreed", 5), ("courted", 6)], [(True, 5)]),
    ],
)
def test_partnerships_teach_who_says_yes(
    store: Store, business: int, steps: list[tuple[str, int]], expected: list[tuple[bool, int]]
) -> None:
    """Agreed is a yes and ended unagreed a no, once a courtship; a step taken back the same day teaches nothing."""
    moved(store, business, *steps)
    assert answers(store, business) == expected


@pytest.mark.parametrize(("came_true", "stage"), [(True, "agreed"), (False, "ended")])
def test_what_the_owner_noted_first_is_not_counted_twice(
    store: Store, business: int, came_true: bool, stage: str
) -> None:
    """Where the owner has noted the answer of this courtship, the stage that follows from it adds none."""
    moved(store, business, ("courted", -3))
    noted(store, business, "accept", came_true)
    moved(store, business, (stage, 1))
    assert answers(store, business) == [(came_true, 0)]
