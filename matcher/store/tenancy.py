"""The wall between networks: every statement on a private table is held to the session's network, or refused."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Never

from sqlalchemy import ColumnClause, Select, TextClause, event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.expression import TableClause
from sqlalchemy.sql.visitors import HasTraverseInternals

from matcher.facts import Business, DeclaredMarket, Fact, Network, Offer, Private
from matcher.units import SHARED

READABLE_IF_SHARED = (Business, Offer, DeclaredMarket)  # the shared directory is read by all, written by its operator
PRIVATE = tuple(mapper.class_ for mapper in Fact.registry.mappers if issubclass(mapper.class_, Private))
WRITING_LOCK = 7_346  # any number that no other program takes as the first half of an advisory lock
HELD = {table.__tablename__ for table in PRIVATE}
HELD_IN_CHANGES = HELD | {Network.__tablename__}  # to delete a network is to delete all its rows


class TenancyError(RuntimeError):
    """A mistake in our own code: a private table was touched without, or outside, a network."""


class TenantSession(Session):
    """A session that knows its network (`info["network_id"]`) and cannot see or change another's rows."""

    @property
    def network_id(self) -> int | None:
        """The network that this session is held to; None: no private table may be touched."""
        network: int | None = self.info.get("network_id")
        return network

    def _refuse(self, *_: object, **__: object) -> Never:
        raise TenancyError("Add facts or execute an insert: rows written in this way cannot be held to a network.")

    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refuse


@event.listens_for(TenantSession, "do_orm_execute")
def _hold_statement(state: ORMExecuteState) -> None:
    parts = list(_parts(state.statement))
    if any(_is_raw(part) for part, _ in parts):
        raise TenancyError("Raw SQL is not allowed: it cannot be held to a network.")
    held = HELD if state.is_select or state.is_insert else HELD_IN_CHANGES
    touched = [mapped for part, mapped in parts if getattr(_table(part), "name", None) in held]
    if not touched:
        return
    if not all(touched):
        raise TenancyError("Use mapped classes, not tables: only those are held to a network.")
    network = _network(state.session)
    if state.is_insert:
        _check_insert(state, network)
    else:
        _check_update(state)
        state.statement = state.statement.options(*_criteria(network, reads=state.is_select))


@event.listens_for(TenantSession, "before_flush")
def _hold_flush(session: TenantSession, *_: object) -> None:
    for fact in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(fact, Private) and (fact.network_id != _network(session) or _has_moved(fact)):
            raise TenancyError(f"A {type(fact).__name__} of another network was about to be written.")
    for fact in {*session.dirty, *session.deleted}:
        if isinstance(fact, Network) and fact.id != _network(session):
            raise TenancyError("Another network was about to be changed.")


@event.listens_for(TenantSession, "after_begin")
def _hold_transaction(session: TenantSession, _: object, connection: Any) -> None:
    """Tell PostgreSQL, whose row-level security does the same again; 0 is nobody's number.

    Who writes in a network waits for whoever is writing there, as SQLite does for the whole file: "is it here already?"
    is then still true when the row is written.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.set_config("app.network_id", str(session.network_id or 0), True)))
        if session.network_id is not None and connection.get_execution_options().get("writes"):
            connection.execute(select(func.pg_advisory_xact_lock(WRITING_LOCK, session.network_id)))


def _network(session: Session) -> int:
    network = session.info.get("network_id")
    if network is None:
        raise TenancyError("A private table was touched by a session without a network.")
    return int(network)


def _parts(part: Any, sources: frozenset[str] = frozenset()) -> Iterator[tuple[Any, bool]]:
    """All that a statement says, and whether it is said by a mapped class.

    SQLAlchemy's own look-up by key says a bare column beside the whole class: `sources` are such tables of the query.
    """
    children = _children(part)
    if isinstance(part, Select):
        sources = frozenset(c.name for c in children if isinstance(c, TableClause) and _is_mapped(c))
    table = _table(part)
    mapped = _is_mapped(part) or (isinstance(part, ColumnClause) and table is not None and table.name in sources)
    yield part, mapped
    if table is None or not mapped:  # what stands behind a mapped class is part of it
        for child in children:
            yield from _parts(child, sources)


def _children(part: Any) -> list[Any]:
    """What a part is made of, without the tables that a query only implies."""
    return list(HasTraverseInternals.get_children(part))


def _is_raw(part: Any) -> bool:
    literal = isinstance(part, ColumnClause) and part.is_literal and part.name != "*"  # count(*) is no danger
    return literal or isinstance(part, TextClause) or any(getattr(part, n, ()) for n in ("_prefixes", "_suffixes"))


def _table(part: Any) -> TableClause | None:
    """The table that a part is, is an alias of, or is a column of."""
    named: Any = part.table if isinstance(part, ColumnClause) else part
    while not isinstance(named, TableClause) and hasattr(named, "element"):
        named = named.element
    return named if isinstance(named, TableClause) else None


def _is_mapped(part: Any) -> bool:
    return "parententity" in part._annotations


def _has_moved(fact: Private) -> bool:
    state = inspect(fact)
    return bool(state.persistent and state.attrs.network_id.history.has_changes())


def _check_insert(state: ORMExecuteState, network: int) -> None:
    if not all(isinstance(part, TableClause) for part in _children(state.statement)):
        raise TenancyError("Insert plain rows: what else an insert may say cannot be held to a network.")
    given: Any = state.parameters
    rows = (given if isinstance(given, list) else [given]) or [None]
    if any(row is None or row.get("network_id") != network for row in rows):
        raise TenancyError("A row for another network was about to be written.")


def _check_update(state: ORMExecuteState) -> None:
    if not state.is_update:
        return
    moved = any(getattr(p, "name", "") == "network_id" for p in _children(state.statement))
    if moved or state.parameters:  # rows given by primary key are not held to any criteria
        raise TenancyError("Update with `where` and `values`, and never the network.")


@lru_cache(maxsize=256)  # networks that are at work; building these anew for every statement cost more than asking
def _criteria(network: int, *, reads: bool) -> tuple[Any, ...]:
    """The conditions on all tables; lambdas, for a plain one is not moved to the alias of a class joined to itself."""
    visible = (SHARED, network)
    shared = READABLE_IF_SHARED if reads else ()
    held = [with_loader_criteria(t, lambda t: t.network_id.in_(visible), include_aliases=True) for t in shared]
    for table in set(PRIVATE).difference(shared):
        held.append(with_loader_criteria(table, lambda t: t.network_id == network, include_aliases=True))
    if not reads:
        held.append(with_loader_criteria(Network, lambda t: t.id == network, include_aliases=True))
    return tuple(held)
