"""The plan for a partner: what they want, what we bring, what is done, and who sees it."""

from datetime import date

import pytest

from matcher.answers.partners import Profile
from matcher.errors import Invalid, NotFound
from matcher.facts import Rating
from matcher.knowledge.plan import PARTS, plan_steps
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import FAR, REALTY, id_of
from tests.store.conftest import BOB


def test_every_part_has_steps_with_what_and_why() -> None:
    """Each part of the plan has at least five steps, and every step says what to do and why."""
    steps = plan_steps()
    assert {part: sum(step.part == part for step in steps) >= 5 for part in PARTS} == dict.fromkeys(PARTS, True)
    assert all(text.endswith(".") for step in steps for text in (step.how, step.why))
    assert len({step.code for step in steps}) == len(steps)


def test_a_plan_begins_with_what_both_bring(alice: Network) -> None:
    """Nothing is done at first; what they want and what we could bring them stand there."""
    number = id_of(alice, REALTY)
    alice.set_motivation(Profile(wants="families who sell"), number)
    plan = alice.plan(number)
    assert (plan.done, plan.stage, plan.wants.wants) == (0, "", "families who sell")
    expected = alice.why(number).suggestion
    assert expected is not None
    assert f"{expected.to_them_a_year:.0f} clients a year" in plan.bring[0]
    assert plan.next_step == plan.steps[0]


def test_nothing_is_worked_out_for_whom_we_do_not_suggest(alice: Network) -> None:
    """For a business out of reach no number of clients is named."""
    assert not [sentence for sentence in alice.plan(id_of(alice, FAR)).bring if "a year" in sentence]


def test_steps_are_marked_and_unmarked(alice: Network) -> None:
    """What is done and noted is kept apart, each can be changed alone, and taking both back leaves nothing."""
    number, day = id_of(alice, REALTY), date(2026, 3, 2)
    alice.mark_step(number, "learn_wants", done=True, note="More families.\r\nNo flats.", on=day)
    alice.mark_step(number, "learn_wants", note="Only houses.")
    step = alice.mark_step(number, "learn_wants", done=True).steps[0]
    assert (step.done_on, step.note) == ("2026-03-02", "Only houses.")
    assert alice.mark_step(number, "learn_wants", done=False).steps[0].note == "Only houses."
    assert alice.mark_step(number, "learn_wants", note="").steps == plan_steps()


def test_a_step_that_is_none_is_refused(alice: Network) -> None:
    """An unknown step is named as what cannot be used."""
    with pytest.raises(Invalid, match="no such step"):
        alice.mark_step(id_of(alice, REALTY), "conquer", done=True)


def test_bad_ratings_propose_a_pause(store: Store, alice: Network) -> None:
    """Two clients who were let down make the plan propose a pause, with what they said."""
    number = id_of(alice, REALTY)
    with store.session(alice.id, writes=True) as session:
        for words in ("Never came.", "Rude."):
            session.add(
                Rating(network_id=alice.id, business_id=number, stars=1, words=words, rated_on=now_utc().date())
            )
    rated = alice.plan(number).rated
    assert rated.propose_pause
    assert {one.words for one in rated.ratings} == {"Never came.", "Rude."}


def test_the_plan_is_private(store: Store, alice: Network) -> None:
    """Another network finds no plan for a business that is not its own."""
    number = id_of(alice, REALTY)
    alice.mark_step(number, "learn_wants", done=True)
    with pytest.raises(NotFound):
        Network(store, BOB).plan(number)
