"""Opening a database: its settings, its tables, the first boot."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from matcher.errors import Invalid
from matcher.facts import Fact
from matcher.store import Store, database_url, migrations

WORKERS, BOOTS = 4, 2  # processes at once on one empty database; how often it is tried
WITHOUT_FILE = ("sqlite://", "sqlite:///", "sqlite:///:memory:")
BOOT = """
import sys
from matcher.store import Store
print("ready", flush=True)
sys.stdin.readline()
Store(sys.argv[1]).upgrade()
"""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_settings(store: Store) -> None:
    """Every SQLite connection runs with the settings that keep rows safe and deleted ones gone."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000}
    with store.engine.connect() as first, store.engine.connect() as second:
        for connection in (first, second):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
            assert found == wanted


def test_migrations_give_the_tables_of_the_facts(store: Store) -> None:
    """The migrations lead to exactly the tables, columns, keys and indexes that the facts state."""
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Fact.metadata) == []


def test_upgrade_twice(store: Store) -> None:
    """Bringing an up-to-date database up to date changes nothing."""
    before = inspect(store.engine).get_table_names()
    store.upgrade()
    assert inspect(store.engine).get_table_names() == before


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)  # on which changing a table may copy it
def test_an_upgrade_keeps_what_there_is(empty_database: str) -> None:
    """What a network has outlives a change of its table; the usual limits count as not set, and others stay."""
    store = Store(empty_database)
    _to_version(store, "0005")
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(
            text(
                "INSERT INTO network (id, name, revision, names_offered, open_introductions, created_at)"
                " VALUES (2, 'A', 0, 3, 5, '2026-03-02 00:00:00')"
            )
        )
        connection.execute(text("INSERT INTO week (network_id, number, kept_on, note) VALUES (2, 1, '2026-03-02', '')"))
    store.upgrade()
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM week")) == 1
        limits = connection.execute(text("SELECT names_offered, open_introductions FROM network WHERE id = 2")).one()
        assert tuple(limits) == (None, 5)
    store.engine.dispose()


def _to_version(store: Store, version: str) -> None:
    config = migrations()
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, version)


@pytest.mark.parametrize("boot", range(BOOTS))
def test_first_boot_with_several_workers(empty_database: str, boot: int) -> None:
    """Workers that start at the same moment on an empty database all come up."""
    command = [sys.executable, "-W", "error", "-c", BOOT, empty_database]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(WORKERS)]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()  # it is ready
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    said = [worker.communicate()[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, said
    store = Store(empty_database)
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM network")) == 1
    store.engine.dispose()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://somewhere/db", "sqlite", "http://example.org", *WITHOUT_FILE])
def test_not_a_database(url: str) -> None:
    """A URL of anything but an SQLite file or PostgreSQL is refused in one sentence about the setting `database`."""
    with pytest.raises(Invalid) as refused:
        database_url(url)
    assert refused.value.field == "database"
    assert refused.value.sentence.endswith(".")


def test_new_file_is_private(tmp_path: Path) -> None:
    """A new SQLite database and the files beside it can be read by their owner alone."""
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    store.upgrade()
    with store.engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM network"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("new.db", "new.db-wal", "new.db-shm"), 0o600)
    store.engine.dispose()


def test_database_errors_hold_no_values(store: Store) -> None:
    """The text of a database error, which ends in logs, does not hold what was to be written."""
    with store.engine.connect() as connection, pytest.raises(DatabaseError) as failed:
        connection.execute(text("INSERT INTO no_such_table VALUES (:value)"), {"value": "CANARY"})
    assert "CANARY" not in str(failed.value)
