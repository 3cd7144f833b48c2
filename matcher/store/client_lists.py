"""Queries on many clients at once: kept whole, known again, taken out again."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.answers.told import NewClient, client_key
from matcher.coach_kit.services import NOTHING_ADDED, Added
from matcher.errors import Conflict, naming
from matcher.facts import Client, Need, Occasion, Person
from matcher.store import client_needs, clients, made_one


def check(new: NewClient, added: Added = NOTHING_ADDED) -> None:
    """Invalid for what cannot be kept; the field names the need that it is about, such as "needs.0.wording"."""
    clients.check(new.told)
    if new.journey:
        clients.check_journey(new.journey)
    clients.check_day("since", new.since)
    for position, need in enumerate(new.needs):
        with naming(f"needs.{position}"):
            client_needs.check(need, added)


def add(
    session: Session,
    network_id: int,
    new: Sequence[NewClient],
    on: date,
    import_id: int | None = None,
    *,
    form: str = "",
) -> list[int]:
    """Keep clients that `check` has passed, with what they need and go through, and give their numbers.

    Conflict when what the same `form` added before is still there.
    """
    people = [Person(network_id=network_id, name="", import_id=import_id) for _ in new]
    for place, person in enumerate(people):
        person.sending = f"{form}.{place}" if form else None
    session.add_all(people)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("This was kept before, so nothing was added.") from error
    for person, one in zip(people, new, strict=True):
        client = Client(network_id=network_id, person_id=person.id, added_on=on)
        clients.write(person, client, one.told)
        session.add(client)
    begun = {
        person.id: Occasion(
            network_id=network_id,
            person_id=person.id,
            journey=one.journey,
            began_on=one.since or on,
            complete=False,
        )
        for person, one in zip(people, new, strict=True)
        if one.journey
    }
    session.add_all(begun.values())
    session.flush()
    for person, one in zip(people, new, strict=True):
        occasion_id = begun[person.id].id if person.id in begun else None
        for told in one.needs:
            need = Need(network_id=network_id, person_id=person.id, occasion_id=occasion_id, service="", heard_on=on)
            client_needs.write(need, told)
            session.add(need)
    session.flush()
    return [person.id for person in people]


def added_by(session: Session, form: str) -> list[int]:
    """The numbers of the clients whom a form has added and who are still there, in its order."""
    clients_of = select(Person.id).join(Client, Client.person_id == Person.id)
    added = clients_of.where(Person.sending.startswith(f"{form}.", autoescape=True))
    return list(session.scalars(added.order_by(Person.id)))


def known_keys(session: Session) -> set[str]:
    """The keys by which the clients of the session's network are known again."""
    people = select(Person.name, Person.email).join(Client, Client.person_id == Person.id)
    return {client_key(row.name, row.email) for row in session.execute(people)}


def remove_import(session: Session, import_id: int) -> None:
    """Take out all clients that one import brought, with all that is theirs; Conflict when one was merged since."""
    made_one.refuse_undo_of_import(session, import_id)
    clients.remove_all(session, session.scalars(select(Person.id).where(Person.import_id == import_id)).all())
