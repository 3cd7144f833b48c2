"""Queries on being coached: who sees our counts, the copy of their kit, their words, and the counts themselves."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.coached import NUDGES_UNREAD, NudgeCard
from matcher.coach_kit.content import content_hash
from matcher.errors import Conflict, NotFound
from matcher.facts import Coached, Nudge, Programme
from matcher.store import clock
from matcher.store.accounts import is_role, let_coach_in, let_coach_out

NO_COACH = "You have no coach."
ENOUGH = f"They have {NUDGES_UNREAD} notes of yours to read. Please wait until they have read some."


def present(session: Session) -> Coached | None:
    """The coach who sees the counts now, if there is one: a row alone, as a file may bring it back, lets nobody in."""
    told = session.scalars(select(Coached).where(Coached.ended_at.is_(None)).order_by(Coached.id))
    return next((one for one in told if is_role(session, one.network_id, one.account_id, "coach")), None)


def past(session: Session) -> list[Coached]:
    """Coaches who do not see the counts any more, the latest first."""
    return list(session.scalars(select(Coached).where(Coached.ended_at.is_not(None)).order_by(Coached.id.desc())))


def begin(session: Session, coached: Coached) -> None:
    """Let a coach see the counts; Conflict for a second one."""
    now = present(session)
    if now is not None:
        raise Conflict(f"{now.coach} is your coach already. Let them go first, on the page of your coach.")
    if coached.coach_network_id == coached.network_id:
        raise Conflict("This is your own invitation. Nobody is their own coach.")
    let_coach_in(session, coached.network_id, coached.account_id, coached.since_at)
    session.add(coached)


def end(session: Session, network_id: int, now: datetime) -> Coached:
    """Let the present coach see nothing any more; what they gave stays. NotFound when there is none."""
    coached = present(session)
    if coached is None:
        raise NotFound(NO_COACH)
    let_coach_out(session, network_id, coached.account_id)
    coached.ended_at = now
    return coached


# -- the copy of the kit -----------------------------------------------------------------------------
def programme(session: Session) -> Programme | None:
    """The programme that the owner goes through, if it has begun."""
    return session.scalar(select(Programme))


def take(session: Session, network_id: int, content: Mapping[str, Any], now: datetime) -> None:
    """Copy a kit into the owner's programme, which begins today unless it has begun."""
    own = programme(session)
    if own is None:
        own = Programme(network_id=network_id, started_on=clock.day_of(session, now))
        session.add(own)
    own.kit, own.kit_hash, own.taken_at, own.goal = dict(content), content_hash(content), now, content["goal"]


def sign(session: Session, signature: str) -> None:
    """Keep the installation's signature of the copy; NotFound when the coach was let go meanwhile."""
    coached = present(session)
    if coached is None:
        raise NotFound(NO_COACH)
    coached.signature = signature


def open_selling(session: Session, today: date) -> None:
    """Unlock what sells from today on, unless it is unlocked."""
    own = programme(session)
    if own is not None and (own.selling_from_on is None or own.selling_from_on > today):
        own.selling_from_on = today


# -- words of the coach ------------------------------------------------------------------------------
def nudge(session: Session, nudge: Nudge) -> None:
    """Keep a coach's words; Conflict when too many are unread."""
    unread = select(func.count()).select_from(Nudge).where(Nudge.read_at.is_(None))
    if session.scalars(unread).one() >= NUDGES_UNREAD:
        raise Conflict(ENOUGH)
    session.add(nudge)


def nudges(session: Session) -> tuple[NudgeCard, ...]:
    """All words of coaches, the newest first."""
    return tuple(
        NudgeCard(
            nudge_id=one.id,
            words=one.words,
            sent_on=clock.iso_day(session, one.sent_at),
            read_on=clock.iso_day(session, one.read_at),
        )
        for one in session.scalars(select(Nudge).order_by(Nudge.id.desc()))
    )


def read(session: Session, nudge_id: int, now: datetime) -> None:
    """Note that the owner has read a coach's words; NotFound for words that are not theirs."""
    found = session.scalar(select(Nudge).where(Nudge.id == nudge_id))
    if found is None:
        raise NotFound("There is no such note.")
    found.read_at = found.read_at or now


def last_nudge(session: Session, since_at: datetime) -> Nudge | None:
    """The latest words since a coach came; a coach hears nothing of those of another."""
    return session.scalar(select(Nudge).where(Nudge.sent_at >= since_at).order_by(Nudge.id.desc()).limit(1))
