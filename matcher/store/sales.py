"""Queries on work that was agreed with clients, from the handshake to the results, and on the links to a promise."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.agenda import PROMISE_DAYS, PROMISED_MOST, WHAT_CHARACTERS, SaleCard, SaleStep, SaleTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Person, Sale
from matcher.lines import one_line
from matcher.store import clients, links, tasks

COLUMNS: Mapping[SaleStep, str] = {"done": "done_on", "meeting": "meeting_on", "results": "results_on"}
VALUE_MOST_CENTS = 2**31 - 1  # what the column holds


def add(session: Session, network_id: int, client_id: int, told: SaleTold, on: date) -> int:
    """Keep work that was agreed with a client on a day, and give its number."""
    clients.card(session, client_id)
    if not 0 <= told.promised <= PROMISED_MOST:
        raise Invalid("promised", f"Please write how many introductions they promised, from 0 to {PROMISED_MOST}.")
    if told.value_cents is not None and not 0 <= told.value_cents <= VALUE_MOST_CENTS:
        raise Invalid("value", "Please write what the work is worth, in dollars.")
    sale = Sale(
        network_id=network_id,
        person_id=client_id,
        what=one_line("what", told.what, WHAT_CHARACTERS),
        agreed_on=on,
        promised=told.promised,
        value_cents=told.value_cents,
    )
    session.add(sale)
    session.flush()
    links.close(session, network_id, "promise", sale.id)  # to another sale that had this number and is gone
    return sale.id


def note_step(session: Session, sale_id: int, step: SaleStep, day: date | None) -> None:
    """Keep the day of a step, or take it back; results are confirmed only of work that is done."""
    sale = find(session, sale_id)
    if step not in COLUMNS:
        raise Invalid("step", "Please say what happened: done, meeting or results.")
    if day is not None and day < sale.agreed_on:
        raise Invalid("on", "This is before the work was agreed. Please choose a later day.")
    if step == "results" and day is not None and (sale.done_on is None or sale.done_on > day):
        raise Invalid("on", "Please say first when the work was done; results come after that.")
    setattr(sale, COLUMNS[step], day)
    if step == "done" and day is None:
        sale.results_on = None


def remove(session: Session, network_id: int, sale_id: int) -> int:
    """Take a sale back with the link to its promise and what is marked of its tasks; gives the client's number."""
    sale = find(session, sale_id)
    client_id = sale.person_id
    links.close(session, network_id, "promise", sale_id)
    tasks.forget(session, f"sale:{sale_id}")
    session.delete(sale)
    return client_id


def find(session: Session, sale_id: int, *, lock: bool = False) -> Sale:
    """One sale, kept from others while we write if `lock`; NotFound for one that the session's network has not."""
    query = select(Sale).where(Sale.id == sale_id)
    sale = session.scalar(query.with_for_update() if lock else query)
    if sale is None:
        raise NotFound("There is no such sale.")
    return sale


def cards(session: Session, client_id: int | None = None) -> list[SaleCard]:
    """All sales, or those of one client, the newest first; what was delivered is for the engine to count."""
    query = select(Sale, Person.name).join(Person, Person.id == Sale.person_id)
    if client_id is not None:
        query = query.where(Sale.person_id == client_id)
    found = session.execute(query.order_by(Sale.agreed_on.desc(), Sale.id.desc()))
    return [_card(sale, name) for sale, name in found]


def promise(session: Session, network_id: int, sale_id: int, on: date) -> str:
    """A new link's token for the client who promised introductions; the one before stops working."""
    if find(session, sale_id).promised == 0:
        raise Conflict("They promised no introductions with this work. Ask in a message instead.")
    return links.issue(session, network_id, "promise", sale_id, on + timedelta(days=PROMISE_DAYS))


def _card(sale: Sale, client: str) -> SaleCard:
    return SaleCard(
        sale_id=sale.id,
        client_id=sale.person_id,
        client=client,
        what=sale.what,
        agreed_on=sale.agreed_on.isoformat(),
        done_on=_day(sale.done_on),
        meeting_on=_day(sale.meeting_on),
        results_on=_day(sale.results_on),
        promised=sale.promised,
        value_cents=sale.value_cents,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
