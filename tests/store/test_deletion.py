"""What is deleted is gone from the file, not only from the answers."""

from pathlib import Path

import pytest
from sqlalchemy import delete

from matcher.facts import (
    Business,
    Import,
    Mail,
    Need,
    Occasion,
    OpenCall,
    Person,
    Sender,
    StagedFile,
    Suppression,
    TaskMark,
    Wording,
)
from matcher.store import Store
from tests.store.conftest import ALICE, BOB, Town

MAIL = (Mail, Sender, Suppression)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_deletion_leaves_no_bytes(town: Town, store: Store) -> None:
    """After a deletion and a checkpoint no byte of the deleted rows is left in the database file or beside it."""
    with store.session(ALICE, writes=True) as session:
        for fact in (Person, Business, StagedFile, Import, Occasion, Need, Wording, OpenCall, TaskMark, *MAIL):
            session.execute(delete(fact))
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(str(store.url.database)).parent
    left = b"".join(path.read_bytes() for path in folder.iterdir())
    assert f"CANARY{BOB}".encode() in left
    assert f"CANARY{ALICE}".encode() not in left
