"""The diary as it stood on a day: what came later is not known yet."""

from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from matcher.answers.agenda import Diary, Mark, Passed, Planned, Question
from matcher.answers.programme import Followed

Told = TypeVar("Told")
PLANS = frozenset({"meeting_on", "until"})  # days that may lie ahead when they are told


def known_on(diary: Diary, today: date) -> Diary:
    """The facts of `today` or before; a later day within a fact, such as that of the results, is not known."""
    return replace(
        diary,
        today=today,
        works=_told(diary.works, today),
        referrals=tuple(_open_again(one) for one in _told(diary.referrals, today)),
        moments=_told(diary.moments, today),
        contacts=_told(diary.contacts, today),
        introductions=tuple(_asked(one, today) for one in _told(diary.introductions, today)),
        proofs=_told(diary.proofs, today),
        ratings=_told(diary.ratings, today),
        stages=_told(diary.stages, today),
        marks={key: mark for key, mark in diary.marks.items() if not _later(mark, today)},
        programme=_begun(diary.programme, today),
    )


def _begun(programme: Followed | None, today: date) -> Followed | None:
    """The programme without the weeks that were kept later; as if there were none before its first day."""
    if programme is None or programme.started_on > today:
        return None
    return replace(programme, kept=tuple((week, on) for week, on in programme.kept if on <= today))


def _told(facts: tuple[Told, ...], today: date) -> tuple[Told, ...]:
    """Each fact has one day that it cannot be without; the others may be unknown."""
    found = []
    for fact in facts:
        days = {f.name: getattr(fact, f.name) for f in fields(fact) if f.name not in PLANS}  # type: ignore[arg-type]
        later = {name for name, day in days.items() if isinstance(day, date) and day > today}
        if not later & {f.name for f in fields(fact) if f.type is date}:  # type: ignore[arg-type]
            found.append(replace(fact, **dict.fromkeys(later)))  # type: ignore[type-var]
    return tuple(found)


def _open_again(referral: Passed) -> Passed:
    """A referral that is not closed yet is not done either."""
    closed = referral.result in ("done", "nowhere")
    return replace(referral, result="open") if closed and referral.closed_on is None else referral


def _asked(planned: Planned, today: date) -> Planned:
    return replace(planned, questions=tuple(_unanswered(one) for one in _told(planned.questions, today)))


def _unanswered(question: Question) -> Question:
    return question if question.answered_on else replace(question, answer="")


def _later(mark: Mark, today: date) -> bool:
    return mark.done_on is not None and mark.done_on > today
