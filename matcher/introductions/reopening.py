"""Steps of an introduction taken back: a withdrawal, an answer noted by mistake, and that the two know of each other.

What somebody answered themselves is theirs, and stays. Links that were closed come back as new ones.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from matcher.answers.introduced import ROLES, Course, Reissued, Role
from matcher.engine.cadence import may_reopen
from matcher.engine.introductions import OPEN, is_waiting, stage_of
from matcher.errors import Conflict
from matcher.facts import Introduction
from matcher.introductions.acquainting import issue, open_need, wanted
from matcher.store import Session, clock, introductions

TOO_LATE = "It is too late to take this back: they cannot answer any more. Draft it again when they may be asked again."


def take_withdrawal_back(session: Session, introduction_id: int, now: datetime) -> Reissued | None:
    """Go on with an introduction that was withdrawn, and give the new link of whoever can still answer, if anybody."""
    introduction = introductions.find(session, introduction_id)
    if introduction.withdrawn_on is None:
        raise Conflict("This introduction is not withdrawn.")
    course = replace(introductions.courses(session)[introduction_id], withdrawn_on=None)
    _check(session, introduction, course, now)
    introduction.withdrawn_on = None
    waiting = next((role for role in ROLES if is_waiting(course.ask(role), clock.day_of(session, now))), None)
    return _reissued(session, introduction_id, waiting) if waiting else None


def take_answer_back(session: Session, introduction_id: int, role: Role, now: datetime) -> Reissued:
    """Forget an answer that the owner noted, as if they had not answered yet, and give their new link."""
    introduction = introductions.find(session, introduction_id)
    asked = introductions.find_ask(session, introduction_id, role)
    if asked is None or not asked.answer or asked.by_link:
        raise Conflict("Only an answer that you noted yourself can be taken back.")
    before = introductions.courses(session)[introduction_id]
    if role == "first" and before.ask("target") is not None:
        raise Conflict("The other one was asked since. Withdraw the introduction instead.")
    if before.withdrawn_on or before.connected_on:
        raise Conflict("This introduction is withdrawn, or they know of each other already.")
    asks = (replace(one, answer="", answered_on=None) if one.role == role else one for one in before.asks)
    course = replace(before, asks=tuple(asks))
    if not is_waiting(course.ask(role), clock.day_of(session, now)):
        raise Conflict(TOO_LATE)
    _check(session, introduction, course, now)
    asked.answer, asked.answered_at, asked.words = "", None, ""
    return _reissued(session, introduction_id, role)


def take_connection_back(session: Session, introduction_id: int, now: datetime) -> None:
    """Let two not know of each other yet, while nobody was asked what came of it; a need that went along is open."""
    introduction = introductions.find(session, introduction_id)
    before = introductions.courses(session)[introduction_id]
    if stage_of(before, clock.day_of(session, now)) != "connected":
        raise Conflict("They do not know of each other yet, or something came of it already.")
    if introductions.reports_of(session, introduction_id):
        raise Conflict("They were asked since what came of it.")
    _check(session, introduction, replace(before, connected_on=None), now)
    open_need(session, introduction)
    introduction.connected_on = None


def _check(session: Session, introduction: Introduction, course: Course, now: datetime) -> None:
    """Conflict when it cannot go on, or when others have been asked since and a limit stands in the way."""
    if stage_of(course, clock.day_of(session, now)) not in {"drafted", *OPEN}:
        raise Conflict(TOO_LATE)
    for stop in _stops(session, introduction, course, now):
        raise Conflict(stop)


def _stops(session: Session, introduction: Introduction, course: Course, now: datetime) -> Iterable[str]:
    every = list(introductions.courses(session).values())
    for asked in course.asks:
        if stop := may_reopen(wanted(session, introduction, asked.role), every, clock.day_of(session, now)):
            yield stop


def _reissued(session: Session, introduction_id: int, role: Role) -> Reissued:
    asked = introductions.find_ask(session, introduction_id, role)
    assert asked is not None
    return Reissued(role=role, token=issue(session, asked))
