"""The give-first programme: its weeks, who could be connected this week and why, and from when one may sell.

Two of the list fit when one lacks what the other offers. They rank by four shares, each 0-1 (weights are priors):

worth = .4 tie of whom we know less + .3 same place + .2 what they serve is what the first is + .1 heard lately
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from matcher.answers.introduced import Course
from matcher.answers.programme import (
    DAYS_LOCKED,
    Brought,
    Connection,
    Connections,
    Followed,
    Lack,
    Listed,
    Lock,
    Step,
)
from matcher.answers.whose import Whose
from matcher.coach_kit.services import NOTHING_ADDED, Added, name_of
from matcher.engine.cadence import LIMITS, OWNER_OPEN, Wanted, enough_at_a_time
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.introductions import is_open
from matcher.engine.ties import level
from matcher.engine.words import article, counted, running
from matcher.taxonomy import read_rows, taxonomy
from matcher.units import distance_km

TIE = Constant(0.4, "Weight of how well the owner knows the one of the two whom they know less.", PRIOR)
NEAR = Constant(0.3, "Weight of being in the same place.", PRIOR)
FITS = Constant(0.2, "Weight of the one serving such people as the other is.", PRIOR)
FRESH = Constant(0.1, "Weight of a lack that was heard lately.", PRIOR)
NEAR_KM = Constant(25.0, "Distance in km up to which two are in the same place.", PRIOR)
FRESH_DAYS = Constant(90.0, "Days after which a lack counts half as fresh.", PRIOR)
PARTNER = Constant(0.3, "Tie with an agreed partner of whom nobody told how well the owner knows them.", PRIOR)
A_WEEK = 3  # connections; who is asked for more asks badly (prior)
AGAIN_DAYS = 30  # for which whoever was in a draft is left alone, as after an ask (prior)
WEEK_DAYS = 7
NOBODY_LACKS = "Nobody on your list lacks what somebody else offers, as far as you told us. Tag more people."
ALL_MET = "Whoever on your list lacks what somebody else offers has been introduced already. Tag more people."
LEFT_ALONE = "Nobody is named twice, and whoever was asked lately is left alone. Tag more people to find others."


# -- the weeks ---------------------------------------------------------------------------------------
def steps_of(kit: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a coach's kit, or those of `data/taxonomy/programme.csv` when it has none, by week."""
    rows: Sequence[Mapping[str, Any]] = kit.get("steps") or read_rows("programme.csv")
    steps = [
        Step(
            week=int(row["week"]),
            title=str(row["title"]),
            minutes=int(row["minutes"]),
            do=str(row["do"]),
            words=str(row.get("words") or ""),
        )
        for row in rows
    ]
    return tuple(sorted(steps, key=lambda step: step.week))


def days_locked(kit: Mapping[str, Any]) -> int:
    """Days from the first on which nothing is sold."""
    days = kit.get("days_locked")
    return DAYS_LOCKED if days is None else int(days)


