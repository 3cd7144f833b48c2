"""Rules of the agenda on giving first: the steps of the programme, and a friendly word to three groups of people.

How many weeks lie between two such words stands in `data/taxonomy/drip.csv`.
Whoever has a rhythm of their own keeps it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from matcher.answers.agenda import Deal, Diary, Dripped
from matcher.answers.connected import OWNER
from matcher.engine.care_rules import last_contacts
from matcher.engine.due import Due, about_whose, after, day
from matcher.engine.programme import WEEK_DAYS, begins_on
from matcher.engine.words import counted
from matcher.taxonomy import read_rows

A_WEEK = 3  # words to one group within seven days, so that they fit into twenty minutes (prior)
STEP_FADES_DAYS = 6  # then the next week has begun


def programme_step(diary: Diary) -> Iterable[Due]:
    """Twenty minutes a week in which you give and sell nothing: people turn to those who were useful first."""
    programme = diary.programme
    if programme is None:
        return
    kept, numbers = dict(programme.kept), dict[int, int]()
    for step in programme.steps:
        number = numbers[step.week] = numbers.get(step.week, 0) + 1
        if step.week not in kept:
            yield Due(
                about=f"step:{step.week}:{number}",
                whose=OWNER,
                on=begins_on(programme.started_on, step.week),
                title=step.title,
                reason=f"Week {step.week}, {counted(step.minutes, 'minute')}. {step.do}",
                leads_to=("programme", step.week),
            )


def drip_no(diary: Diary) -> Iterable[Due]:
    """Send those who said no something useful now and then, and nothing to buy: a no today is no no for ever."""
    return _drip(diary, "no", "They said no to you once.")


def drip_cold(diary: Diary) -> Iterable[Due]:
    """Be of use to people before there is anything to talk about: they learn to open what comes from you."""
    return _drip(diary, "cold", "You have never talked about business.")


def drip_customers(diary: Diary) -> Iterable[Due]:
    """Show clients the same care after they bought as before: they stay with those who think of them."""
    return _drip(diary, "customers", "They are your client.")


def _drip(diary: Diary, group: str, because: str) -> Iterable[Due]:
    """One word to each in so many weeks, the longest waiting first, no more than a few in a week.

    Nobody in a group has to be written to on the first day: they are spread over the weeks in the order of the list.
    """
    if diary.programme is None:
        return []
    weeks, lately = weeks_between()[group], last_contacts(diary)
    theirs = [one for one in diary.drip if one.group == group and not _has_rhythm(diary, one)]
    waiting = []
    for place, one in enumerate(theirs):
        on, last = after(diary.programme.started_on, WEEK_DAYS * (1 + place // A_WEEK)), lately.get(one.whose)
        waiting.append((max(on, after(last, WEEK_DAYS * weeks)) if last else on, place))
    written = sum(_lately(diary, key, f"drip_{group}") for key in diary.marks)
    chosen = [(on, theirs[place]) for on, place in sorted(waiting)[: max(0, A_WEEK - written)]]
    return [_word(diary, one, on, _reason(because, lately.get(one.whose), weeks)) for on, one in chosen]


def _reason(because: str, last: date | None, weeks: int) -> str:
    since = f"You were last in touch on {day(last)}." if last else "There is no contact in your notes yet."
    return f"{because} {since} One word in {weeks} weeks is enough."


def _word(diary: Diary, one: Dripped, on: date, reason: str) -> Due:
    deal = fitting_deal(diary.deals, one.lacks, diary.today)
    return Due(
        about=about_whose(one.whose),
        whose=one.whose,
        on=on,
        title=f"A word to {one.name}, and nothing to sell",
        reason=reason,
        script=f"drip_{one.group}",
        words={"deal": deal_words(deal)} if deal else {},
    )


def fitting_deal(deals: Iterable[Deal], lacks: frozenset[str], today: date) -> Deal | None:
    """A deal that is on and answers what somebody lacks, else the one that ends first; None when none is on."""
    running = [one for one in deals if one.from_on <= today <= one.until_on]
    return min(running, key=lambda one: (one.services.isdisjoint(lacks), one.until_on, one.what), default=None)


def deal_words(deal: Deal) -> str:
    """A deal in one line: who offers what, until when."""
    return f"{deal.business}: {deal.what.rstrip('.')}, until {day(deal.until_on)}"


@cache
def weeks_between() -> Mapping[str, int]:
    """Group -> weeks between two words to somebody of it."""
    return {row["group"]: int(row["weeks"]) for row in read_rows("drip.csv")}


def _has_rhythm(diary: Diary, one: Dripped) -> bool:
    care = diary.care.get(one.whose)
    return care is not None and bool(care.rhythm_days)


def _lately(diary: Diary, key: str, rule: str) -> bool:
    done_on = diary.marks[key].done_on
    return key.startswith(f"{rule}:") and done_on is not None and (diary.today - done_on).days < WEEK_DAYS
