"""Looking whether a database is fit for use."""

from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.store import Store
from matcher.store.health import checks
from tests.servers import PostgresServer
from tests.store.conftest import owners


def failed(store: Store) -> list[str]:
    """The names of the checks that fail; each check has a sentence."""
    found = list(checks(store))
    assert all(check.sentence.endswith(".") for check in found)
    return [check.name for check in found if not check.passed]


def test_sound_database(store: Store) -> None:
    """A database of this version in its right settings passes every check."""
    assert failed(store) == []


def test_older_tables(store: Store) -> None:
    """Tables of another version are noticed."""
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    assert failed(store) == ["tables"]
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert failed(store) == ["tables"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("times", [1, 20])
def test_damaged_file(store: Store, times: int) -> None:
    """A damaged SQLite file is noticed, however much of it is damaged."""
    owners(store)
    damage(store, times=times)
    assert failed(store) == ["file"]


def damage(store: Store, *, times: int) -> None:
    """Overwrite the beginning of some tables in an SQLite file, but not what says of which version it is."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        roots = text(
            "SELECT rootpage FROM sqlite_master WHERE rootpage > 1 AND tbl_name NOT IN ('alembic_version', 'network')"
        )
        pages, size = connection.execute(roots).scalars().all(), connection.exec_driver_sql("PRAGMA page_size").scalar()
    store.engine.dispose()
    with Path(str(store.url.database)).open("r+b") as file:
        for page in pages[:times]:
            file.seek((page - 1) * int(size or 0))
            file.write(b"\xff" * 64)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_role_above_row_security(store: Store, postgres: PostgresServer) -> None:
    """A PostgreSQL role that row-level security does not hold is noticed."""
    above = Store(store.url.set(username="postgres").render_as_string(hide_password=False))
    assert failed(above) == ["row-level security"]
    above.engine.dispose()