def week_of(started_on: date, today: date, last: int) -> int:
    """The week of the programme that a day lies in, from 1; 0 before, the last one after."""
    return 0 if today < started_on else min((today - started_on).days // WEEK_DAYS + 1, last)


def is_finished(started_on: date, today: date, last: int) -> bool:
    """Whether a day lies behind the last week."""
    return today >= begins_on(started_on, last + 1)


def begins_on(started_on: date, week: int) -> date:
    """The first day of a week."""
    return started_on + timedelta(days=WEEK_DAYS * (week - 1))


def lock_of(followed: Followed | None, today: date) -> Lock | None:
    """That selling tools are closed on a day; None when they are open, as they are for whoever has no programme."""
    if followed is None or not followed.started_on <= today < followed.opens_on:
        return None
    day = f"{followed.opens_on.day} {followed.opens_on:%B %Y}"
    sentence = f"You give first until {day}. This opens then, or earlier when it is opened under Programme."
    return Lock(opens_on=followed.opens_on, sentence=sentence)


# -- who could be connected ----------------------------------------------------------------------------
def connections(
    everybody: Sequence[Listed],
    brought: Sequence[Brought],
    courses: Sequence[Course],
    today: date,
    most_open: int = OWNER_OPEN,
    *,
    added: Added = NOTHING_ADDED,
) -> Connections:
    """The connections of a day, at most three: nobody twice, nobody who may not be asked, nobody met lately.

    No more are shown than may still be opened, so that none is drafted that has to wait; `most_open` at a time.
    What a kit added is named as the kit names it.
    """
    free = most_open - sum(is_open(course, today) for course in courses)
    together = {one.two for one in brought if one.alive}
    seen_to = {one.need_id for one in brought if one.alive}
    fitting = list(_pairs(everybody))
    unmet = [two for two in fitting if two[1].need_id not in seen_to and _unmet(two, together)]
    resting = _resting(brought, courses, today)
    pairs = [two for two in unmet if resting.isdisjoint((two[0].same_as, two[2].same_as))]
    ranked = sorted(pairs, key=lambda two: (-_worth(two, today), two[1].heard_on, two[0].name, two[2].name))
    chosen = _apart(ranked, max(0, min(A_WEEK, free)))
    return Connections(
        shown=tuple(_connection(two, added) for two in chosen),
        possible=len(pairs),
        sentence=_why_no_more(len(chosen), free, fitting=len(fitting), unmet=len(unmet)),
    )


Pair = tuple[Listed, Lack, Listed]  # who lacks what, and who offers it


def _pairs(everybody: Sequence[Listed]) -> Iterable[Pair]:
    offering: dict[str, list[Listed]] = {}
    for one in everybody:
        for service in one.offers:
            offering.setdefault(service, []).append(one)
    for one in everybody:
        for lack in one.lacks:
            yield from ((one, lack, other) for other in offering.get(lack.service, ()) if other.same_as != one.same_as)


def _resting(brought: Sequence[Brought], courses: Sequence[Course], today: date) -> set[Whose]:
    """Who was in a draft lately, and in whose way of being asked a limit stands."""
    drafted = {whose for one in brought if (today - one.drafted_on).days < AGAIN_DAYS for whose in one.two}
    theirs: dict[Whose, list[Course]] = {}
    for course in courses:
        for asked in course.asks:
            theirs.setdefault(asked.whose, []).append(course)
    limits = [limit for limit in LIMITS if limit is not enough_at_a_time]
    wanted = {whose: Wanted(introduction_id=0, role="first", whose=whose, name="") for whose in theirs}
    stopped = {whose for whose, own in theirs.items() if any(limit(wanted[whose], own, today) for limit in limits)}
    return drafted | stopped


def _unmet(two: Pair, together: set[frozenset[Whose]]) -> bool:
    return frozenset((two[0].same_as, two[2].same_as)) not in together


def _apart(ranked: Iterable[Pair], most: int) -> list[Pair]:
    """The first of them in which nobody stands twice."""
    chosen: list[Pair] = []
    for two in ranked:
        taken = {whose for one, _, other in chosen for whose in (one.same_as, other.same_as)}
        if len(chosen) < most and taken.isdisjoint((two[0].same_as, two[2].same_as)):
            chosen.append(two)
    return chosen


def _worth(two: Pair, today: date) -> float:
    one, lack, other = two
    fresh = 0.5 ** (max(0, (today - lack.heard_on).days) / FRESH_DAYS)
    tie = min(max(each.tie_share, PARTNER * each.agreed) for each in (one, other))
    return float(TIE * tie + NEAR * _near(one, other) + FITS * bool(one.is_in & other.serves) + FRESH * fresh)


def _near(one: Listed, other: Listed) -> bool:
    if None in (one.lat, one.lon, other.lat, other.lon):
        return bool(one.town) and one.town == other.town
    apart = distance_km(one.lat, one.lon, other.lat, other.lon)  # type: ignore[arg-type]
    return bool(apart <= NEAR_KM)


def _connection(two: Pair, added: Added) -> Connection:
    one, lack, other = two
    known = taxonomy()
    trade = article(running(name_of(lack.service, added)))
    said = f"“{lack.wording.rstrip('.')}”" if lack.wording else trade
    reasons = [f"You noted for {one.name}: {said}. {other.name} is {trade}."]
    if _near(one, other):
        reasons.append("They are in the same place.")
    if shared := sorted(one.is_in & other.serves):
        reasons.append(f"{other.name} serves {known.markets[shared[0]].name.lower()}, as {one.name} is.")
    reasons += [_known(each) for each in (one, other)]
    return Connection(
        first=one.whose,
        first_name=one.name,
        target=other.whose,
        target_name=other.name,
        need_id=lack.need_id,
        service=lack.service,
        wording=lack.wording,
        reasons=tuple(reasons),
        words=_words(lack, trade),
        first_reason="I know them, and I think that they can help. You owe nobody anything.",
        target_reason="I thought of you at once, and I would only pass your name on if you like.",
    )


def _known(one: Listed) -> str:
    if one.agreed and not one.tie_share:
        return f"{one.name} is your partner."
    return f"You know {one.name} {level(one.tie_share)}." if one.tie_share else f"How well do you know {one.name}?"


def _words(lack: Lack, trade: str) -> str:
    said = lack.wording.rstrip(".")
    about = f"You told me about this: {said}." if said else f"I heard that you need {trade}."
    return f"“{about} I know {trade} whom I like. Shall I ask whether they would talk to you? You owe nobody anything.”"


def _why_no_more(shown: int, free: int, *, fitting: int, unmet: int) -> str:
    if shown == A_WEEK:
        return ""
    if free <= 0:
        return "You have as many introductions open as you can look after. Finish or withdraw one first."
    if free < A_WEEK and shown == free:
        return f"You have room for {counted(free, 'more introduction')} beside those that are open."
    if not fitting:
        return NOBODY_LACKS
    return LEFT_ALONE if unmet else ALL_MET
