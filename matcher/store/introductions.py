"""Queries on introductions: who was asked what, what they answered, and what became of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.introduced import REASON_CHARACTERS, Asked, Course, IntroductionTold, Role
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Ask, Introduction, Person, Referral, Report
from matcher.lines import few_lines
from matcher.store import client_needs, clock, limits, people
from matcher.store.partnerships import keep
from matcher.taxonomy import taxonomy


def add(session: Session, introduction: Introduction) -> int:
    """Keep a drafted introduction and give its number; Invalid for what cannot be one."""
    first, target = sides(introduction)
    if None not in (first.business_id, first.person_id) or first == Whose():
        raise Invalid("first", "Please choose one business or one person.")
    if None not in (target.business_id, target.person_id) or target == Whose():
        raise Invalid("target", "Please choose one business or one person.")
    people.check(session, (first, target))
    faces = faces_of(session)
    if faces.get(first, first) == faces.get(target, target):
        raise Invalid("target", "Please choose two who are not the same.")
    needed = client_needs.find_of_anybody(session, introduction.need_id).service if introduction.need_id else ""
    introduction.service = introduction.service or needed
    if introduction.service not in {"", needed, *taxonomy().services}:
        raise Invalid("service", "Please choose what it is about from the list.")
    for business_id in (first.business_id, target.business_id):
        if business_id is not None:
            keep(session, business_id)
    session.add(introduction)
    session.flush()
    return introduction.id


def of_told(network_id: int, told: IntroductionTold) -> dict[str, object]:
    """The columns of an introduction as it was told."""
    return {
        "network_id": network_id,
        "for_us": told.for_us,
        "first_business_id": told.first.business_id,
        "first_person_id": told.first.person_id,
        "target_business_id": told.target.business_id,
        "target_person_id": told.target.person_id,
        "need_id": told.need_id,
        "service": told.service,
        "first_reason": few_lines("first_reason", told.first_reason, REASON_CHARACTERS),
        "target_reason": few_lines("target_reason", told.target_reason, REASON_CHARACTERS),
    }


def find(session: Session, introduction_id: int) -> Introduction:
    """One introduction of the session's network; NotFound otherwise."""
    found = session.scalar(select(Introduction).where(Introduction.id == introduction_id))
    if found is None:
        raise NotFound("There is no such introduction.")
    return found


def open_most(session: Session, network_id: int) -> int:
    """How many introductions may be open at a time."""
    return limits.limit(session, network_id, "open_introductions").value


def sides(introduction: Introduction) -> tuple[Whose, Whose]:
    """The two who are to know each other, or who introduces and whom."""
    one = introduction
    return (
        Whose(one.first_business_id, one.first_person_id),
        Whose(one.target_business_id, one.target_person_id),
    )


def side(introduction: Introduction, role: Role) -> Whose:
    """Who has this part in it."""
    return sides(introduction)[role == "target"]


def faces_of(session: Session) -> Mapping[Whose, Whose]:
    """The face of a business -> the business: to ask one is to ask the other."""
    query = select(Person.id, Person.business_id).where(Person.business_id.is_not(None))
    return {Whose(person_id=row.id): Whose(business_id=row.business_id) for row in session.execute(query)}


def all_of(session: Session, introduction_id: int | None = None) -> Sequence[Introduction]:
    """All introductions, or one, the newest first."""
    query = select(Introduction).order_by(Introduction.id.desc())
    if introduction_id is not None:
        query = query.where(Introduction.id == find(session, introduction_id).id)
    return session.scalars(query).all()


def asks_of(session: Session) -> Mapping[int, Mapping[Role, Ask]]:
    """Introduction -> role -> how they were asked."""
    found: dict[int, dict[Role, Ask]] = defaultdict(dict)
    for ask in session.scalars(select(Ask).order_by(Ask.id)):
        found[ask.introduction_id][ask.role] = ask  # type: ignore[index]
    return found


def reports_of(session: Session, introduction_id: int | None = None) -> Mapping[int, Sequence[Report]]:
    """Introduction -> what we asked of what became of it, and heard."""
    query = select(Report).order_by(Report.id)
    if introduction_id is not None:
        query = query.where(Report.introduction_id == introduction_id)
    found: dict[int, list[Report]] = defaultdict(list)
    for report in session.scalars(query):
        found[report.introduction_id].append(report)
    return found


def courses(session: Session) -> Mapping[int, Course]:
    """Introduction -> all that happened with it, the newest first."""
    asks, faces = asks_of(session), faces_of(session)
    results: dict[int | None, set[str]] = defaultdict(set)
    for row in session.execute(select(Referral.introduction_id, Referral.result)):
        results[row.introduction_id].add(row.result)
    found = {}
    for one in all_of(session):
        whose = dict(zip(("first", "target"), sides(one), strict=True))
        found[one.id] = Course(
            introduction_id=one.id,
            for_us=one.for_us,
            asks=tuple(
                asked_of(session, ask, faces.get(whose[role], whose[role]))
                for role, ask in asks.get(one.id, {}).items()
            ),
            withdrawn_on=one.withdrawn_on,
            connected_on=one.connected_on,
            met_on=one.met_on,
            closed_on=one.closed_on,
            won=bool(results[one.id] & {"won", "done"}) or (one.result == "worked" and not results[one.id]),
        )
    return found


def asked_of(session: Session, ask: Ask, whose: Whose) -> Asked:
    """How somebody was asked, without their words."""
    return Asked(
        role=ask.role,  # type: ignore[arg-type]
        whose=whose,
        asked_on=ask.asked_on,
        reminded_on=ask.reminded_on,
        answer=ask.answer,
        answered_on=clock.day_of(session, ask.answered_at) if ask.answered_at else None,
    )


def find_ask(session: Session, introduction_id: int, role: Role) -> Ask | None:
    """How one side was asked; None as long as they were not."""
    return session.scalar(select(Ask).where(Ask.introduction_id == introduction_id, Ask.role == role))


def ask_of_link(session: Session, ask_id: int) -> Ask | None:
    """How somebody was asked who has a link."""
    return session.scalar(select(Ask).where(Ask.id == ask_id))


def report_of_link(session: Session, report_id: int) -> Report | None:
    """What somebody was asked who has a link."""
    return session.scalar(select(Report).where(Report.id == report_id))
