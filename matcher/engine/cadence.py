"""How often one may ask: hard limits, as one table of small functions that say what stands in the way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.answers.introduced import Asked, Course, Role
from matcher.answers.whose import Whose
from matcher.engine.introductions import CLOSED_AT_DAYS, REMINDED_AT_DAYS, is_open, is_silent, is_waiting
from matcher.engine.words import counted, times

# The project's limits on introductions; all are judgement, none was fitted.
OWNER_OPEN = 3  # introductions of one owner at a time, unless the owner has said otherwise
FAVOURS = 2  # asks of one introducer in so many days:
FAVOUR_DAYS = 30
QUIET_AFTER_NO_DAYS = 180
QUIET_AFTER_SILENCE_DAYS = 90  # from the day on which the question was over
QUIET_AFTER_LATER_DAYS = 30  # prior: the same as for a "later" of the owner's own


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whom we would ask, in which introduction and as what."""

    introduction_id: int
    role: Role
    whose: Whose
    name: str
    introduces: bool = False  # they would do us a favour
    open_most: int = OWNER_OPEN  # introductions that the owner wants to have open at a time


Courses = Sequence[Course]
Limit = Callable[[Wanted, Courses, date], str | None]


def enough_at_a_time(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """You have at most so many introductions open at a time as you have set, so that each gets your care."""
    others = [one for one in courses if one.introduction_id != wanted.introduction_id and is_open(one, today)]
    if len(others) < wanted.open_most:
        return None
    limit = f"Your limit is {wanted.open_most} at a time: finish or withdraw one, or change it in Settings."
    return f"You have {counted(len(others), 'introduction')} open. {limit}"


def one_at_a_time(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """Nobody is asked while another introduction of theirs is open, or within 14 days of a question withdrawn."""
    for course, asked in _of(wanted, courses):
        if course.introduction_id != wanted.introduction_id and is_open(course, today):
            return f"{wanted.name} is in another introduction that is still open."
        if course.introduction_id != wanted.introduction_id and is_waiting(asked, today):
            again = asked.asked_on + timedelta(days=CLOSED_AT_DAYS)
            return f"{wanted.name} was asked on {_day(asked.asked_on)}. You may ask again from {_day(again)}."
    return None


def favours_are_rare(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """Whoever introduces us is asked at most twice in 30 days."""
    if not wanted.introduces:
        return None
    after = today - timedelta(days=FAVOUR_DAYS)
    favours = [asked for course, asked in _of(wanted, courses) if course.for_us and asked.role == "first"]
    recent = sorted(asked.asked_on for asked in favours if asked.asked_on > after)
    if len(recent) < FAVOURS:
        return None
    again = recent[-FAVOURS] + timedelta(days=FAVOUR_DAYS)
    return f"{wanted.name} was asked {times(len(recent))} this month. You may ask again from {_day(again)}."


def quiet_after_a_no(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """After a no we do not ask for 180 days, after "not now" for 30."""
    for answer, days in (("no", QUIET_AFTER_NO_DAYS), ("later", QUIET_AFTER_LATER_DAYS)):
        said = [asked.answered_on for _, asked in _of(wanted, courses) if asked.answer == answer and asked.answered_on]
        until = max(said, default=date.min) + timedelta(days=days)
        if today < until:
            words = "said no" if answer == "no" else "said not now"
            return f"{wanted.name} {words}. You may ask again from {_day(until)}."
    return None


def quiet_after_silence(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """After a question without an answer we do not ask for 90 days."""
    over = [
        asked.asked_on
        for course, asked in _of(wanted, courses)
        if is_silent(asked, today) and not _cut_short(course, asked)
    ]
    until = max(over, default=date.min) + timedelta(days=CLOSED_AT_DAYS + QUIET_AFTER_SILENCE_DAYS)
    return f"{wanted.name} did not answer. You may ask again from {_day(until)}." if today < until else None


LIMITS: tuple[Limit, ...] = (
    enough_at_a_time,
    one_at_a_time,
    favours_are_rare,
    quiet_after_a_no,
    quiet_after_silence,
)


def standing_limits(wanted: Wanted, courses: Courses, today: date) -> tuple[str, ...]:
    """All that stands in the way of asking somebody, in sentences."""
    return tuple(sentence for limit in LIMITS if (sentence := limit(wanted, courses, today)))


def may_ask(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """The sentence that stops us from asking somebody; None when we may."""
    return next(iter(standing_limits(wanted, courses, today)), None)


def may_reopen(wanted: Wanted, courses: Courses, today: date) -> str | None:
    """The sentence that stops us from going on with somebody who was asked, when what ended it is taken back.

    That they were asked counts already, so only limits on what is open at a time can stand in the way.
    """
    return enough_at_a_time(wanted, courses, today) or one_at_a_time(wanted, courses, today)


def may_remind(name: str, asked: Asked | None, today: date) -> str | None:
    """The sentence that stops us from reminding somebody; None when we may, once, from the seventh day on."""
    if asked is None or not is_waiting(asked, today):
        return f"There is no question that {name} could still answer."
    if asked.reminded_on is not None:
        return f"{name} was reminded on {_day(asked.reminded_on)}. Once is enough."
    from_day = asked.asked_on + timedelta(days=REMINDED_AT_DAYS)
    return (
        f"{name} was asked on {_day(asked.asked_on)}. You may remind them from {_day(from_day)}."
        if today < from_day
        else None
    )


def _of(wanted: Wanted, courses: Courses) -> Iterator[tuple[Course, Asked]]:
    """Every time that they were asked, with the introduction it was for."""
    return ((course, asked) for course in courses for asked in course.asks if asked.whose == wanted.whose)


def _cut_short(course: Course, asked: Asked) -> bool:
    """Whether a question was withdrawn before its time was over: then nobody was silent."""
    return course.withdrawn_on is not None and course.withdrawn_on < asked.asked_on + timedelta(days=CLOSED_AT_DAYS)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
