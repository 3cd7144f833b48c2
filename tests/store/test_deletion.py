"""What is deleted is gone from the file, not only from the answers."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from matcher.store import Store
from matcher.store.tables import private_tables
from tests.store.conftest import ALICE, BOB, Town


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_deletion_leaves_no_bytes(town: Town, store: Store) -> None:
    """After all of a network is deleted and a checkpoint, no byte of it is left in the database file or beside it."""
    with store.session(ALICE, writes=True) as session:
        for table in reversed(private_tables()):
            session.execute(delete(table))
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(str(store.url.database)).parent
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert f"CANARY{BOB}".encode() in left
    assert f"CANARY{ALICE}".encode() not in left
