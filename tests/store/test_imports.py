"""Storing an import is all or nothing, whatever happens in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from matcher.errors import Unavailable
from matcher.network import Network
from matcher.store import Store
from tests.killing import BUSINESSES, CONTACTS, kill
from tests.networks import STREET, csv_of, held, shared_and_owners
from tests.store.conftest import ALICE

ROWS, PEOPLE, KILLS = 6_000, 1_000, 4
REFUSE = {  # a database that refuses one business in the middle of an import, and how it is put right
    "sqlite": (
        "CREATE TRIGGER refuse BEFORE INSERT ON offer WHEN NEW.service = 'moving_company'"
        " BEGIN SELECT RAISE(ABORT, 'refused'); END",
        "DROP TRIGGER refuse",
    ),
    "postgresql": (
        "ALTER TABLE offer ADD CONSTRAINT refuse CHECK (service <> 'moving_company')",
        "ALTER TABLE offer DROP CONSTRAINT refuse",
    ),
}
LEFT = ("business", "offer", "declared_market", "import_problem")


@pytest.fixture
def alice(store: Store) -> Network:
    """Alice's network, empty."""
    return shared_and_owners(store)[1]


def run(store: Store, statement: str) -> None:
    """Change the database behind the store's back."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(statement)


@contextmanager
def refusing(store: Store) -> Iterator[None]:
    """A database that refuses the offer of a mover."""
    make, undo = REFUSE[store.engine.dialect.name]
    run(store, make)
    try:
        yield
    finally:
        run(store, undo)


def rows_left(store: Store) -> dict[str, int]:
    """How many rows each table that an import fills holds for Alice."""
    with store.session(ALICE) as session:
        connection = session.connection()
        return {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in LEFT}


def test_failing_import_leaves_nothing(alice: Network, store: Store) -> None:
    """An import that the database refuses in the middle leaves no row of any kind, and is back at its preview."""
    number = alice.stage("list.csv", csv_of(STREET)).import_id
    with refusing(store), pytest.raises(DatabaseError):
        alice.store_import(number)
    assert rows_left(store) == dict.fromkeys(LEFT, 0)
    assert alice.imported(number).state == "staged"
    assert alice.preview(number).rows == len(STREET)


def test_failed_import_can_be_stored_again(alice: Network, store: Store) -> None:
    """Once the trouble is over, the same staged import is stored whole."""
    number = alice.stage("list.csv", csv_of(STREET)).import_id
    with refusing(store), pytest.raises(DatabaseError):
        alice.store_import(number)
    assert alice.store_import(number).stored == held(store) == len(STREET)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_full_disk(alice: Network, store: Store) -> None:
    """When the database cannot grow, an import says so in a sentence, leaves nothing, and works once there is room."""
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(1_000)]
    number = alice.stage("list.csv", csv_of(rows)).import_id
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + 20}")

    event.listen(store.engine, "connect", limit)
    store.engine.dispose()
    with pytest.raises(Unavailable):
        alice.store_import(number)
    assert held(store) == 0
    assert alice.imported(number).state == "staged"
    event.remove(store.engine, "connect", limit)
    store.engine.dispose()
    assert alice.store_import(number).stored == 1_000


def test_killed_import_is_all_or_nothing(alice: Network, store: Store) -> None:
    """A worker killed at any moment has stored all rows or none, and afterwards the import can be stored."""
    found = kill(alice, store, BUSINESSES, rows=ROWS, kills=KILLS)
    assert set(found) <= {("stored", ROWS), ("running", 0), ("stopped", 0), ("staged", 0)}
    assert found[-1] == ("stored", ROWS)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_killed_import_of_contacts_is_all_or_nothing(alice: Network, store: Store) -> None:
    """The same holds for contacts, with the referrals that they bring."""
    found = kill(alice, store, CONTACTS, rows=PEOPLE, kills=KILLS // 2)
    assert set(found) <= {("stored", PEOPLE), ("running", 0), ("stopped", 0), ("staged", 0)}
    assert found[-1] == ("stored", PEOPLE)
    assert alice.referrals().total == PEOPLE
