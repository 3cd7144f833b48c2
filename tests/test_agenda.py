"""The agenda of a scripted year: exactly the tasks that were written down before there was any code."""

from datetime import date, timedelta

import pytest

from matcher.engine.agenda import RULES
from matcher.lists.agenda_lists import KINDS
from matcher.network import Network
from matcher.store import Store
from tests.networks import shared_and_owners
from tests.scripted_year import agendas, live_through
from tests.store.conftest import ALICE


@pytest.fixture
def lived(store: Store) -> Network:
    """Alice's network after the scripted year."""
    _, alice, _ = shared_and_owners(store)
    with store.session(ALICE, writes=True) as session:
        live_through(session, ALICE)
    return alice


def test_each_day_of_the_year_has_exactly_its_tasks(lived: Network) -> None:
    """With the whole year in the database, every written day shows its tasks with the days on which they fell due."""
    for day, expected in agendas().items():
        found = {(task.key, task.name, task.due_on) for task in lived.agenda(date.fromisoformat(day))}
        assert found == expected, day


def test_the_written_days_use_every_rule(lived: Network) -> None:
    """No rule is without a written task but one for a moment that no sale had, and those on giving first."""
    used = {key.split(":")[0] for expected in agendas().values() for key, _, _ in expected}
    assert {rule.code for rule in RULES} - used == {"ask_testimonial", *KINDS["giving"]}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nobody_is_asked_twice_within_a_month(lived: Network) -> None:
    """On no day of the year are two asks of one person due, now or within the next 60 days."""
    for days in range(365):
        tasks = lived.agenda(date(2026, 1, 1) + timedelta(days=days), ahead_days=60)
        asked = [(task.business_id, task.person_id) for task in tasks if task.asks]
        assert len(asked) == len(set(asked))


def test_tasks_stand_by_their_day(lived: Network) -> None:
    """What fell due first stands first, and what lies ahead last."""
    days = [task.due_on for task in lived.agenda(date(2026, 3, 31), ahead_days=90)]
    assert days == sorted(days)
    assert days[-1] > "2026-03-31"
