"""Queries on what an owner says that words mean."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.facts import Wording


def told(session: Session) -> Mapping[str, str]:
    """Comparable form -> service, of everything that this network has been told."""
    rows = session.execute(select(Wording.key, Wording.service))
    return {row.key: row.service for row in rows}


def keep(session: Session, wording: Wording) -> str:
    """Keep what a wording means in place of what was kept before, which is given back; empty for nothing."""
    standing = session.scalar(select(Wording).where(Wording.key == wording.key))
    if standing is None:
        session.add(wording)
        return ""
    before, standing.service, standing.told_at = standing.service, wording.service, wording.told_at
    return before


def forget(session: Session, key: str) -> str:
    """Take back what a wording means, and give it; empty, and nothing happens, where nothing was kept."""
    standing = session.scalar(select(Wording).where(Wording.key == key))
    if standing is None:
        return ""
    session.delete(standing)
    return standing.service
