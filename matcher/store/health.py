"""Whether a database is fit for use: current, whole, safe to write, and with both walls up."""

from collections.abc import Iterator

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from matcher.answers.partners import Check
from matcher.store import PRAGMAS, Store, migrations

NUMBERS = {"FULL": "2", "ON": "1", "WAL": "wal"}  # how SQLite says back what was set


def checks(store: Store) -> Iterator[Check]:
    """Everything that can be looked at from outside, each with what to do if it fails."""
    with store.engine.connect() as connection:
        yield _tables(connection)
        if connection.dialect.name == "sqlite":
            yield _whole(connection)
            yield _settings(connection)
        else:
            yield _second_wall(connection)


def _tables(connection: Connection) -> Check:
    current = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory.from_config(migrations()).get_current_head()
    return Check(
        name="tables",
        passed=current == head,
        sentence="The tables are those of this version."
        if current == head
        else "The tables are older than this version. Start the app once to bring them up to date.",
    )


def _whole(connection: Connection) -> Check:
    try:
        whole = connection.execute(text("PRAGMA quick_check")).scalars().all() == ["ok"]
    except DatabaseError:  # so damaged that it cannot be looked at
        whole = False
    return Check(
        name="file",
        passed=whole,
        sentence="The database file is whole." if whole else "The database file is damaged. Restore the last backup.",
    )


def _settings(connection: Connection) -> Check:
    wrong = [
        name
        for name, value in PRAGMAS.items()
        if str(connection.execute(text(f"PRAGMA {name}")).scalar_one()) != NUMBERS.get(str(value), str(value))
    ]
    return Check(
        name="writing",
        passed=not wrong,
        sentence=f"SQLite would not set {', '.join(wrong)}. Put the file on a local disk."
        if wrong
        else "Every commit reaches the disk, and what is deleted is overwritten.",
    )


def _second_wall(connection: Connection) -> Check:
    role = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    above = bool(connection.execute(text(role)).scalar_one())
    return Check(
        name="row-level security",
        passed=not above,
        sentence="This PostgreSQL role stands above row-level security. Connect as a role that is not a superuser."
        if above
        else "PostgreSQL keeps the networks apart a second time.",
    )
