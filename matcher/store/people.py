"""Queries on somebody with whom the owner deals, be it a business or a person: how they are called and reached."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.whose import Somebody, Whose
from matcher.errors import NotFound
from matcher.facts import Business, Client, Person
from matcher.names import fold
from matcher.store import businesses

NOBODY = "There is no such business or person."


def look_up(session: Session, whose: Whose) -> Somebody:
    """One business or person; NotFound for somebody whom the session's network cannot see."""
    found = look_up_all(session, [whose]).get(whose)
    if found is None:
        raise NotFound(NOBODY)
    return found


def check(session: Session, those: Collection[Whose]) -> None:
    """NotFound when there is somebody of `those` whom the session's network cannot see."""
    business_ids, person_ids = _ids(those)
    businesses_seen = select(func.count(Business.id)).where(Business.id.in_(business_ids))
    people_seen = select(func.count(Person.id)).where(Person.id.in_(person_ids))
    seen = (session.scalar(businesses_seen), session.scalar(people_seen))
    if seen != (len(business_ids), len(person_ids)):
        raise NotFound(NOBODY)


def look_up_all(session: Session, those: Collection[Whose]) -> Mapping[Whose, Somebody]:
    """Everybody of `those` whom the session's network can see."""
    business_ids, person_ids = _ids(those)
    return {**_businesses(session, business_ids), **_people(session, person_ids)}


def _ids(those: Collection[Whose]) -> tuple[set[int], set[int]]:
    """The numbers of the businesses and of the people."""
    return (
        {whose.business_id for whose in those if whose.business_id is not None},
        {whose.person_id for whose in those if whose.person_id is not None},
    )


def _businesses(session: Session, business_ids: Collection[int]) -> Mapping[Whose, Somebody]:
    if not business_ids:
        return {}
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
            address=_envelope(card.address, card.place),
            place=card.place,
            services=tuple(card.services),
        )
    return found


def _envelope(address: str, place: str) -> str:
    """An address as it stands on an envelope: the town below the street, unless it is there already."""
    town = fold(place.split(",")[0])
    return f"{address}\n{place}" if address and town and town not in fold(address) else address


def _people(session: Session, ids: Collection[int]) -> Mapping[Whose, Somebody]:
    if not ids:
        return {}
    columns = (
        Person.id,
        Person.name,
        Person.email,
        Person.phone,
        Person.city,
        Person.offers,
        Client.place,
        Client.grade,
    )
    query = select(*columns).outerjoin(Client, Client.person_id == Person.id).where(Person.id.in_(ids))
    return {
        Whose(person_id=row.id): Somebody(
            whose=Whose(person_id=row.id),
            name=row.name,
            email=row.email,
            phone=row.phone,
            place=row.place or row.city,
            services=tuple(row.offers),
            grade=row.grade or "",
        )
        for row in session.execute(query)
    }
