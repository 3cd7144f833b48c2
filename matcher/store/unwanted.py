"""Queries on addresses that get no mail, as their owner sees them; of each only a keyed hash is kept."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.posted import NoMail
from matcher.facts import Mail, Person, Suppression
from matcher.store.mail import hash_of


def cards(session: Session, secret: str) -> tuple[NoMail, ...]:
    """Who gets no mail, the latest first; whoever is still known to us is named, the others cannot be."""
    rows = session.scalars(select(Suppression).order_by(Suppression.since_on.desc(), Suppression.address_hash)).all()
    known = _known(session, secret) if rows else {}
    return tuple(_card(row, *known.get(row.address_hash, ("", ""))) for row in rows)


def _known(session: Session, secret: str) -> Mapping[str, tuple[str, str]]:
    """The hash of each address that stands somewhere else with us -> the name and the address."""
    return {hash_of(email, secret): (name, email) for name, email in _addresses(session)}


def _addresses(session: Session) -> Iterator[tuple[str, str]]:
    for column, name in ((Mail.to_email, Mail.to_name), (Mail.also_email, Mail.also_name), (Person.email, Person.name)):
        for row in session.execute(select(name, column).where(column != "").distinct()):
            yield row[0], row[1]


def _card(row: Suppression, name: str, email: str) -> NoMail:
    because = row.because
    return NoMail(name=name, email=email, because=because, since_on=row.since_on.isoformat())  # type: ignore[arg-type]
