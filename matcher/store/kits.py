"""Queries for what we hand out: addresses with all their parts, our own, and who sent us people."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.taught import Addressed, OwnContact
from matcher.answers.whose import Whose
from matcher.facts import Business, Partnership, Person
from matcher.store import businesses, people
from matcher.store.businesses import CHUNK, HOME_KEY
from matcher.store.partnerships import stages


def addresses(session: Session, ids: Iterable[int]) -> Iterator[Addressed]:
    """Businesses that the session's network can see, in the order given, with each part of their address."""
    wanted = list(ids)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found = {b.id: b for b in session.scalars(select(Business).where(Business.id.in_(part)))}
        courses, faces = stages(session, part), _faces(session, part)
        offers = businesses.offers_of(session, part)
        for one in part:
            if one in found:
                yield _addressed(found[one], courses.get(one, ""), faces.get(one), tuple(offers.get(one, ())))


def cards(session: Session, those: Iterable[Whose]) -> list[Addressed]:
    """Everybody of `those` once, in the order given, with the ways to reach them; who is gone is passed over."""
    wanted = list(dict.fromkeys(those))
    firms = {one.business_id: one for one in addresses(session, [w.business_id for w in wanted if w.business_id])}
    faces = people.look_up_all(session, [whose for whose in wanted if whose.person_id])
    known = {Whose(number): firm for number, firm in firms.items()}
    for whose, one in faces.items():
        known[whose] = Addressed(name=one.name, phone=one.phone, email=one.email, city=one.place)
    return [known[whose] for whose in wanted if whose in known]


def partners(session: Session, wanted: Collection[str]) -> list[int]:
    """The numbers of all businesses whose partnership is at one of these stages, by name."""
    query = select(Business.id).join(Partnership, Partnership.business_id == Business.id)
    return list(session.scalars(query.where(Partnership.stage.in_(wanted)).order_by(Business.folded, Business.id)))


def own(session: Session, network_id: int) -> Addressed | None:
    """Our own business with how it is reached; None before we have said what we sell."""
    found = _home(session, network_id)
    offers = businesses.offers_of(session, [found.id]) if found else {}
    return _addressed(found, "", None, tuple(offers.get(found.id, ()))) if found else None


def tell_contact(session: Session, network_id: int, told: OwnContact, at: datetime) -> None:
    """Keep how our own business is reached."""
    found = _home(session, network_id)
    if found is not None:
        found.phone, found.email, found.website = told.phone, told.email, told.website
        found.address, found.postcode, found.edited_at = told.street, told.postcode, at


def _home(session: Session, network_id: int) -> Business | None:
    return session.scalar(select(Business).where(Business.network_id == network_id, Business.key == HOME_KEY))


def _faces(session: Session, ids: Collection[int]) -> dict[int | None, Person]:
    """Business -> the person there whom we know, the last one told."""
    query = select(Person).where(Person.business_id.in_(ids)).order_by(Person.id)
    return {person.business_id: person for person in session.scalars(query)}


def _addressed(business: Business, stage: str, face: Person | None, services: tuple[str, ...]) -> Addressed:
    return Addressed(
        business_id=business.id,
        name=business.name,
        contact=face.name if face else "",
        phone=(face.phone if face else "") or business.phone,
        email=(face.email if face else "") or business.email,
        website=business.website,
        street=business.address,
        city=business.city.title() if business.city.isupper() else business.city,
        region=business.region,
        postcode=business.postcode,
        country=business.country,
        services=services,
        stage=stage,
    )
