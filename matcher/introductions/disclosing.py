"""What each side of an introduction sees of the other: the least until both have said yes."""

from datetime import timedelta

from matcher.answers.introduced import REPORT_DAYS, AskPage, ReportPage
from matcher.answers.whose import Somebody
from matcher.coach_kit.services import Added, name_of
from matcher.engine.introductions import last_day_to_answer
from matcher.engine.words import article, running
from matcher.errors import NotFound
from matcher.facts import Ask, Introduction, Report
from matcher.store import Session, businesses, introductions, links, people, programmes
from matcher.taxonomy import taxonomy


def ask_page(session: Session, network_id: int, ask: Ask) -> AskPage:
    """What somebody sees who is asked.

    A client sees the partner's business, its trade and town; a business sees the need or trade and the town, and no
    name; whoever is to introduce us sees whom we want to meet. Nothing on it depends on what the other one answered.
    """
    introduction = introductions.find(session, ask.introduction_id)
    reader, other = _both(session, introduction, ask.role)
    introduces = introduction.for_us and ask.role == "first"
    wants_you = introduction.for_us and ask.role == "target"
    named = introduces or (reader.whose.person_id is not None and other.whose.business_id is not None)
    needs = _needs(introduction, other)
    return AskPage(
        business=asker(session, network_id),
        introduces=introduces,
        wants_you=wants_you,
        other=other.name if named and not wants_you else "",
        what="" if wants_you else _what(introduction.service, other, programmes.added_services(session)),
        place="" if wants_you else other.place,
        needs=needs,
        reason=introduction.first_reason if ask.role == "first" else introduction.target_reason,
        ends_on=last_day_to_answer(ask.asked_on).isoformat(),
    )


def report_page(session: Session, network_id: int, report: Report) -> ReportPage:
    """What somebody sees who is asked what became of an introduction."""
    introduction = introductions.find(session, report.introduction_id)
    business = asker(session, network_id)
    reader, other = _both(session, introduction, report.role)
    return ReportPage(
        business=business,
        other=business if introduction.for_us and report.role == "target" else other.name,
        rates=may_rate(introduction, reader, other),
        ends_on=(report.asked_on + timedelta(days=REPORT_DAYS)).isoformat(),
    )


def may_rate(introduction: Introduction, reader: Somebody, other: Somebody) -> bool:
    """Whether they may give stars: a client about a partner."""
    return not introduction.for_us and reader.whose.person_id is not None and other.whose.business_id is not None


def asker(session: Session, network_id: int) -> str:
    """The name under which the owner is known."""
    home = businesses.home(session, network_id)
    if home is None:
        raise NotFound(links.GONE)
    return home.name


def _both(session: Session, introduction: Introduction, role: str) -> tuple[Somebody, Somebody]:
    """The reader and the other."""
    first, target = introductions.sides(introduction)
    found = people.look_up_all(session, (first, target))
    if not {first, target} <= found.keys():
        raise NotFound(links.GONE)
    return (found[first], found[target]) if role == "first" else (found[target], found[first])


def _needs(introduction: Introduction, other: Somebody) -> bool:
    """Whether the other is a person who needs what it is about; one who offers just that does not."""
    about = introduction.service
    return other.whose.person_id is not None and not introduction.for_us and bool(about) and about not in other.services


def _what(service: str, other: Somebody, added: Added) -> str:
    """What the other needs or does, with its article; "" when nobody has told us."""
    of_business = other.whose.business_id is not None
    offered = next((code for code in other.services if code in taxonomy().services), "")
    told = service if not of_business or service in other.services else offered
    return article(running(name_of(told, added))) if told else ""
