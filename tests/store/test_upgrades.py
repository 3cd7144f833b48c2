"""Upgrades from every version there was: nothing that is told is lost on the way."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
    text,
)

from matcher.store import Store, migrations

NETWORKS = (2, 3)
DAY, NOON = date(2026, 3, 2), datetime(2026, 3, 2, 12, tzinfo=UTC)
MEANT = {
    ("0006", "network"): {"names_offered", "open_introductions"}
}  # columns that a version changes: the usual is unset
Rows = dict[tuple[int, str, tuple[Any, ...]], Mapping[str, Any]]  # (network, table, key) -> column -> value


def test_no_upgrade_loses_a_row(empty_database: str) -> None:
    """Rows that every table got at every version are all there, unchanged, after each later migration."""
    store, told = Store(empty_database), Rows()
    for step, version in enumerate(_versions()):
        with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
            _upgrade(connection, version)
            there = _rows(connection)
            lost = {key for key, row in told.items() if not _is_kept(row, there.get(key), MEANT.get((version, key[1])))}
            assert not lost, version
            _fill(connection, step)
            told = _rows(connection)
    assert len(told) > len(NETWORKS) * len(_versions())
    store.engine.dispose()


def test_partnerships_of_old_have_a_beginning(empty_database: str) -> None:
    """The stage in which a partnership stood before stages were kept is kept as its first one, in every network."""
    store = Store(empty_database)
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        _upgrade(connection, "0002")
        _fill(connection, 0)
    store.upgrade()
    with store.engine.connect() as connection:
        for network in NETWORKS:
            _act_for(connection, network)
            stages = text("SELECT business_id, changed_on FROM stage_change WHERE network_id = :network")
            ((business_id, changed_on),) = connection.execute(stages, {"network": network})
            assert (business_id, str(changed_on)) == (_number(network, 0), DAY.isoformat())
    store.engine.dispose()


def test_businesses_of_old_are_found_by_any_spelling(empty_database: str) -> None:
    """Names and towns that stood there before are kept without capitals and accents as well, in every network."""
    store = Store(empty_database)
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        _upgrade(connection, "0009")
        _fill(connection, 0)
        for network in NETWORKS:
            _act_for(connection, network)
            told = {"name": "MÜLLER & Söhne", "city": "Zürich", "network": network}
            connection.execute(text("UPDATE business SET name = :name, city = :city WHERE network_id = :network"), told)
    store.upgrade()
    with store.engine.connect() as connection:
        for network in NETWORKS:
            _act_for(connection, network)
            plain = text("SELECT folded, folded_city FROM business WHERE network_id = :network")
            assert connection.execute(plain, {"network": network}).all() == [("muller sohne", "zurich")]
    store.engine.dispose()


def _is_kept(before: Mapping[str, Any], after: Mapping[str, Any] | None, meant: Collection[str] | None) -> bool:
    """Whether a row is there with all that it said, but for what a version means to change."""
    told = {name: value for name, value in before.items() if name not in (meant or ())}
    return after is not None and told.items() <= dict(after).items()


def _versions() -> list[str]:
    """All versions of the tables, the oldest first."""
    return [one.revision for one in ScriptDirectory.from_config(migrations()).walk_revisions()][::-1]


def _upgrade(connection: Connection, version: str) -> None:
    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def _act_for(connection: Connection, network: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("app.network_id", str(network), True)))


def _tables(connection: Connection) -> list[Table]:
    """All tables as the database itself describes them, each after those to which it leads."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _rows(connection: Connection) -> Rows:
    """Everything that either network can see."""
    found, tables = Rows(), _tables(connection)
    for network in NETWORKS:
        _act_for(connection, network)
        for table in tables:
            keys = [column.name for column in table.primary_key]
            for row in connection.execute(select(table)).mappings():
                found[network, table.name, tuple(row[key] for key in keys)] = dict(row)
    return found


def _fill(connection: Connection, step: int) -> None:
    """Put one row more into every table for each network, where a network may have more than one."""
    there, tables = _rows(connection), _tables(connection)
    for network in NETWORKS:
        _act_for(connection, network)
        for table in tables:
            row = {column.name: _value(column, network, _number(network, step)) for column in table.columns}
            if (network, table.name, tuple(row[column.name] for column in table.primary_key)) not in there:
                connection.execute(table.insert().values(row))


def _number(network: int, step: int) -> int:
    return 100 * network + step


def _value(column: Column[Any], network: int, number: int) -> Any:
    """Something for a column: who it leads to where it leads somewhere, and never what is usual."""
    if column.name == "network_id" or (column.table.name, column.name) == ("network", "id"):
        return network
    if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
        return number
    kinds: tuple[tuple[type[Any], Any], ...] = (
        (Boolean, True),
        (Integer, 5),
        (Float, 0.5),
        (DateTime, NOON),
        (Date, DAY),
        (JSON, {"told": number}),
        (LargeBinary, b"told"),
    )
    told = next((value for kind, value in kinds if isinstance(column.type, kind)), f"{column.name} {number}")
    return told[: getattr(column.type, "length", None)] if isinstance(told, str) else told
