"""Queries on who is on the list of people: a page of them, each with their tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matcher.answers.connected import TieTold
from matcher.answers.programme import LackCard, ListedCard, Which
from matcher.errors import NotFound
from matcher.facts import Client, Need, Person
from matcher.names import holds, order
from matcher.store import ties
from matcher.taxonomy import taxonomy

SUGGESTED_SURE = 0.7  # confidence in a service that a position names, from which we ask about it (prior)


def find(session: Session, text: str, which: Which) -> list[int]:
    """Numbers of people by name; every word of `text` is somewhere in them."""
    columns = (Person.id, Person.name, Person.company, Person.position, Person.city, Client.place)
    wanted = select(*columns).outerjoin(Client, Client.person_id == Person.id).where(*_chosen(which))
    found = [row for row in session.execute(wanted) if not text or holds(" ".join(filter(None, row[1:])), text)]
    found.sort(key=lambda row: (*order(row.name), row.id))
    return [row.id for row in found]


def card(session: Session, person_id: int) -> ListedCard:
    """Somebody of the list with their tags; NotFound for whom the session's network does not have."""
    found = cards(session, [person_id])
    if not found:
        raise NotFound("There is nobody with this number on your list.")
    return found[person_id]


def cards(session: Session, ids: Collection[int]) -> Mapping[int, ListedCard]:
    """People of the list by number, with their tags."""
    people = select(Person, Client).outerjoin(Client, Client.person_id == Person.id).where(Person.id.in_(ids))
    lacks, told = _lacks(session, ids), ties.told_by_owner(session, ids)
    return {
        person.id: ListedCard(
            person_id=person.id,
            name=person.name,
            email=person.email,
            phone=person.phone,
            company=person.company,
            position=person.position,
            place=(client.place if client else "") or person.city,
            offers=tuple(person.offers),
            suggested=_suggested(person),
            serves=tuple(person.serves),
            standing=person.standing,  # type: ignore[arg-type]
            lacks=tuple(lacks[person.id]),
            tie=told.get(person.id, TieTold()),
            is_client=client is not None,
            tagged_on=person.tagged_on.isoformat() if person.tagged_on else "",
        )
        for person, client in session.execute(people)
    }


def _chosen(which: Which) -> Iterable[ColumnElement[bool]]:
    if which == "tagged":
        return [Person.tagged_on.is_not(None)]
    if which == "untagged":
        return [Person.tagged_on.is_(None)]
    open_ones = select(Need.person_id).where(Need.status == "open", Need.person_id.is_not(None))
    return [Person.id.in_(open_ones)] if which == "lacking" else []


def _lacks(session: Session, ids: Collection[int]) -> Mapping[int, list[LackCard]]:
    found = defaultdict[int, list[LackCard]](list)
    known = select(Need).where(Need.person_id.in_(ids), Need.status != "dropped").order_by(Need.id)
    for need in session.scalars(known):
        lack = LackCard(need_id=need.id, wording=need.wording, service=need.service, status=need.status)
        found[need.person_id or 0].append(lack)
    return found


def _suggested(person: Person) -> tuple[str, ...]:
    """What a position such as “Realtor at Blue Homes” names, unless it was told."""
    if person.offers or not person.position:
        return ()
    guesses = taxonomy().find_service(person.position, 1)
    return tuple(guess.service for guess in guesses if guess.confidence >= SUGGESTED_SURE)
