"""Queries on what a network thinks of businesses: verdicts and partnerships."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import Kept, Partnership, Verdict


def standing_verdicts(session: Session, ids: Sequence[int] | None = None) -> Mapping[int, Verdict]:
    """The verdict that stands for each business (of `ids`, or all), the newest one."""
    query = select(Verdict).where(Verdict.undone_at.is_(None)).order_by(Verdict.id)
    if ids is not None:
        query = query.where(Verdict.business_id.in_(ids))
    return {verdict.business_id: verdict for verdict in session.scalars(query)}


def stages(session: Session, ids: Sequence[int] | None = None) -> Mapping[int, str]:
    """The stage of each partnership (of `ids`, or all)."""
    query = select(Partnership.business_id, Partnership.stage)
    if ids is not None:
        query = query.where(Partnership.business_id.in_(ids))
    return {row.business_id: row.stage for row in session.execute(query)}


def settled(session: Session, today: date) -> set[int]:
    """Businesses with a verdict that stands today; a "later" whose day has come is open again."""
    verdicts = standing_verdicts(session).values()
    return {v.business_id for v in verdicts if v.until_on is None or v.until_on > today}


def decide(session: Session, verdict: Verdict) -> int:
    """Keep a verdict and give its number; a yes opens a courted partnership, the same answer twice is one verdict."""
    standing = standing_verdicts(session, [verdict.business_id]).get(verdict.business_id)
    if standing and (standing.answer, standing.reason) == (verdict.answer, verdict.reason):
        return standing.id
    if standing:
        _withdraw(session, standing, verdict.given_at)
    session.add(verdict)
    keep(session, verdict.business_id)
    if verdict.answer == "yes":
        set_stage(session, verdict.network_id, verdict.business_id, "courted", verdict.given_at.date())
    session.flush()
    return verdict.id


def undo(session: Session, verdict_id: int, at: datetime) -> None:
    """Take a verdict back, with the courted partnership that it opened; twice does no harm."""
    verdict = session.scalar(select(Verdict).where(Verdict.id == verdict_id))
    if verdict is None:
        raise NotFound("There is no such verdict.")
    if verdict.undone_at is None:
        _withdraw(session, verdict, at)


def _withdraw(session: Session, verdict: Verdict, at: datetime) -> None:
    verdict.undone_at = at
    if verdict.answer == "yes":
        courted = (Partnership.business_id == verdict.business_id, Partnership.stage == "courted")
        session.execute(delete(Partnership).where(*courted))


def set_stage(session: Session, network_id: int, business_id: int, stage: str, on: date) -> None:
    """Open a partnership, or move it along."""
    keep(session, business_id)
    standing = session.scalar(select(Partnership).where(Partnership.business_id == business_id))
    if standing is None:
        session.add(Partnership(network_id=network_id, business_id=business_id, stage=stage, since_on=on))
    elif standing.stage != stage:
        standing.stage, standing.since_on = stage, on


def keep(session: Session, business_id: int) -> None:
    """Let no undone import take this business away, whoever brought it in."""
    if session.get(Kept, business_id) is None:
        with suppress(IntegrityError), session.begin_nested():  # another network has just done the same
            session.add(Kept(business_id=business_id))
