"""Queries on what came of things with businesses: who said yes, sent somebody, closed, kept a promise."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import Outcome, Partnership
from matcher.store.partnerships import keep, set_stage

Happened = tuple[bool, date]  # whether it came true, and when


def note(session: Session, outcome: Outcome) -> int:
    """Keep one outcome and give its number; the business then stays whatever import is undone."""
    keep(session, outcome.business_id)
    session.add(outcome)
    session.flush()
    return outcome.id


def take_back(session: Session, outcome_id: int) -> int:
    """Take one outcome back, and give the number of its business."""
    outcome = session.scalar(select(Outcome).where(Outcome.id == outcome_id))
    if outcome is None:
        raise NotFound("There is no such note. It may have been taken back already.")
    session.delete(outcome)
    return outcome.business_id


def of_business(session: Session, business_id: int) -> Sequence[Outcome]:
    """All outcomes with one business, newest first."""
    query = select(Outcome).where(Outcome.business_id == business_id)
    return session.scalars(query.order_by(Outcome.happened_on.desc(), Outcome.id.desc())).all()


def by_business(session: Session) -> Mapping[int, Mapping[str, Sequence[Happened]]]:
    """Business -> kind of outcome -> what happened when, for all businesses with which anything did."""
    found: dict[int, dict[str, list[Happened]]] = defaultdict(lambda: defaultdict(list))
    query = select(Outcome.business_id, Outcome.kind, Outcome.came_true, Outcome.happened_on)
    for row in session.execute(query.order_by(Outcome.id)):
        found[row.business_id][row.kind].append((row.came_true, row.happened_on))
    return found


def answers(session: Session) -> Sequence[tuple[int, bool]]:
    """Who was asked and whether they said yes, oldest first."""
    query = select(Outcome.business_id, Outcome.came_true).where(Outcome.kind == "accept").order_by(Outcome.id)
    return [(row.business_id, row.came_true) for row in session.execute(query)]


def move_along(session: Session, network_id: int, business_id: int, stage: str, on: date) -> None:
    """Move a partnership along, and learn from it whether they said yes: once a courtship, whoever notes it first.

    Agreed is a yes; ended before anybody agreed is a no. A step taken back on the day it was taken never happened.
    """
    before = session.scalar(select(Partnership).where(Partnership.business_id == business_id))
    was, since = (before.stage, before.since_on) if before else ("", on)
    set_stage(session, network_id, business_id, stage, on)
    noted = [outcome for outcome in of_business(session, business_id) if outcome.kind == "accept"]
    if stage == "courted" and was in ("agreed", "ended") and since == on:
        wrong = next((a for a in noted if a.happened_on == on and a.came_true is (was == "agreed")), None)
        if wrong is not None:
            session.delete(wrong)
        return
    known = [a.came_true for a in noted if was != "courted" or a.happened_on >= since][:1]
    agreed = stage == "agreed" and was != stage and known != [True]
    declined = stage == "ended" and was == "courted" and not known
    if agreed or declined:
        answer = Outcome(
            network_id=network_id, business_id=business_id, kind="accept", came_true=agreed, happened_on=on
        )
        note(session, answer)
