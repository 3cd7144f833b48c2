"""Introductions as the owner sees them, each with what to do next and what stands in the way; and as a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from matcher.answers.introduced import AskCard, IntroductionCard, IntroductionStage, ReportCard
from matcher.answers.whose import Somebody
from matcher.coach_kit.services import Added, name_of
from matcher.engine.cadence import standing_limits
from matcher.engine.introductions import Step, last_day_to_answer, next_step, stage_of
from matcher.facts import Ask, Introduction, Report
from matcher.introductions.acquainting import wanted
from matcher.lists.answer_lists import Cell, Sheet
from matcher.store import Session, clock, introductions, people, programmes

STAGE_WORDS: Mapping[IntroductionStage, str] = {
    "drafted": "Drafted",
    "first_asked": "First one asked",
    "target_asked": "Second one asked",
    "agreed": "Both said yes",
    "connected": "Introduced",
    "met": "Met",
    "referral": "Work agreed",
    "closed": "Closed",
    "declined": "Said no",
    "later": "Not now",
    "silent": "No answer",
    "withdrawn": "Withdrawn",
}


def cards(session: Session, today: date, introduction_id: int | None = None) -> Sequence[IntroductionCard]:
    """All introductions, the newest first, or one with what stands in its way; NotFound when there is no such one."""
    rows, courses = introductions.all_of(session, introduction_id), introductions.courses(session)
    found = people.look_up_all(session, {whose for one in rows for whose in introductions.sides(one)})
    asks, reports = introductions.asks_of(session), introductions.reports_of(session, introduction_id)
    added, made = programmes.added_services(session), []
    for one in rows:
        first, target = (found[whose] for whose in introductions.sides(one))
        step = next_step(courses[one.id], {"first": first.name, "target": target.name}, today)
        card = _card(one, (first, target), step, stage_of(courses[one.id], today), added)
        stops: tuple[str, ...] = ()
        if introduction_id is not None and step.act == "ask":
            stops = standing_limits(wanted(session, one, step.role), list(courses.values()), today)
        said = tuple(_ask(session, ask) for ask in asks.get(one.id, {}).values())
        told = tuple(_report(report) for report in reports.get(one.id, ()))
        made.append(replace(card, asks=said, reports=told, stops=stops))
    return made


def introduction_rows(found: Iterable[IntroductionCard]) -> Sheet:
    """Introductions with who said what."""
    heading = (
        *("Number", "Stage", "First", "Second", "About", "For us", "Drafted on"),
        *("First asked on", "First said", "Second asked on", "Second said"),
        *("Introduced on", "Met on", "Closed on", "Result", "Next"),
    )
    return heading, map(_row, found)


def introduction_paper(found: Iterable[IntroductionCard]) -> Sheet:
    """The same with what fits on paper."""
    return ("First", "Second", "About", "Stage", "Drafted on", "Next"), (
        (
            card.first.name,
            card.target.name,
            card.about,
            STAGE_WORDS[card.stage],
            card.drafted_on,
            card.next_sentence,
        )
        for card in found
    )


def _row(card: IntroductionCard) -> Sequence[Cell]:
    asks = {ask.role: ask for ask in card.asks}
    first, target = asks.get("first"), asks.get("target")
    return (
        card.introduction_id,
        STAGE_WORDS[card.stage],
        card.first.name,
        card.target.name,
        card.about,
        "yes" if card.for_us else "",
        card.drafted_on,
        first.asked_on if first else "",
        first.answer if first else "",
        target.asked_on if target else "",
        target.answer if target else "",
        card.connected_on,
        card.met_on,
        card.closed_on,
        card.result,
        card.next_sentence,
    )


def _card(
    one: Introduction, two: tuple[Somebody, Somebody], step: Step, stage: IntroductionStage, added: Added
) -> IntroductionCard:
    return IntroductionCard(
        introduction_id=one.id,
        for_us=one.for_us,
        stage=stage,
        first=two[0],
        target=two[1],
        need_id=one.need_id,
        service=one.service,
        about=name_of(one.service, added) if one.service else "",
        first_reason=one.first_reason,
        target_reason=one.target_reason,
        drafted_on=one.drafted_on.isoformat(),
        connected_on=_iso(one.connected_on),
        met_on=_iso(one.met_on),
        closed_on=_iso(one.closed_on),
        result=one.result,
        next_act=step.act,
        next_role=step.role,
        next_sentence=step.sentence,
    )


def _ask(session: Session, ask: Ask) -> AskCard:
    return AskCard(
        role=ask.role,  # type: ignore[arg-type]
        asked_on=ask.asked_on.isoformat(),
        ends_on=last_day_to_answer(ask.asked_on).isoformat(),
        reminded_on=_iso(ask.reminded_on),
        answer=ask.answer,
        answered_on=clock.iso_day(session, ask.answered_at),
        by_link=ask.by_link,
        words=ask.words,
    )


def _report(report: Report) -> ReportCard:
    return ReportCard(
        role=report.role,  # type: ignore[arg-type]
        asked_on=report.asked_on.isoformat(),
        outcome=report.outcome,
        value_cents=report.value_cents,
        stars=report.stars,
        words=report.words,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
