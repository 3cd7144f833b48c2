"""Queries on the owner's own word on who competes."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.facts import Ruling
from matcher.store.partnerships import keep


def rulings(session: Session, ids: Sequence[int] | None = None) -> Mapping[int, Ruling]:
    """What the session's network has ruled on each business (of `ids`, or all)."""
    query = select(Ruling)
    if ids is not None:
        query = query.where(Ruling.business_id.in_(ids))
    return {ruling.business_id: ruling for ruling in session.scalars(query)}


def rule(session: Session, given: Ruling) -> None:
    """Keep a ruling in place of an earlier one on the same business."""
    unrule(session, given.business_id)
    session.add(given)
    keep(session, given.business_id)


def unrule(session: Session, business_id: int) -> None:
    """Take a ruling back; nothing happens where there is none."""
    session.execute(delete(Ruling).where(Ruling.business_id == business_id))
