"""The steps of an introduction within one transaction, each held to the engine's rules.

The owner's chapter and the pages for people without an account both take these steps. Who writes in a network waits for
whoever is writing there (`store/tenancy.py`), so a limit that holds when it is looked at holds when the row is written.
"""

from datetime import datetime, timedelta

from matcher.answers.introduced import REPORT_DAYS, WORDS_CHARACTERS, Course, IntroductionTold, Reply, Role
from matcher.engine.cadence import Wanted, may_ask, may_remind
from matcher.engine.introductions import OPEN, is_waiting, last_day_to_answer, stage_of
from matcher.errors import Conflict, Invalid
from matcher.facts import Ask, Introduction, Report
from matcher.introductions.disclosing import ask_page
from matcher.knowledge import blurbs
from matcher.lines import few_lines
from matcher.store import Session, client_needs, clock, introductions, links, people

OVER = "They cannot answer any more. Draft it again when they may be asked again."


def draft(session: Session, network_id: int, told: IntroductionTold, now: datetime) -> int:
    """Keep an introduction that nobody was asked about yet, and give its number."""
    columns = introductions.of_told(network_id, told)
    columns["drafted_on"] = clock.day_of(session, now)
    return introductions.add(session, Introduction(**columns))  # type: ignore[arg-type]


def ask(session: Session, introduction_id: int, role: Role, now: datetime) -> str:
    """Ask one side, the first one first, and give the token of their link; Conflict says what stands in the way.

    Asked again while they can still answer, they get another link, and the one before stops working.
    """
    introduction, courses = introductions.find(session, introduction_id), introductions.courses(session)
    course = courses[introduction_id]
    standing, today = introductions.find_ask(session, introduction_id, role), clock.day_of(session, now)
    stage = stage_of(course, today)
    if standing is not None and stage in OPEN and is_waiting(course.ask(role), today):
        return issue(session, standing)
    if standing is not None or stage not in ("drafted", "first_asked"):
        raise Conflict("They have been asked already, or the introduction has ended.")
    first = course.ask("first")
    if role == "target" and (first is None or first.answer != "yes"):
        raise Conflict("Please ask the first one first, and wait for their yes.")
    if stop := may_ask(wanted(session, introduction, role), list(courses.values()), today):
        raise Conflict(stop)
    asked = Ask(network_id=introduction.network_id, introduction_id=introduction_id, role=role, asked_on=today)
    session.add(asked)
    session.flush()
    reader = people.look_up(session, introductions.side(introduction, role))
    asked.wording = blurbs.question(ask_page(session, introduction.network_id, asked), reader, "(a private link)").text
    return issue(session, asked)


def wanted(session: Session, introduction: Introduction, role: Role) -> Wanted:
    """Whom we would ask, as the limits see them."""
    whose = introductions.side(introduction, role)
    return Wanted(
        introduction_id=introduction.id,
        role=role,
        whose=introductions.faces_of(session).get(whose, whose),
        name=people.look_up(session, whose).name,
        introduces=introduction.for_us and role == "first",
        open_most=introductions.open_most(session, introduction.network_id),
    )


def remind(session: Session, introduction_id: int, role: Role, now: datetime) -> str:
    """Remind one side, once, and give the token of a new link; Conflict says what stands in the way."""
    introduction, course = _course(session, introduction_id)
    name = people.look_up(session, introductions.side(introduction, role)).name
    today = clock.day_of(session, now)
    asked = course.ask(role) if stage_of(course, today) in OPEN else None
    if stop := may_remind(name, asked, today):
        raise Conflict(stop)
    standing = introductions.find_ask(session, introduction_id, role)
    assert standing is not None
    standing.reminded_on = today
    return issue(session, standing)


