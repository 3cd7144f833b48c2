"""The kinds of lists that can be brought in: how each is read, known again, stored and taken out."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from matcher.answers.imported import About, Problem
from matcher.exchange.client_columns import CLIENTS
from matcher.exchange.client_rows import ClientRow, read_clients
from matcher.exchange.columns import BUSINESSES, Layout
from matcher.exchange.contact_columns import CONTACTS
from matcher.exchange.contact_rows import ContactRow, read_contacts
from matcher.exchange.directory import BusinessRow, read_businesses
from matcher.exchange.reader import Row
from matcher.exchange.tables import Table
from matcher.facts import Import
from matcher.knowledge.places import find_place_near
from matcher.store import Session, businesses, client_lists, clock, contact_lists, imports, programmes, wordings
from matcher.store.imports import NewBusiness


class Read(Protocol):
    """Reads the rows of a table, then its problems."""

    def __call__(
        self,
        table: Table,
        columns: Mapping[int, str],
        *,
        limit: int | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Row | Problem]:
        """`columns` is position -> field, `limit` counts rows read, `progress` is told them."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What makes a list of one thing other than a list of another."""

    layout: Layout
    reader: Callable[[Session, int], Read]  # for a network, with what it has told us
    known: Callable[[Session, int], set[str]]  # keys of what a network holds already
    add: Callable[[Session, Import, Sequence[Row], datetime], None]
    remove: Callable[[Session, Import], None]
    keys: Callable[[Row], Collection[str]] = lambda row: (row.key,)  # under any of which a row is known already


def _read_clients(session: Session, network_id: int) -> Read:
    find_place = partial(find_place_near, businesses.home(session, network_id))
    added = programmes.added_services(session)
    return partial(read_clients, corrections=wordings.told(session), find_place=find_place, added=added)


def _add_businesses(session: Session, done: Import, rows: Sequence[Row], at: datetime) -> None:
    found = [row for row in rows if isinstance(row, BusinessRow)]
    new = [NewBusiness(columns=row.columns(), offers=row.offers, markets=row.markets) for row in found]
    imports.add_businesses(session, done, new, at)


def _add_clients(session: Session, done: Import, rows: Sequence[Row], at: datetime) -> None:
    new = [row.new for row in rows if isinstance(row, ClientRow)]
    added = programmes.added_services(session)
    for one in new:
        client_lists.check(one, added)
    client_lists.add(session, done.network_id, new, clock.day_of(session, at), done.id)


def _read_contacts(session: Session, _: int) -> Read:
    return partial(read_contacts, known=contact_lists.known_names(session))


def _add_contacts(session: Session, done: Import, rows: Sequence[Row], at: datetime) -> None:
    new = [row.new for row in rows if isinstance(row, ContactRow)]
    contact_lists.add(session, done, new, clock.day_of(session, at))


def _contact_keys(row: Row) -> Collection[str]:
    return row.new.keys if isinstance(row, ContactRow) else ()


KINDS: Mapping[About, Kind] = {
    "businesses": Kind(
        layout=BUSINESSES,
        reader=lambda *_: read_businesses,
        known=imports.known_keys,
        add=_add_businesses,
        remove=imports.remove_businesses,
    ),
    "clients": Kind(
        layout=CLIENTS,
        reader=_read_clients,
        known=lambda session, _: client_lists.known_keys(session),
        add=_add_clients,
        remove=lambda session, found: client_lists.remove_import(session, found.id),
    ),
    "contacts": Kind(
        layout=CONTACTS,
        reader=_read_contacts,
        known=lambda session, _: contact_lists.known_keys(session),
        add=_add_contacts,
        remove=contact_lists.remove_import,
        keys=_contact_keys,
    ),
}


def kind_of(found: Import) -> Kind:
    """The kind of list that an import holds."""
    return KINDS[found.about]  # type: ignore[index]


def fields_of(about: About) -> Mapping[str, str]:
    """What a column of such a list may hold -> what the owner reads."""
    return KINDS[about].layout.fields
