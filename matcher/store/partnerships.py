"""Queries on what a network thinks of businesses: verdicts and partnerships."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher.answers.told import RoomTold
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Kept, Partnership, StageChange, Verdict
from matcher.store import clock

ROOM_MOST = 1_000  # needs at a time; more than that nobody keeps count of


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
        set_stage(session, verdict.network_id, verdict.business_id, "courted", clock.day_of(session, verdict.given_at))
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
        if session.execute(delete(Partnership).where(*courted).returning(Partnership.business_id)).all():
            _note_stage(session, verdict.network_id, verdict.business_id, "", clock.day_of(session, at))


def set_stage(session: Session, network_id: int, business_id: int, stage: str, on: date) -> None:
    """Open a partnership, or move it along."""
    keep(session, business_id)
    standing = session.scalar(select(Partnership).where(Partnership.business_id == business_id))
    if standing is not None and standing.stage == stage:
        return
    if standing is None:
        session.add(Partnership(network_id=network_id, business_id=business_id, stage=stage, since_on=on))
    else:
        standing.stage, standing.since_on = stage, on
    _note_stage(session, network_id, business_id, stage, on)


def _note_stage(session: Session, network_id: int, business_id: int, stage: str, on: date) -> None:
    session.add(StageChange(network_id=network_id, business_id=business_id, stage=stage, changed_on=on))


def stage_changes(session: Session) -> Sequence[tuple[date, int, str]]:
    """(day, business, stage) of all partnerships, in the order in which it happened; "" is taken back."""
    query = select(StageChange).order_by(StageChange.changed_on, StageChange.id)
    return [(change.changed_on, change.business_id, change.stage) for change in session.scalars(query)]


def rooms(session: Session) -> Mapping[int, RoomTold]:
    """Business -> what a partner told us of working for our clients."""
    query = select(Partnership.business_id, Partnership.room, Partnership.languages)
    return {
        row.business_id: RoomTold(room=row.room, languages=None if row.languages is None else tuple(row.languages))
        for row in session.execute(query)
    }


def note_room(session: Session, business_id: int, told: RoomTold) -> None:
    """Keep what a partner told us of working for our clients; Conflict for one with whom there is no partnership."""
    if told.room is not None and not 0 <= told.room <= ROOM_MOST:
        raise Invalid("room", f"Please write how many clients they take at a time, from 0 to {ROOM_MOST}.")
    if any(not (len(code) == 2 and code.isalpha() and code.isascii()) for code in told.languages or ()):
        raise Invalid("languages", "Please choose the languages from the list.")
    standing = session.scalar(select(Partnership).where(Partnership.business_id == business_id))
    if standing is None:
        raise Conflict("Please open a partnership with them first.")
    standing.room = told.room
    standing.languages = None if told.languages is None else list(dict.fromkeys(told.languages))


def keep(session: Session, business_id: int) -> None:
    """Let no undone import take this business away, whoever brought it in."""
    if session.get(Kept, business_id) is None:
        with suppress(IntegrityError), session.begin_nested():  # another network has just done the same
            session.add(Kept(business_id=business_id))
