"""The database: where it is, how it is opened, brought up to date and kept apart by network."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import OperationalError as DriverError
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, DataError, OperationalError
from sqlalchemy.orm import Session as Session
from sqlalchemy.orm import sessionmaker

from matcher.errors import Invalid, NotFound, Unavailable
from matcher.store.tenancy import TenantSession

BUSY_TIMEOUT_MS = 10_000  # longest wait for another writer; an import of 150,000 rows writes for about this long
MIGRATION_LOCK = 7_346_200_001  # any number that no other program takes as an advisory lock
OUT_OF_RANGE = "22003"  # PostgreSQL: a number that its column cannot hold; SQLite's driver overflows
PRAGMAS = {
    "busy_timeout": BUSY_TIMEOUT_MS,  # first: the others may have to wait
    "journal_mode": "WAL",
    "synchronous": "FULL",  # the only level that syncs every commit
    "foreign_keys": "ON",
    "secure_delete": "ON",
}


def database_url(text: str) -> URL:
    """The URL of a database as SQLAlchemy wants it: SQLite or PostgreSQL; Invalid for anything else."""
    try:
        url = make_url(text)
    except Exception as error:
        raise Invalid("database", "The database must be a URL such as sqlite:///switchboard.db.") from error
    if url.get_backend_name() in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise Invalid("database", "The database must be SQLite (sqlite:///file.db) or PostgreSQL (postgresql://...).")
    if url.query:
        raise Invalid("database", "The URL of an SQLite database ends with its file; leave out what follows the “?”.")
    if url.database in (None, "", ":memory:"):
        raise Invalid("database", "An SQLite database needs a file, such as sqlite:///switchboard.db; memory forgets.")
    return url.set(drivername="sqlite")


class Store:
    """One database. `session` opens it for one network, or for none. `secret` is the operator's, for keys of mail."""

    def __init__(self, url: str, *, secret: str = "") -> None:
        self.url, self.secret = database_url(url), secret
        self.engine = _engine(self.url)
        self._sessions = sessionmaker(self.engine, class_=TenantSession, expire_on_commit=False)

    @property
    def index_folder(self) -> Path | None:
        """Where the engine's index of the shared directory is kept: beside the file of an SQLite database."""
        return Path(f"{self.url.database}.index") if self.url.get_backend_name() == "sqlite" else None

    def make_session(self, network_id: int | None = None, *, writes: bool = False) -> Session:
        """A session bound to one network, or to none (then private tables raise); the caller closes it."""
        session = self._sessions(info={"network_id": network_id})
        if writes:
            session.connection(execution_options={"writes": True})
        return session

    @contextmanager
    def session(self, network_id: int | None = None, *, writes: bool = False) -> Iterator[Session]:
        """A transaction for one network: committed at the end, rolled back on any error."""
        try:
            with self.make_session(network_id, writes=writes) as session:
                yield session
                session.commit()
        except OperationalError as error:
            raise Unavailable("The database is busy or cannot be written now. Please try again in a minute.") from error
        except (OverflowError, DataError) as error:
            if isinstance(error, DataError) and getattr(error.orig, "sqlstate", "") != OUT_OF_RANGE:
                raise
            raise NotFound("There is nothing with this number.") from error

    def upgrade(self) -> None:
        """Bring the tables up to date; safe when several workers start at once on an empty database."""
        config = migrations()
        try:
            with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except DatabaseError as error:
            raise Unavailable(
                "The database cannot be opened: it cannot be reached, written or read as a Switchboard database. "
                "Check its URL and its folder, or restore the last backup."
            ) from error

    def count_anew(self) -> None:
        """Let the database look at its own tables, so that it chooses the right index; after many rows have changed.

        Measured on 154,383 businesses in SQLite: 0.2 s, and the directory is then exported in 15 s instead of 96 s.
        """
        with (
            suppress(OperationalError),  # somebody else is writing: the old numbers do for now
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.execute(text("ANALYZE"))

    def scrub(self, tables: Collection[str]) -> bool:
        """Let no byte of what was deleted stay in the files; False where others were reading or writing meanwhile.

        SQLite is written anew and its log emptied; PostgreSQL clears the dead rows of these tables.
        """
        self.count_anew()  # what is counted by value may hold a value that is gone
        try:
            if self.url.get_backend_name() == "sqlite":
                return _scrub_sqlite(self.engine)
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in sorted(tables):
                    connection.exec_driver_sql(f'VACUUM (ANALYZE) "{table}"')
        except OperationalError:
            return False
        return True


def _scrub_sqlite(engine: Engine) -> bool:
    """Whether the file was written anew and the log beside it is empty; outside of any transaction."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy: int = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except DriverError:
        return False
    finally:
        connection.close()
    return not busy


def migrations() -> Config:
    """Where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    return config


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(url, pool_pre_ping=True, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise Unavailable("PostgreSQL needs its driver. Install Switchboard as '.[postgres]'.") from error
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, hide_parameters=True)
    event.listen(engine, "do_connect", _create_private)
    event.listen(engine, "connect", _open_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create_private(_: object, __: object, arguments: Sequence[Any], ___: object) -> None:
    """Create a new database so that only its owner may read it; SQLite gives its side files the same mode.

    A file that stands already is never opened here: closing it would drop the locks that SQLite holds on it.
    """
    with suppress(OSError):  # it stands already, or cannot be created, which SQLite says itself
        os.close(os.open(arguments[0], os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _open_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start of a writing transaction: a later upgrade of a read lock can fail."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
