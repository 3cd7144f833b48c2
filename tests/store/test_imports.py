"""Storing an import is all or nothing, whatever happens in the middle."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError

from matcher.errors import Unavailable
from matcher.intake import store_rows
from matcher.network import Network
from matcher.store import Store
from matcher.store.imports import STALLED_AFTER
from matcher.units import now_utc
from tests.networks import STREET, csv_of, held, shared_and_owners
from tests.store.conftest import ALICE

ROWS, KILLS = 20_000, 8
WORKER = """
import sys
from datetime import datetime
from matcher.intake import store_rows
from matcher.store import Store
from matcher.taxonomy import taxonomy
from matcher.units import now_utc
store, number, at = Store(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
taxonomy()
print("ready", flush=True)
store_rows(store, int(sys.argv[4]), number, {}, at)
"""
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
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(3000)]
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
    assert alice.store_import(number).stored == 3000


def test_killed_import_is_all_or_nothing(alice: Network, store: Store) -> None:
    """A worker killed at any moment has stored all rows or none, and afterwards the import can be stored."""
    rows = [(f"Firm {n}", "Bakery", f"{n} Main St", "Tucson", "AZ", "85701") for n in range(ROWS)]
    content, at, chance = csv_of(rows), now_utc(), random.Random(7)
    number = alice.stage("list.csv", content).import_id
    for _ in range(KILLS):
        at += STALLED_AFTER + timedelta(minutes=1)
        with worker(store, number, at) as process:
            read_share = chance.choice((0.0, 0.5, 1.0, 1.0))  # writing begins when all is read
            while alice.imported(number).done_share < read_share and process.poll() is None:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 1))
            process.kill()
        found = held(store)
        assert found in (0, ROWS)
        assert (alice.imported(number).state == "stored") == (found == ROWS)
        if found:
            alice.undo_import(number)
            number = alice.stage("list.csv", content).import_id
    store_rows(store, alice.id, number, {}, at + STALLED_AFTER + timedelta(minutes=1))
    assert (alice.imported(number).stored, held(store)) == (ROWS, ROWS)


def worker(store: Store, number: int, at: datetime) -> subprocess.Popen[str]:
    """A process that has just begun to store an import."""
    url = store.url.set(drivername=store.url.get_backend_name()).render_as_string(hide_password=False)
    command = [sys.executable, "-W", "error", "-c", WORKER, url, str(number), at.isoformat(), str(ALICE)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
