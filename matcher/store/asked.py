"""That we asked somebody for a referral, kept where limits on asking and the page of sources look for it."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from matcher.answers.cared import ASKED_MOST
from matcher.answers.whose import Whose
from matcher.store import cares, motivations


def note(session: Session, network_id: int, whose: Whose, on: date, at: datetime) -> None:
    """Count one ask more, and keep its day unless we asked them later as well."""
    _count(session, network_id, whose, 1)
    profile = motivations.profile(session, whose)
    last = max(profile.asked_on, on.isoformat())
    motivations.save(session, network_id, whose, replace(profile, asked_on=last), at)


def take_back(session: Session, network_id: int, whose: Whose, on: date, *, before: date | None, at: datetime) -> None:
    """Count one ask less; when its day was the last, `before` is, the day of the ask before it."""
    _count(session, network_id, whose, -1)
    profile = motivations.profile(session, whose)
    if profile.asked_on == on.isoformat():
        last = before.isoformat() if before else ""
        motivations.save(session, network_id, whose, replace(profile, asked_on=last), at)


def _count(session: Session, network_id: int, whose: Whose, more: int) -> None:
    told = cares.of(session, whose)
    count = min(max(told.asked_count + more, 0), ASKED_MOST)
    cares.save(session, network_id, whose, replace(told, asked_count=count))
