"""How far an introduction has come, worked out from what people were asked and answered; it is never stored."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from matcher.answers.introduced import ROLES, Asked, Course, IntroductionStage, Role

CLOSED_AT_DAYS = 14  # days after which an unanswered question is over (the project's limits on introductions)
REMINDED_AT_DAYS = 7  # days after which one may remind, once (the same)
OPEN: frozenset[IntroductionStage] = frozenset(("first_asked", "target_asked", "agreed"))
ENDED: frozenset[IntroductionStage] = frozenset(("closed", "declined", "later", "silent", "withdrawn"))


def is_silent(asked: Asked, today: date) -> bool:
    """Whether a question was not answered in time."""
    return not asked.answer and today >= asked.asked_on + timedelta(days=CLOSED_AT_DAYS)


def is_waiting(asked: Asked | None, today: date) -> bool:
    """Whether somebody was asked and can still answer."""
    return asked is not None and not asked.answer and not is_silent(asked, today)


def last_day_to_answer(asked_on: date) -> date:
    """The last day on the page: when it is over everywhere on Earth, the question is not yet silent."""
    return asked_on + timedelta(days=CLOSED_AT_DAYS - 2)


def answered(course: Course, answer: str) -> bool:
    """Whether one of the two gave this answer."""
    return any(one.answer == answer for one in course.asks)


def both_said_yes(course: Course) -> bool:
    """Whether both were asked and both said yes."""
    return [one.answer for one in course.asks] == ["yes", "yes"]


AFTER: Mapping[str, str] = {
    "connected": "{first} and {target} know of each other. Ask what came of it.",
    "met": "They have met. Ask whether work came of it.",
    "referral": "Work was agreed. Ask whether it is done.",
}
ENDINGS: Mapping[str, str] = {
    "closed": "It went well. Now say thank you.",
    "nowhere": "Nothing came of it. Thank them all the same, and think of somebody else.",
    "declined": "One of them said no. The other is not told. Think of somebody else.",
    "later": "One of them said not now. The other is not told.",
    "silent": "There was no answer in time. Let it rest.",
    "withdrawn": "You withdrew it. Nobody is told.",
}
Rule = Callable[[Course, date], bool]
STAGES: tuple[tuple[IntroductionStage, Rule], ...] = (  # the first that holds is the stage
    ("closed", lambda course, _: course.closed_on is not None),
    ("referral", lambda course, _: course.won),
    ("met", lambda course, _: course.met_on is not None),
    ("connected", lambda course, _: course.connected_on is not None),
    ("withdrawn", lambda course, _: course.withdrawn_on is not None),
    ("declined", lambda course, _: answered(course, "no")),
    ("later", lambda course, _: answered(course, "later")),
    ("silent", lambda course, today: any(is_silent(one, today) for one in course.asks)),
    ("agreed", lambda course, _: both_said_yes(course)),
    ("target_asked", lambda course, _: course.ask("target") is not None),
    ("first_asked", lambda course, _: course.ask("first") is not None),
)


def stage_of(course: Course, today: date) -> IntroductionStage:
    """How far an introduction has come on this day."""
    return next((stage for stage, holds in STAGES if holds(course, today)), "drafted")


def is_open(course: Course, today: date) -> bool:
    """Whether somebody was asked, and it has neither ended nor led to a meeting that we made possible."""
    return stage_of(course, today) in OPEN


class Step(NamedTuple):
    """What the owner does next: ask, wait, remind, connect, report or done; whom it is about, and a sentence."""

    act: str
    role: Role
    sentence: str


def next_step(course: Course, names: Mapping[Role, str], today: date) -> Step:
    """What the owner does next with an introduction."""
    stage, first, target = stage_of(course, today), names["first"], names["target"]
    if stage == "drafted":
        return Step("ask", "first", f"Ask {first} first.")
    if stage in ("first_asked", "target_asked"):
        return _while_asking(course, names, today)
    if stage == "agreed":
        return Step("connect", "first", "Both said yes. Make them known to each other now, while they are glad.")
    if stage in ("connected", "met", "referral"):
        return Step("report", "first", AFTER[stage].format(first=first, target=target))
    return Step("done", "first", ENDINGS[stage if stage != "closed" or course.won else "nowhere"])


def _while_asking(course: Course, names: Mapping[Role, str], today: date) -> Step:
    for role in ROLES:
        asked = course.ask(role)
        if asked is None:
            return Step("ask", role, f"{names['first']} said yes. Now ask {names[role]}.")
        if not asked.answer:
            until = last_day_to_answer(asked.asked_on)
            if asked.reminded_on is None and today >= asked.asked_on + timedelta(days=REMINDED_AT_DAYS):
                return Step("remind", role, f"{names[role]} has not answered for a week. You may remind them, once.")
            return Step("wait", role, f"Wait for {names[role]}. They can answer until {until.day} {until:%B}.")
    raise AssertionError("both have answered")
