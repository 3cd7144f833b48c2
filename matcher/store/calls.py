"""Queries on open calls: which are open, how many clients have asked, and who answered."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.invited import TEXT_CHARACTERS, OpenCallCard
from matcher.errors import Invalid, NotFound
from matcher.facts import Need, OpenCall
from matcher.lines import few_lines, one_line
from matcher.store import applications, links
from matcher.store.client_needs import OF_CLIENTS
from matcher.taxonomy import taxonomy

PLACE_CHARACTERS = 100
YEAR = timedelta(days=365)


def open_call(session: Session, call: OpenCall) -> int:
    """Open a call and give its number; the same call twice is one. Invalid for what cannot be kept."""
    call.wording = few_lines("wording", call.wording, TEXT_CHARACTERS)
    call.place = one_line("place", call.place, PLACE_CHARACTERS)
    if call.service not in taxonomy().services:
        raise Invalid("service", "Please choose the service that you look for from the list.")
    same = (OpenCall.service == call.service, OpenCall.place == call.place, OpenCall.wording == call.wording)
    standing = select(OpenCall.id).where(*same, OpenCall.token != "", OpenCall.closes_on >= call.opened_on)
    if (number := session.scalar(standing)) is not None:
        return number
    session.add(call)
    session.flush()
    call.token = links.issue(session, call.network_id, "call", call.id, call.closes_on)
    return call.id


def find(session: Session, call_id: int) -> OpenCall:
    """One call of the session's network; NotFound otherwise."""
    found = session.scalar(select(OpenCall).where(OpenCall.id == call_id))
    if found is None:
        raise NotFound("There is no such call.")
    return found


def close(session: Session, call_id: int, on: date) -> None:
    """Let nobody answer a call any more; twice does no harm."""
    call = find(session, call_id)
    links.close(session, call.network_id, "call", call.id)
    call.token, call.closes_on = "", min(call.closes_on, on)


def cards(session: Session, today: date, call_id: int | None = None) -> tuple[OpenCallCard, ...]:
    """All calls, or one, with who answered; the newest first."""
    query = select(OpenCall).order_by(OpenCall.opened_on.desc(), OpenCall.id.desc())
    if call_id is not None:
        query = query.where(OpenCall.id == find(session, call_id).id)
    answers, asked = applications.cards(session), asked_for(session, today)
    return tuple(
        OpenCallCard(
            call_id=call.id,
            service=call.service,
            place=call.place,
            wording=call.wording,
            token=call.token,
            opened_on=call.opened_on.isoformat(),
            closes_on=call.closes_on.isoformat(),
            open=call.token != "" and call.closes_on >= today,
            asked=asked.get(call.service, 0),
            applications=tuple(answers.get(call.id, ())),
        )
        for call in session.scalars(query)
    )


def asked_for(session: Session, today: date) -> Mapping[str, int]:
    """Service -> how many of our clients have asked for it in the last year."""
    theirs = (Need.heard_on > today - YEAR, OF_CLIENTS)
    query = select(Need.service, func.count(Need.person_id.distinct())).where(*theirs)
    return {row[0]: row[1] for row in session.execute(query.group_by(Need.service))}
