"""Queries on tasks that are done or put off, on moments, and on being in touch."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, get_args

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matcher.answers.agenda import WORDING_CHARACTERS, MomentCard, MomentKind, TouchKind
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Ask, Moment, Referral, TaskMark, Touch
from matcher.lines import few_lines
from matcher.store import people
from matcher.store.partnerships import keep

# A rule whose task, when it is done, fills a column of the fact that it is about; undone, it empties it again.
FILLS: Mapping[str, tuple[type[Referral] | type[Ask], str]] = {
    "thank_now": (Referral, "thanked_on"),
    "thank_again": (Referral, "thanked_again_on"),
    "thank_publicly": (Referral, "thanked_publicly_on"),
    "remind": (Ask, "reminded_on"),
}


def find(session: Session, key: str) -> TaskMark | None:
    """The mark of a task, if there is one."""
    return session.scalar(select(TaskMark).where(TaskMark.key == key))


def do(session: Session, network_id: int, key: str, on: date) -> bool:
    """Keep that a task is done, and say whether that is news; twice does no harm."""
    mark = _mark(session, network_id, key)
    news = mark.done_on is None
    mark.done_on, mark.until_on = on, None
    fact, column = _filled(session, key)
    if fact is not None and getattr(fact, column) is None:
        setattr(fact, column, on)
    return news


def done(session: Session) -> frozenset[str]:
    """The keys of all tasks that are done."""
    return frozenset(session.scalars(select(TaskMark.key).where(TaskMark.done_on.is_not(None))))


def put_off(session: Session, network_id: int, key: str, until: date) -> None:
    """Keep that a task comes back on a day."""
    mark = _mark(session, network_id, key)
    mark.until_on = until


def undo(session: Session, key: str) -> date | None:
    """Take back that a task is done, and give that day; of one put off since, take back only that, and give None."""
    mark = find(session, key)
    if mark is None:
        return None
    if mark.done_on is not None and mark.until_on is not None:  # being done takes away that it was put off before
        mark.until_on = None
        return None
    fact, column = _filled(session, key)
    if fact is not None and mark.done_on is not None and getattr(fact, column) == mark.done_on:
        setattr(fact, column, None)
    session.delete(mark)
    session.flush()
    return mark.done_on


def forget(session: Session, about: str) -> None:
    """Forget all marks of tasks about a fact that is taken back, such as "sale:3".

    SQLite gives the number of a deleted row again, and nothing may count as done for another fact.
    """
    session.execute(delete(TaskMark).where(TaskMark.key.endswith(f":{about}")))


def hold(session: Session, network_id: int, about: str, instead: str, rules: Collection[str]) -> None:
    """Let tasks of these rules that were done about a fact count for somebody, such as "person:3", when it goes."""
    done = select(TaskMark).where(TaskMark.key.endswith(f":{about}"), TaskMark.done_on.is_not(None))
    for mark in session.scalars(done).all():
        rule = mark.key.partition(":")[0]
        if rule in rules:
            kept = _mark(session, network_id, f"{rule}:{instead}")
            kept.done_on = max(filter(None, (kept.done_on, mark.done_on)))


def owe_again(session: Session, key: str) -> None:
    """Let a task whose fact is open again come back; that it was put off stays."""
    session.execute(delete(TaskMark).where(TaskMark.key == key, TaskMark.done_on.is_not(None)))


def _mark(session: Session, network_id: int, key: str) -> TaskMark:
    mark = find(session, key)
    if mark is None:
        mark = TaskMark(network_id=network_id, key=key)
        session.add(mark)
    return mark


def _filled(session: Session, key: str) -> tuple[Any, str]:
    """The fact that a task is about and its column, where the task fills one."""
    rule, _, about = key.partition(":")
    if rule not in FILLS:
        return None, ""
    kind, column = FILLS[rule]
    return session.scalar(select(kind).where(kind.id == int(about.partition(":")[2]))), column


# -- moments and being in touch ----------------------------------------------------------------------
def note_moment(session: Session, network_id: int, whose: Whose, *, kind: MomentKind, wording: str, on: date) -> int:
    """Keep a moment that the owner confirmed, and give its number; the same twice is one."""
    if kind not in get_args(MomentKind):
        raise Invalid("kind", "Please choose what kind of moment it is.")
    _known(session, whose)
    words = " ".join(few_lines("wording", wording, WORDING_CHARACTERS).split())
    same = (Moment.kind == kind, Moment.wording == words, Moment.noticed_on == on)
    business = Moment.business_id.is_not_distinct_from(whose.business_id)
    person = Moment.person_id.is_not_distinct_from(whose.person_id)
    known = session.scalar(select(Moment.id).where(*same, business, person))
    if known is not None:
        return known
    moment = Moment(network_id=network_id, **whose._asdict(), kind=kind, wording=words, noticed_on=on)
    session.add(moment)
    session.flush()
    return moment.id


def moments(session: Session) -> tuple[MomentCard, ...]:
    """All moments, the newest first."""
    found = session.scalars(select(Moment).order_by(Moment.noticed_on.desc(), Moment.id.desc()))
    return tuple(
        MomentCard(
            moment_id=one.id,
            kind=one.kind,
            business_id=one.business_id,
            person_id=one.person_id,
            wording=one.wording,
            noticed_on=one.noticed_on.isoformat(),
        )
        for one in found
    )


def remove_moment(session: Session, moment_id: int) -> None:
    """Take a moment back, as if nobody had noticed it."""
    moment = session.scalar(select(Moment).where(Moment.id == moment_id))
    if moment is None:
        raise NotFound("There is no such moment.")
    forget(session, f"moment:{moment_id}")
    session.delete(moment)


def note_touch(session: Session, network_id: int, whose: Whose, kind: TouchKind, on: date) -> int:
    """Keep that we were in touch with somebody, and give the note's number."""
    if kind not in get_args(TouchKind):
        raise Invalid("kind", "Please say how you were in touch: call, message, letter or meeting.")
    _known(session, whose)
    touch = Touch(
        network_id=network_id, business_id=whose.business_id, person_id=whose.person_id, kind=kind, touched_on=on
    )
    session.add(touch)
    session.flush()
    return touch.id


def remove_touch(session: Session, touch_id: int) -> None:
    """Take back that we were in touch."""
    touch = session.scalar(select(Touch).where(Touch.id == touch_id))
    if touch is None:
        raise NotFound("There is no such note.")
    session.delete(touch)


def _known(session: Session, whose: Whose) -> None:
    """Hold on to somebody whom the network can see; NotFound for others."""
    people.look_up(session, whose)
    if whose.business_id is not None:
        keep(session, whose.business_id)
