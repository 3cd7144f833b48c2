"""Queries on contacts: people whom the owner knows and who are no clients, some of them the face of a business."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.connected import ContactCard, ContactTold
from matcher.answers.told import NAME_CHARACTERS, NOTE_CHARACTERS, is_email
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Client, Person
from matcher.names import holds, order
from matcher.store import businesses, leaving
from matcher.store.clients import PHONE_CHARACTERS
from matcher.store.partnerships import keep
from matcher.visible import visible

WORK_CHARACTERS = 200  # of where somebody works, and of what they do there
COLUMNS = (
    Person.id.label("person_id"),
    *(Person.name, Person.email, Person.phone, Person.business_id, Person.note, Person.company, Person.position),
)  # of a card


def check(told: ContactTold) -> None:
    """Refuse what no contact can be."""
    if not told.name.strip() or len(told.name) > NAME_CHARACTERS:
        raise Invalid("name", f"Please write a name of up to {NAME_CHARACTERS} characters.")
    if told.email and not is_email(told.email):
        raise Invalid("email", "Please write a whole e-mail address, such as ann@example.com, or leave it out.")
    if len(told.phone) > PHONE_CHARACTERS:
        raise Invalid("phone", f"Please keep the phone number under {PHONE_CHARACTERS} characters.")
    if len(told.note) > NOTE_CHARACTERS:
        raise Invalid("note", f"Please keep the note under {NOTE_CHARACTERS:,} characters.")
    for field in ("company", "position"):
        if len(getattr(told, field)) > WORK_CHARACTERS:
            raise Invalid(field, f"Please keep the {field} under {WORK_CHARACTERS} characters.")


def add(session: Session, network_id: int, told: ContactTold) -> int:
    """Keep a contact and give their number."""
    check(told)
    person = Person(network_id=network_id, name="")
    _write(session, person, told)
    session.add(person)
    session.flush()
    return person.id


def edit(session: Session, person_id: int, told: ContactTold) -> None:
    """Keep what the owner now says of a contact."""
    check(told)
    _write(session, _find(session, person_id), told)


def remove(session: Session, person_id: int) -> None:
    """Take a contact out, with whom they know, the links to them, and mail to them that has not gone yet."""
    person = _find(session, person_id)
    leaving.let_go(session, person.network_id, [person_id])
    session.delete(person)


def cards(session: Session, text: str = "", person_id: int | None = None) -> Sequence[ContactCard]:
    """Contacts by name, all or those with every word of `text` in what we know of them; or the one with a number."""
    query = (
        select(*COLUMNS, Business.name.label("business"))
        .outerjoin(Client, Client.person_id == Person.id)
        .outerjoin(Business, Business.id == Person.business_id)
        .where(Client.person_id.is_(None))
    )
    if person_id is not None:
        query = query.where(Person.id == person_id)
    found = [ContactCard(**row._asdict() | {"business": row.business or ""}) for row in session.execute(query)]
    wanted = [one for one in found if holds(f"{one.name} {one.business} {one.company} {one.position} {one.note}", text)]
    return sorted(wanted, key=lambda one: (*order(one.name), one.person_id))


def card(session: Session, person_id: int) -> ContactCard:
    """One contact; NotFound for a client, and for whom the session's network does not have."""
    found = cards(session, person_id=person_id)
    if not found:
        raise NotFound("There is no such contact.")
    return found[0]


def _find(session: Session, person_id: int) -> Person:
    card(session, person_id)
    return session.scalars(select(Person).where(Person.id == person_id)).one()


def _write(session: Session, person: Person, told: ContactTold) -> None:
    if told.business_id is not None:
        businesses.card(session, told.business_id)
        keep(session, told.business_id)
    write(person, told)


def write(person: Person, told: ContactTold) -> None:
    """Put into the columns what was told of a contact."""
    person.name, person.email, person.phone = " ".join(told.name.split()), told.email.strip(), told.phone.strip()
    person.business_id, person.note = told.business_id, visible(told.note)
    person.company, person.position = visible(told.company), visible(told.position)
