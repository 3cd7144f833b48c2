"""Queries on somebody with whom the owner deals, be it a business or a person: how they are called and reached."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.whose import Somebody, Whose
from matcher.errors import NotFound
from matcher.facts import Business, Client, Person
from matcher.store import businesses


def look_up(session: Session, whose: Whose) -> Somebody:
    """One business or person; NotFound for somebody whom the session's network cannot see."""
    found = look_up_all(session, [whose]).get(whose)
    if found is None:
        raise NotFound("There is no such business or person.")
    return found


def look_up_all(session: Session, those: Collection[Whose]) -> Mapping[Whose, Somebody]:
    """Everybody of `those` whom the session's network can see."""
    business_ids = {whose.business_id for whose in those if whose.business_id is not None}
    rows = list(session.scalars(select(Business).where(Business.id.in_(business_ids))))
    people = select(Person).where(Person.business_id.in_(business_ids)).order_by(Person.id.desc())
    faces = {person.business_id: person for person in session.scalars(people)}  # of several, who was told first
    found = {}
    for card in businesses.cards(session, rows):
        face, whose = faces.get(card.business_id), Whose(business_id=card.business_id)
        found[whose] = Somebody(
            whose=whose,
            name=card.name,
            contact=face.name if face else "",
            email=(face.email if face else "") or card.email,
            phone=(face.phone if face else "") or card.phone,
            address=card.address,
            place=card.place,
            services=tuple(card.services),
        )
    return {**found, **_people(session, {whose.person_id for whose in those if whose.person_id is not None})}


def _people(session: Session, ids: Collection[int]) -> Mapping[Whose, Somebody]:
    query = select(Person, Client).outerjoin(Client, Client.person_id == Person.id).where(Person.id.in_(ids))
    return {
        Whose(person_id=person.id): Somebody(
            whose=Whose(person_id=person.id),
            name=person.name,
            email=person.email,
            phone=person.phone,
            place=(client.place if client else "") or person.city,
            services=tuple(person.offers),
            grade=client.grade if client else "",
        )
        for person, client in session.execute(query)
    }
