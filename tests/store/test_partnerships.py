"""Verdicts and the partnerships that they open."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from matcher.errors import NotFound
from matcher.facts import Business, Partnership, Verdict
from matcher.store import Store
from matcher.store.partnerships import decide, set_stage, stages, standing_verdicts, undo
from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, NOON, owners

LATER = NOON + timedelta(days=3)


@pytest.fixture
def business(store: Store) -> int:
    """A business of the shared directory, which Alice and Bob both look at."""
    owners(store)
    with store.session(SHARED, writes=True) as session:
        shared = Business(network_id=SHARED, key="roofer", name="Roofer", edited_at=NOON)
        session.add(shared)
        session.flush()
        return shared.id


def answer(store: Store, network_id: int, business_id: int, given: str, reason: str = "") -> int:
    """Decide on a business for a network."""
    with store.session(network_id, writes=True) as session:
        verdict = Verdict(network_id=network_id, business_id=business_id, answer=given, reason=reason, given_at=NOON)
        return decide(session, verdict)


def standing(store: Store, network_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """What a network has answered to each business, and the stage of each partnership."""
    with store.session(network_id) as session:
        answers = {number: verdict.answer for number, verdict in standing_verdicts(session).items()}
        return answers, dict(stages(session))


def test_yes_opens_a_courted_partnership(store: Store, business: int) -> None:
    """A yes opens a partnership in its first stage."""
    answer(store, ALICE, business, "yes")
    assert standing(store, ALICE) == ({business: "yes"}, {business: "courted"})


@pytest.mark.parametrize("given", ["no", "later"])
def test_no_and_later_open_nothing(store: Store, business: int, given: str) -> None:
    """A no or a later is kept and opens no partnership."""
    answer(store, ALICE, business, given, "too far away")
    assert standing(store, ALICE) == ({business: given}, {})


def test_undo_removes_the_partnership(store: Store, business: int) -> None:
    """Taking a yes back takes its courted partnership along; doing it twice does no harm."""
    number = answer(store, ALICE, business, "yes")
    for _ in range(2):
        with store.session(ALICE, writes=True) as session:
            undo(session, number, LATER)
        assert standing(store, ALICE) == ({}, {})


def test_undo_keeps_an_agreed_partnership(store: Store, business: int) -> None:
    """A partnership that has been agreed in the meantime outlives the verdict that opened it."""
    number = answer(store, ALICE, business, "yes")
    with store.session(ALICE, writes=True) as session:
        set_stage(session, ALICE, business, "agreed", LATER.date())
        undo(session, number, LATER)
    assert standing(store, ALICE) == ({}, {business: "agreed"})


def test_same_answer_twice_is_one(store: Store, business: int) -> None:
    """A double click keeps one verdict and gives its number again."""
    first = answer(store, ALICE, business, "yes", "good roofs")
    assert answer(store, ALICE, business, "yes", "good roofs") == first
    with store.session(ALICE) as session:
        assert session.scalar(select(func.count()).select_from(Verdict)) == 1


def test_another_answer_replaces_the_first(store: Store, business: int) -> None:
    """A change of mind from yes to no closes the courted partnership and leaves the first answer as history."""
    first = answer(store, ALICE, business, "yes")
    assert answer(store, ALICE, business, "no") != first
    assert standing(store, ALICE) == ({business: "no"}, {})
    with store.session(ALICE) as session:
        assert session.get_one(Verdict, first).undone_at == NOON


def test_two_networks_decide_apart(store: Store, business: int) -> None:
    """What one network thinks of a shared business is nothing to the other."""
    answer(store, ALICE, business, "yes")
    number = answer(store, BOB, business, "no")
    assert standing(store, ALICE) == ({business: "yes"}, {business: "courted"})
    assert standing(store, BOB) == ({business: "no"}, {})
    with store.session(ALICE, writes=True) as session, pytest.raises(NotFound):
        undo(session, number, LATER)
    assert standing(store, BOB) == ({business: "no"}, {})


def test_set_stage_keeps_the_day_of_the_change(store: Store, business: int) -> None:
    """A partnership moves along with the day on which it did; the same stage again keeps the first day."""
    for stage, day in (("courted", 2), ("agreed", 5), ("agreed", 9)):
        with store.session(ALICE, writes=True) as session:
            set_stage(session, ALICE, business, stage, date(2026, 3, day))
    with store.session(ALICE) as session:
        kept = session.get_one(Partnership, (ALICE, business))
        assert (kept.stage, kept.since_on) == ("agreed", date(2026, 3, 5))


def test_only_the_asked_businesses(store: Store, business: int) -> None:
    """Asked about some businesses, the answer is about those alone."""
    answer(store, ALICE, business, "yes")
    with store.session(ALICE) as session:
        assert dict(stages(session, [])) == {}
        assert dict(standing_verdicts(session, [business + 1])) == {}
        assert dict(stages(session, [business])) == {business: "courted"}
