"""Queries on surveys: who was asked what they lack, and who has answered."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.invited import last_day
from matcher.errors import NotFound
from matcher.facts import Survey
from matcher.store import links


def send(session: Session, network_id: int, client_id: int, on: date) -> str:
    """Keep that a client is asked from this day on, and give the token of the link; those of before stop working."""
    withdraw(session, network_id, client_id)
    survey = Survey(network_id=network_id, person_id=client_id, sent_on=on)
    session.add(survey)
    session.flush()
    return links.issue(session, network_id, "survey", survey.id, last_day(on))


def find(session: Session, survey_id: int) -> Survey:
    """One survey of the session's network; its link is gone with it."""
    found = session.scalar(select(Survey).where(Survey.id == survey_id))
    if found is None:
        raise NotFound(links.GONE)
    return found


def withdraw(session: Session, network_id: int, client_id: int) -> None:
    """Let no link that this client was sent work any more, and forget that they were asked without an answer."""
    for survey in session.scalars(select(Survey).where(Survey.person_id == client_id)):
        links.close(session, network_id, "survey", survey.id)
    session.execute(delete(Survey).where(Survey.person_id == client_id, Survey.answered_on.is_(None)))
