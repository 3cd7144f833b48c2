"""The other end of `Introducing`: people without an account, who have nothing but the token of a link."""

from datetime import datetime

from matcher.answers.introduced import WORDS_CHARACTERS, AskPage, Reply, ReportPage, ReportTold
from matcher.engine.introductions import OPEN, is_waiting, stage_of
from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Ask, Rating, Report
from matcher.introductions.acquainting import note_answer
from matcher.introductions.disclosing import ask_page, may_rate, report_page
from matcher.introductions.outcome_told import note_came
from matcher.lines import few_lines
from matcher.store import Session, Store, clock, introductions, links, people
from matcher.units import now_utc

OUTCOMES = ("waiting", "met", "won", "done", "nowhere")


def read_ask(store: Store, token: str) -> AskPage:
    """What the page behind a link shows; NotFound, the same for a link that is wrong, used, withdrawn or too old."""
    now = now_utc()
    with store.session() as session:
        network_id = links.look_up(session, token, "ask", now).network_id
    with store.session(network_id) as session:
        return shown_ask(session, network_id, token, now)


def answer_ask(store: Store, token: str, answer: Reply, words: str = "") -> None:
    """Keep an answer and use the link up: all or nothing, and of several at once exactly one."""
    now = now_utc()
    with store.session() as session:
        network_id = links.look_up(session, token, "ask", now).network_id
    with store.session(network_id, writes=True) as session:
        kept_answer(session, token, answer, words, now=now_utc())


def read_report(store: Store, token: str) -> ReportPage:
    """What the page behind a link shows that asks what came of it; NotFound as for `read_ask`."""
    now = now_utc()
    with store.session() as session:
        target = links.look_up(session, token, "report", now)
    with store.session(target.network_id) as session:
        return report_page(session, target.network_id, _report(session, target.target_id))


def answer_report(store: Store, token: str, told: ReportTold) -> None:
    """Keep what came of it and use the link up: all or nothing, and of several at once exactly one."""
    now = now_utc()
    with store.session() as session:
        network_id = links.look_up(session, token, "report", now).network_id
    with store.session(network_id, writes=True) as session:
        kept_report(session, token, told, now=now_utc())


def shown_ask(session: Session, network_id: int, token: str, now: datetime) -> AskPage:
    """The same as `read_ask`, in a session of the network."""
    return ask_page(session, network_id, _waiting(session, links.look_up(session, token, "ask", now).target_id, now))


def kept_answer(session: Session, token: str, answer: Reply, words: str, *, now: datetime) -> None:
    """The same as `answer_ask`, in a session of the network that writes."""
    asked = _waiting(session, links.use_up(session, token, "ask", now).target_id, now)
    try:
        note_answer(session, asked, answer, words, now=now, by_link=True)
    except Conflict as over:
        raise NotFound(links.GONE) from over


def kept_report(session: Session, token: str, told: ReportTold, *, now: datetime) -> None:
    """The same as `answer_report`, in a session of the network that writes."""
    report = _report(session, links.use_up(session, token, "report", now).target_id)
    _check(told)
    introduction = introductions.find(session, report.introduction_id)
    first, target = introductions.sides(introduction)
    found = people.look_up_all(session, (first, target))
    reader, other = (first, target) if report.role == "first" else (target, first)
    report.outcome, report.value_cents, report.answered_at = told.outcome, told.value_cents, now
    report.words = few_lines("words", told.words, WORDS_CHARACTERS)
    if told.stars is not None and other.business_id is not None and may_rate(introduction, found[reader], found[other]):
        report.stars = told.stars
        rating = Rating(
            network_id=report.network_id,
            business_id=other.business_id,
            person_id=reader.person_id,
            report_id=report.id,
            stars=told.stars,
            words=report.words,
            rated_on=clock.day_of(session, now),
        )
        session.add(rating)
    note_came(session, introduction, told.outcome, told.value_cents, clock.day_of(session, now))


def _waiting(session: Session, ask_id: int, now: datetime) -> Ask:
    """How they were asked, when they can still answer; otherwise the link is as good as gone."""
    asked = introductions.ask_of_link(session, ask_id)
    course = introductions.courses(session).get(asked.introduction_id) if asked else None
    if asked is None or course is None or stage_of(course, clock.day_of(session, now)) not in OPEN:
        raise NotFound(links.GONE)
    if not is_waiting(course.ask(asked.role), clock.day_of(session, now)):  # type: ignore[arg-type]
        raise NotFound(links.GONE)
    return asked


def _report(session: Session, report_id: int) -> Report:
    report = introductions.report_of_link(session, report_id)
    if report is None:
        raise NotFound(links.GONE)
    return report


def _check(told: ReportTold) -> None:
    if told.outcome not in OUTCOMES:
        raise Invalid("outcome", "Please choose what came of it.")
    if told.stars is not None and told.stars not in range(1, 6):
        raise Invalid("stars", "Please give one to five stars.")
    if told.value_cents is not None and not 0 <= told.value_cents < 2**31:
        raise Invalid("value", "Please write what the work came to in dollars, such as 1200.")