def note_answer(
    session: Session, asked: Ask | None, answer: Reply, words: str, *, now: datetime, by_link: bool = False
) -> None:
    """Keep what somebody answered; Conflict when they cannot answer (any more). Their link works no more."""
    if answer not in ("yes", "no", "later"):
        raise Invalid("answer", "Please answer yes, no or not now.")
    if asked is None:
        raise Conflict("They have not been asked yet.")
    today, (_, course) = clock.day_of(session, now), _course(session, asked.introduction_id)
    if stage_of(course, today) not in OPEN or not is_waiting(course.ask(asked.role), today):  # type: ignore[arg-type]
        raise Conflict(OVER)
    asked.words = few_lines("words", words, WORDS_CHARACTERS)
    asked.answer, asked.answered_at, asked.by_link = answer, now, by_link
    if not by_link:
        links.close(session, asked.network_id, "ask", asked.id)


def withdraw(session: Session, introduction_id: int, now: datetime) -> None:
    """Take an introduction back before the two know of each other; links work no more, and nobody is told."""
    today, (introduction, course) = clock.day_of(session, now), _course(session, introduction_id)
    if stage_of(course, today) not in {"drafted", *OPEN}:
        raise Conflict("This introduction has ended, or they know of each other already.")
    introduction.withdrawn_on = today
    for asked in introductions.asks_of(session).get(introduction_id, {}).values():
        links.close(session, introduction.network_id, "ask", asked.id)


def connect(session: Session, introduction_id: int, now: datetime) -> None:
    """Keep that the two were made known to each other; Conflict as long as not both have said yes."""
    today, (introduction, course) = clock.day_of(session, now), _course(session, introduction_id)
    if stage_of(course, today) != "agreed":
        raise Conflict("Both have to say yes first.")
    introduction.connected_on = today
    partner = introduction.target_business_id or introduction.first_business_id
    if introduction.need_id is not None and partner is not None:
        need = client_needs.find_of_anybody(session, introduction.need_id)
        if need.status == "open" and need.service:
            client_needs.move(session, need, "introduced", partner, today)


def open_need(session: Session, introduction: Introduction) -> None:
    """Open the need again that `connect` handed on; one that was handed on otherwise stays."""
    if introduction.need_id is None:
        return
    need = client_needs.find_of_anybody(session, introduction.need_id)
    partner = introduction.target_business_id or introduction.first_business_id
    if (need.status, need.business_id, need.introduced_on) == ("introduced", partner, introduction.connected_on):
        client_needs.move(session, need, "open", None, introduction.drafted_on)


def ask_what_came(session: Session, introduction_id: int, role: Role, now: datetime) -> str:
    """Ask one side what became of it, and give the token of their link; the one before stops working."""
    introduction, today = known(session, introduction_id, now), clock.day_of(session, now)
    told = introductions.reports_of(session, introduction_id).get(introduction_id, ())
    report = next((one for one in told if one.role == role and not one.outcome), None)
    if report is None:
        report = Report(network_id=introduction.network_id, introduction_id=introduction_id, role=role, asked_on=today)
        session.add(report)
        session.flush()
    report.asked_on = today
    last_day = report.asked_on + timedelta(days=REPORT_DAYS)
    return links.issue(session, introduction.network_id, "report", report.id, last_day)


def known(session: Session, introduction_id: int, now: datetime) -> Introduction:
    """An introduction whose two know of each other; Conflict before, and when it is closed."""
    introduction, course = _course(session, introduction_id)
    if stage_of(course, clock.day_of(session, now)) not in ("connected", "met", "referral"):
        raise Conflict("They have to know of each other first, and it must not be closed.")
    return introduction


def _course(session: Session, introduction_id: int) -> tuple[Introduction, Course]:
    introduction = introductions.find(session, introduction_id)
    return introduction, introductions.courses(session)[introduction_id]


def issue(session: Session, asked: Ask) -> str:
    """A new link's token for somebody who was asked; the one before stops working."""
    return links.issue(session, asked.network_id, "ask", asked.id, last_day_to_answer(asked.asked_on))
