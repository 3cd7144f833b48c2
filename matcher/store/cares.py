"""Queries on how a network looks after its sources."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matcher.answers.cared import NOBODY_CARED, CareTold
from matcher.answers.whose import Whose
from matcher.facts import Care
from matcher.store.partnerships import keep


def of(session: Session, whose: Whose) -> CareTold:
    """How we look after somebody; all unknown when nobody has said."""
    row = session.scalar(select(Care).where(theirs(whose)))
    return NOBODY_CARED if row is None else _told(row)


def all_told(session: Session) -> Mapping[Whose, CareTold]:
    """How we look after everybody of whom somebody has said something."""
    return {Whose(row.business_id, row.person_id): _told(row) for row in session.scalars(select(Care))}


def save(session: Session, network_id: int, whose: Whose, told: CareTold) -> None:
    """Keep how we look after somebody, in place of what was said before; nothing said leaves nothing."""
    row = session.scalar(select(Care).where(theirs(whose)))
    if told == NOBODY_CARED:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = Care(network_id=network_id, business_id=whose.business_id, person_id=whose.person_id)
        session.add(row)
        if whose.business_id is not None:
            keep(session, whose.business_id)
    row.rhythm_days, row.refers, row.why_not = told.rhythm_days, told.refers, told.why_not
    row.thank_publicly, row.state = told.thank_publicly, told.place
    row.post_to, row.asked_count = told.post_to, told.asked_count


def theirs(whose: Whose) -> ColumnElement[bool]:
    """The condition that what is said of somebody's care is said of them."""
    if whose.business_id is not None:
        return Care.business_id == whose.business_id
    return Care.person_id == whose.person_id


def _told(row: Care) -> CareTold:
    return CareTold(
        rhythm_days=row.rhythm_days,
        refers=row.refers,
        why_not=row.why_not,  # type: ignore[arg-type]
        thank_publicly=row.thank_publicly,
        place=row.state,
        post_to=row.post_to,
        asked_count=row.asked_count,
    )
