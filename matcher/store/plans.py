"""Queries on the plan for a partner: what is done, what is noted, and how clients rated them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.taught import RatingCard, Step
from matcher.facts import Person, PlanStep, Rating
from matcher.lines import few_lines
from matcher.store.partnerships import keep

NOTE_CHARACTERS = 2_000  # as the column holds


def marks(session: Session, business_id: int) -> Mapping[str, PlanStep]:
    """Code -> what is done and noted of that step with a business."""
    found = session.scalars(select(PlanStep).where(PlanStep.business_id == business_id))
    return {step.code: step for step in found}


def mark(session: Session, network_id: int, business_id: int, told: Step) -> None:
    """Keep what is done and noted of a step, in place of what was; a step that says nothing leaves nothing."""
    note = few_lines("note", told.note, NOTE_CHARACTERS)
    standing = marks(session, business_id).get(told.code)
    if standing is not None and not told.done_on and not note:
        session.delete(standing)
    if not told.done_on and not note:
        return
    if standing is None:
        keep(session, business_id)
        standing = PlanStep(network_id=network_id, business_id=business_id, code=told.code)
        session.add(standing)
    standing.done_on, standing.note = date.fromisoformat(told.done_on) if told.done_on else None, note


def ratings(session: Session, business_id: int) -> tuple[RatingCard, ...]:
    """What clients said of a business, the newest first."""
    query = select(Rating, Person.name).outerjoin(Person, Person.id == Rating.person_id)
    found = session.execute(
        query.where(Rating.business_id == business_id).order_by(Rating.rated_on.desc(), Rating.id.desc())
    )
    return tuple(
        RatingCard(stars=one.stars, words=one.words, rated_on=one.rated_on.isoformat(), client=name or "")
        for one, name in found
    )
