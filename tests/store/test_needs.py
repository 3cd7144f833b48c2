"""What clients needed, in the database."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matcher.answers.partners import Filters
from matcher.engine.learning import ENOUGH_ANSWERS
from matcher.engine.odds import PRIORS
from matcher.errors import Invalid, NotFound
from matcher.facts import Need
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import MOVERS, bring_in, csv_of, id_of, settled_alice
from tests.store.conftest import BOB


def sent_to(network: Network, name: str) -> float:
    """Clients a year whom Alice would send a business."""
    found = {s.name: s for s in network.suggestions(Filters(), limit=100).suggestions}
    return found[name].to_them_a_year


def test_noted_needs_come_back_newest_first(alice: Network) -> None:
    """Each client is kept with its day and what was needed, once each."""
    day = now_utc().date() - timedelta(days=10)
    older = alice.note_needs("first_home", ("moving_company", "home_inspector", "moving_company"), day)
    newer = alice.note_needs("first_home", ())
    found = alice.needs().clients
    assert [(c.occasion_id, c.services) for c in found] == [(newer, ()), (older, ("moving_company", "home_inspector"))]
    assert found[1].day == day.isoformat()


def test_what_clients_needed_changes_what_we_send(alice: Network) -> None:
    """When our clients needed movers, a mover gets more from us; taken back, all is as before, to the last digit."""
    before, seats = sent_to(alice, MOVERS), alice.picture()
    numbers = [alice.note_needs("first_home", ("moving_company",)) for _ in range(5)]
    assert sent_to(alice, MOVERS) > before
    assert alice.picture() != seats
    for number in numbers:
        alice.undo_needs(number)
    assert sent_to(alice, MOVERS) == before
    assert alice.picture() == seats


def test_taking_back_leaves_nothing(alice: Network, store: Store) -> None:
    """A note taken back takes its needs along, and cannot be taken back again."""
    number = alice.note_needs("first_home", ("moving_company",))
    alice.undo_needs(number)
    with store.session(alice.id) as session:
        assert session.scalar(select(func.count(Need.id))) == 0
    with pytest.raises(NotFound):
        alice.undo_needs(number)


def test_another_network_learns_nothing(alice: Network, store: Store) -> None:
    """What Alice's clients needed is hers: Bob sees none of it and cannot take it back."""
    number = alice.note_needs("first_home", ("moving_company",))
    bob = Network(store, BOB)
    assert (bob.needs().clients, bob.needs().learned) == ((), ())
    with pytest.raises(NotFound):
        bob.undo_needs(number)


@pytest.mark.parametrize(
    ("journey", "services", "days"),
    [("no_such", (), 0), ("first_home", ("no_such",), 0), ("first_home", (), -1), ("first_home", (), 20_000)],
)
def test_what_cannot_be_is_refused(alice: Network, journey: str, services: tuple[str, ...], days: int) -> None:
    """An unknown journey or service, a day to come or one of last century is refused and keeps nothing."""
    with pytest.raises(Invalid):
        alice.note_needs(journey, services, now_utc().date() - timedelta(days=days))
    assert alice.needs().clients == ()


def test_own_services_are_not_learned(alice: Network) -> None:
    """Those who came to Alice all needed what she sells, so noting it changes nothing about that."""
    alice.note_needs("first_home", ("moving_company",))
    learned = {step.service: step for step in alice.needs().learned}
    assert "moving_company" in learned
    assert "mortgage_broker" not in learned


def test_outcomes_of_a_network(alice: Network) -> None:
    """A note moves its rate, can be taken back, and counts among the answers only if it was one."""
    mover = id_of(alice, MOVERS)
    start = alice.outcomes(mover)
    accept = alice.note_outcome(mover, "accept", True)
    alice.note_outcome(mover, "give", False)
    found = alice.outcomes(mover)
    means = {rate.kind: (rate.model_share, rate.mean_share) for rate in found.rates}
    assert means["accept"][1] == pytest.approx((6 * means["accept"][0] + 1) / 7)
    assert means["give"][1] < means["give"][0]
    assert means["close"][1] == means["close"][0]
    assert (found.answers, found.answers_wanted) == (1, 50)
    assert alice.undo_outcome(accept) == mover
    assert alice.outcomes(mover).rates[0] == start.rates[0]


def test_fifty_answers_move_the_weights(alice: Network) -> None:
    """Up to 49 answers the stated weights are at work, from 50 on those that the answers teach; and back."""
    mover = id_of(alice, MOVERS)
    numbers = [alice.note_outcome(mover, "accept", False) for _ in range(ENOUGH_ANSWERS - 1)]
    assert alice.outcomes(mover).weights == PRIORS
    numbers.append(alice.note_outcome(mover, "accept", False))
    found = alice.outcomes(mover)
    assert (found.answers, found.weights[0] < PRIORS[0]) == (ENOUGH_ANSWERS, True)
    alice.undo_outcome(numbers[-1])
    assert alice.outcomes(mover).weights == PRIORS


def test_outcomes_before_the_first_run(store: Store) -> None:
    """Somebody who has not said what they sell sees what we assume of anybody."""
    alice = settled_alice(store)
    bob = Network(store, BOB)
    bring_in(bob, csv_of([("Rillito Roofing", "Roofer", "7 Main St", "Tucson", "AZ", "85701")]))
    rates = bob.outcomes(id_of(bob, "Rillito Roofing")).rates
    assert [rate.kind for rate in rates] == ["accept", "give", "close", "promise"]
    assert alice.outcomes(id_of(alice, MOVERS)).rates[0].model_share != rates[0].model_share
