"""What is true of every private table alike: its columns, to which table they lead, its rows in one network."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, String, select
from sqlalchemy.orm import Session

from matcher.facts import Fact, Network, Private

Table = type[Private]
Row = Mapping[str, Any]  # column -> value


@cache
def private_tables() -> tuple[Table, ...]:
    """All private tables, each after those to which it leads."""
    mapped = {mapper.class_.__tablename__: mapper.class_ for mapper in Fact.registry.mappers}
    found = (mapped[table.name] for table in Fact.metadata.sorted_tables)
    return tuple(one for one in found if issubclass(one, Private))


def name_of(table: Table) -> str:
    """How the database calls a table."""
    return str(table.__tablename__)


def columns_of(table: Table) -> Sequence[Column[Any]]:
    """The columns of a table."""
    return tuple(table.__table__.columns)  # type: ignore[arg-type]


@cache
def by_name(table: Table) -> Mapping[str, Column[Any]]:
    """The columns of a table by what they are called."""
    return {column.name: column for column in columns_of(table)}


def key_of(table: Table) -> tuple[str, ...]:
    """The columns that make up a table's key."""
    return tuple(column.name for column in table.__table__.primary_key.columns)  # type: ignore[attr-defined]


@cache
def texts_of(table: Table) -> tuple[str, ...]:
    """The columns that hold words."""
    return tuple(column.name for column in columns_of(table) if isinstance(column.type, String | JSON))


@cache
def bytes_of(table: Table) -> tuple[str, ...]:
    """The columns that hold bytes."""
    return tuple(column.name for column in columns_of(table) if isinstance(column.type, LargeBinary))


@cache
def points_at(table: Table) -> Mapping[str, tuple[str, bool]]:
    """Column -> the table to which it leads, and whether a row goes when the one that it leads to does."""
    found: dict[str, tuple[str, bool]] = {}
    for link in table.__table__.foreign_key_constraints:  # type: ignore[attr-defined]
        for one in link.elements:
            if one.parent.name != "network_id" and one.column.table.name != Network.__tablename__:
                found[one.parent.name] = (one.column.table.name, link.ondelete == "CASCADE")
    return found


def rows_of(session: Session, network_id: int, table: Table) -> Iterator[Row]:
    """All rows of a table that a network holds itself, in the order of their keys."""
    names = [column.name for column in columns_of(table)]
    asked = select(*(getattr(table, name) for name in names)).where(table.network_id == network_id)
    for row in session.execute(asked.order_by(*(getattr(table, name) for name in key_of(table)))):
        yield dict(zip(names, row, strict=True))
