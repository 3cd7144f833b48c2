"""Restraint in asking: whom we ask at all, from which day on, and never twice within a month."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from matcher.answers.agenda import Diary
from matcher.answers.whose import Whose
from matcher.engine.care_rules import whose_of
from matcher.engine.due import Due, Rule, after

QUIET_DAYS = 30  # after one ask of somebody, before the next


class Candidate(NamedTuple):
    """What a rule gave, with the rule."""

    rule: Rule
    due: Due

    @property
    def key(self) -> str:
        """The task's key."""
        return f"{self.rule.code}:{self.due.about}"


def asked_days(diary: Diary, asking: Iterable[str]) -> dict[Whose, date]:
    """Somebody -> the day on which we asked them last, for a referral or for an introduction; `asking`: rules."""
    codes = frozenset(asking)
    days = [
        (whose_of(diary, key), mark.done_on)
        for key, mark in diary.marks.items()
        if mark.done_on and key.split(":")[0] in codes
    ]
    days += [(asked.whose, asked.asked_on) for planned in diary.introductions for asked in planned.questions]
    found: dict[Whose, date] = {}
    for whose, on in days:
        if whose is not None and on is not None:
            found[whose] = max(on, found.get(whose, on))
    return found


def may_ask_from(diary: Diary, whose: Whose) -> date | None:
    """The day from which somebody may be asked for a referral; None: not now.

    Clients only after they confirmed the results of the last work that was done for them, and none who sends us people
    below the clients we want (C), since clients rarely refer up; nobody of whom we know that they never refer.
    """
    care, somebody = diary.care.get(whose), diary.people.get(whose)
    if (care is not None and care.refers is False) or (somebody is not None and somebody.grade == "C"):
        return None
    if whose.person_id is None:
        return date.min
    done = [work for work in diary.works if work.whose == whose and work.done_on]
    last = max(done, key=lambda work: (work.done_on or date.min, work.sale_id), default=None)
    return last.results_on if last else None


def restrained(candidates: Sequence[Candidate], diary: Diary, asked: dict[Whose, date], today: date) -> list[Candidate]:
    """The asks that may be made, at most one of each person, none within 30 days of the last (`asked`).

    Of several that are due the one that stands first among the rules goes; the others come back when it is done.
    """
    chosen: dict[Whose, tuple[tuple[date, int], Candidate]] = {}
    for position, (rule, due) in enumerate(candidates):
        open_from = may_ask_from(diary, due.whose)
        quiet = after(asked[due.whose], QUIET_DAYS) if due.whose in asked else date.min
        on = max(due.on, open_from or date.max, quiet)
        if open_from is None or faded(rule, due, on):
            continue
        rank = (max(on, today), position)
        if due.whose not in chosen or rank < chosen[due.whose][0]:
            chosen[due.whose] = (rank, Candidate(rule, replace(due, on=on)))
    return [one for _, one in chosen.values()]


def faded(rule: Rule, due: Due, on: date) -> bool:
    """Whether it is too late on this day for what was due."""
    return rule.fades_days is not None and (on - due.on).days > rule.fades_days
