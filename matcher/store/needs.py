"""Queries on what the owner's clients needed: one occasion a client and journey, one need a service."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import Need, Occasion

SEEN = "filled"  # status of a need noted after the fact: nobody waits for it


def note(session: Session, occasion: Occasion, services: Collection[str]) -> int:
    """Keep what a client on a journey needed, and give the occasion's number."""
    session.add(occasion)
    session.flush()
    session.add_all(
        Need(
            network_id=occasion.network_id,
            occasion_id=occasion.id,
            service=service,
            status=SEEN,
            heard_on=occasion.began_on,
        )
        for service in dict.fromkeys(services)
    )
    return occasion.id


def take_back(session: Session, occasion_id: int) -> None:
    """Take an occasion back with its needs."""
    occasion = session.scalar(select(Occasion).where(Occasion.id == occasion_id, Occasion.person_id.is_(None)))
    if occasion is None:
        raise NotFound("There is no such note. It may have been taken back already.")
    session.delete(occasion)


def occasions(session: Session) -> Sequence[Occasion]:
    """All occasions of which everything is told, newest first; a client still on a journey teaches nothing yet."""
    return session.scalars(
        select(Occasion).where(Occasion.complete).order_by(Occasion.began_on.desc(), Occasion.id.desc())
    ).all()


def services(session: Session) -> Mapping[int, Sequence[str]]:
    """Occasion -> services that its client needed, each once, in the order noted."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    query = select(Need.occasion_id, Need.service, Need.heard_on).where(Need.occasion_id.is_not(None))
    for row in session.execute(query.order_by(Need.id)):
        found[row.occasion_id].setdefault(row.service, row.heard_on)
    return {occasion: tuple(needed) for occasion, needed in found.items()}
