"""Queries on where people work: who has no business yet, and which businesses could be theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import Business, Partnership, Person
from matcher.store import businesses
from matcher.store.partnerships import keep


@dataclass(frozen=True, slots=True)
class Unplaced:
    """People without a business, one column a field."""

    ids: Sequence[int]
    names: Sequence[str]
    emails: Sequence[Sequence[str]]
    companies: Sequence[str]
    cities: Sequence[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Businesses, one column a field."""

    ids: Sequence[int]
    names: Sequence[str]
    websites: Sequence[str]
    emails: Sequence[str]
    cities: Sequence[str]


def unplaced(session: Session) -> Unplaced:
    """Everybody of whom we do not know where they work, and who has an e-mail address or a company."""
    told = or_(Person.email != "", Person.company != "")
    columns = (Person.id, Person.name, Person.email, Person.other_emails, Person.company, Person.city)
    found = session.execute(select(*columns).where(Person.business_id.is_(None), told).order_by(Person.id)).all()
    ids, names, emails, others, companies, cities = zip(*found, strict=True) if found else ([],) * len(columns)
    every = [(main, *more) for main, more in zip(emails, others, strict=True)]
    return Unplaced(ids, names, every, companies, cities)


def firms(session: Session) -> Places:
    """The businesses that people could work at: our own, our partners, and those of the directory named as a company.

    The whole directory is not read for this, so a domain is looked for among our own businesses and partners alone.
    """
    network_id = session.info["network_id"]
    partners = select(Partnership.business_id)
    named = select(Person.company).where(Person.business_id.is_(None), Person.company != "")
    columns = (Business.id, Business.name, Business.website, Business.email, Business.city)
    wanted = or_(Business.network_id == network_id, Business.id.in_(partners), Business.name.in_(named))
    found = session.execute(select(*columns).where(wanted).order_by(Business.id)).all()
    return Places(*(zip(*found, strict=True) if found else ([],) * len(columns)))


def save(session: Session, person_id: int, business_id: int | None) -> None:
    """Keep at which business somebody works; NotFound for a person or a business that the network cannot see."""
    person = session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound("There is no such person.")
    if business_id is not None:
        businesses.card(session, business_id)
        keep(session, business_id)
    person.business_id = business_id
