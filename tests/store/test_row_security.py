"""PostgreSQL holds the wall by itself: row-level security, seen past all of our own code."""

from collections.abc import Iterator
from itertools import product

import psycopg
import pytest
from psycopg import sql

from matcher.units import SHARED
from tests.store.conftest import ALICE, BOB, Town
from tests.store.test_tenancy import DIRECTORY, PRIVATE

TABLES = [fact.__tablename__ for fact in PRIVATE]
READABLE = {fact.__tablename__ for fact in DIRECTORY}
pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def connection(town: Town, database: str) -> Iterator[psycopg.Connection]:
    """A plain connection as the application's role, in a transaction without a network."""
    with psycopg.connect(database) as connection:
        yield connection
        connection.rollback()


def act_for(connection: psycopg.Connection, network_id: int | str) -> None:
    """Say for which network this connection acts."""
    connection.execute(sql.SQL("SET app.network_id = {}").format(sql.Literal(str(network_id))))


def networks_in(connection: psycopg.Connection, table: str) -> set[int]:
    """The networks whose rows of a table the connection can see."""
    found = connection.execute(sql.SQL("SELECT network_id FROM {}").format(sql.Identifier(table)))
    return {row[0] for row in found}


def test_the_application_is_nobody_special(connection: psycopg.Connection) -> None:
    """The application connects as a role that row-level security holds, although it owns the tables."""
    row = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False, False)
    owned = connection.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
    assert owned is not None
    assert owned[0] >= len(TABLES)


def test_every_private_table_is_under_it(connection: psycopg.Connection) -> None:
    """Row-level security is switched on, and forced upon the owner, for each private table."""
    found = connection.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert {row[0] for row in found} == set(TABLES)


@pytest.mark.parametrize("network", ["", "0", None], ids=["empty", "nobody", "unset"])
def test_without_a_network(connection: psycopg.Connection, network: str | None, subtests: pytest.Subtests) -> None:
    """A connection that acts for no network sees at most the shared directory."""
    if network is not None:
        act_for(connection, network)
    for table in TABLES:
        with subtests.test(table):
            assert networks_in(connection, table) == ({SHARED} if table in READABLE else set())


def test_reading(connection: psycopg.Connection, subtests: pytest.Subtests) -> None:
    """A connection that acts for one network sees its rows and the directory, never another's."""
    for network_id, table in product((ALICE, BOB), TABLES):
        act_for(connection, network_id)
        with subtests.test(table):
            assert networks_in(connection, table) == ({SHARED, network_id} if table in READABLE else {network_id})


def test_writing(connection: psycopg.Connection, subtests: pytest.Subtests) -> None:
    """An update or a delete without any condition touches the own rows alone; moving them away is refused."""
    act_for(connection, ALICE)
    for table in TABLES:
        name = sql.Identifier(table)
        with subtests.test(table), connection.transaction(force_rollback=True):
            assert connection.execute(sql.SQL("UPDATE {} SET network_id = network_id").format(name)).rowcount == 1
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(sql.SQL("UPDATE {} SET network_id = {}").format(name, sql.Literal(BOB)))
            assert connection.execute(sql.SQL("DELETE FROM {}").format(name)).rowcount == 1


def test_inserting(connection: psycopg.Connection, subtests: pytest.Subtests) -> None:
    """A copy of an own row cannot be put into another network, nor into the directory."""
    act_for(connection, ALICE)
    for owner, table in product((BOB, SHARED), TABLES):
        copy = "INSERT INTO {name} SELECT (jsonb_populate_record(t, jsonb_build_object('network_id', {owner}))).*"
        statement = sql.SQL(copy + " FROM {name} t WHERE network_id = {own}")
        filled = statement.format(name=sql.Identifier(table), owner=sql.Literal(owner), own=sql.Literal(ALICE))
        with subtests.test(table), pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
            connection.execute(filled)
