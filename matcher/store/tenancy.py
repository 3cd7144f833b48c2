"""The wall between networks: every statement on a private table is held to the session's network, or refused."""

from typing import Any

from sqlalchemy import ColumnElement, TextClause, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.expression import TableClause

from matcher.facts import Business, DeclaredMarket, Fact, Offer, Private
from matcher.units import SHARED

READABLE_IF_SHARED = (Business, Offer, DeclaredMarket)  # the shared directory is read by all, written by its operator
PRIVATE_TABLES = {mapper.local_table for mapper in Fact.registry.mappers if issubclass(mapper.class_, Private)}


class TenancyError(RuntimeError):
    """A mistake in our own code: a private table was touched without, or outside, a network."""


class TenantSession(Session):
    """A session that knows its network (`info["network_id"]`) and cannot see or change another's rows."""

    @property
    def network_id(self) -> int | None:
        """The network that this session is held to; None: no private table may be touched."""
        network: int | None = self.info.get("network_id")
        return network


@event.listens_for(TenantSession, "do_orm_execute")
def _hold_statement(state: ORMExecuteState) -> None:
    if isinstance(state.statement, TextClause):
        raise TenancyError("Raw SQL is not allowed: it cannot be held to a network.")
    if not _touches_private(state.statement):
        return
    network = _network(state.session)
    if state.is_insert:
        _check_inserted(state, network)
    elif not state.is_orm_statement:
        raise TenancyError("Use mapped classes, not tables: only those are held to a network.")
    else:
        state.statement = state.statement.options(*_criteria(network, reads=state.is_select))


@event.listens_for(TenantSession, "before_flush")
def _hold_flush(session: TenantSession, *_: object) -> None:
    for fact in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(fact, Private) and fact.network_id != _network(session):
            raise TenancyError(f"A {type(fact).__name__} of another network was about to be written.")


@event.listens_for(TenantSession, "after_begin")
def _hold_transaction(session: TenantSession, _: object, connection: Any) -> None:
    """Tell PostgreSQL, whose row-level security does the same again; 0 is nobody's number."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("app.network_id", str(session.network_id or 0), True)))


def _network(session: Session) -> int:
    network = session.info.get("network_id")
    if network is None:
        raise TenancyError("A private table was touched by a session without a network.")
    return int(network)


def _touches_private(statement: Any) -> bool:
    return any(isinstance(part, TableClause) and part in PRIVATE_TABLES for part in visitors.iterate(statement))


def _check_inserted(state: ORMExecuteState, network: int) -> None:
    given: Any = state.parameters
    rows = given if isinstance(given, list) else [given]
    if any(row is None or row.get("network_id") != network for row in rows):
        raise TenancyError("A row for another network was about to be written.")


def _criteria(network: int, *, reads: bool) -> list[Any]:
    def visible(table: type[Private]) -> ColumnElement[bool]:
        if reads and table in READABLE_IF_SHARED:
            return table.network_id.in_((SHARED, network))
        return table.network_id == network

    private = [mapper.class_ for mapper in Fact.registry.mappers if issubclass(mapper.class_, Private)]
    return [with_loader_criteria(table, visible(table), include_aliases=True) for table in private]
