"""Queries on the first six months: the programme that a network follows, its weeks, and deals of partners."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from matcher.answers import agenda
from matcher.answers.programme import DEAL_CHARACTERS, GOALS, NOTE_CHARACTERS, DealCard, DealTold
from matcher.coach_kit.services import NOTHING_ADDED, Added, added_by
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Deal, Partnership, Person, Programme, Week
from matcher.lines import few_lines
from matcher.store import businesses
from matcher.store.partnerships import keep

GIVERS = ("agreed", "courted")  # stages of the partners to whom one may send somebody
NONE_YET = "You have not begun the programme yet."


# -- the programme -----------------------------------------------------------------------------------
def find(session: Session) -> Programme | None:
    """The programme that the session's network follows."""
    return session.scalar(select(Programme))


def standing(session: Session) -> Programme:
    """The same; NotFound when it follows none."""
    found = find(session)
    if found is None:
        raise NotFound(NONE_YET)
    return found


def begin(session: Session, network_id: int, started_on: date, goal: int) -> None:
    """Keep that the programme begins on a day; told again, the day and the goal change and the weeks stay."""
    if goal not in GOALS:
        raise Invalid("goal", "Please choose a list of 100 or of 200 people.")
    found = find(session)
    if found is None:
        session.add(Programme(network_id=network_id, started_on=started_on, goal=goal))
    else:
        found.started_on, found.goal = started_on, goal


def stop(session: Session) -> None:
    """Forget that the programme was begun; which weeks were kept stays."""
    session.delete(standing(session))


def open_selling(session: Session, on: date | None) -> None:
    """Open selling tools from a day on; None takes that back, so that they open when the programme says."""
    standing(session).selling_from_on = on


def offering(session: Session, added: Added) -> Mapping[int, Sequence[str]]:
    """Business -> which of these services somebody there offers, as the owner's list says."""
    found: dict[int, list[str]] = defaultdict(list)
    placed = select(Person.business_id, Person.offers).where(Person.business_id.is_not(None))
    for row in session.execute(placed.order_by(Person.id)) if added else ():
        found[row.business_id] += [code for code in row.offers if code in added and code not in found[row.business_id]]
    return found


def added_services(session: Session) -> Added:
    """The services that the kit which the owner took adds to ours."""
    found = find(session)
    return added_by(found.kit) if found else NOTHING_ADDED


# -- weeks -------------------------------------------------------------------------------------------
def kept(session: Session) -> Sequence[Week]:
    """The weeks that were kept, the first one first."""
    return session.scalars(select(Week).order_by(Week.number)).all()


def keep_week(session: Session, week: Week) -> None:
    """Keep that a week was kept, in place of what was told of it before."""
    note = few_lines("note", week.note, NOTE_CHARACTERS)
    found = session.scalar(select(Week).where(Week.number == week.number))
    if found is None:
        session.add(week)
        week.note = note
    else:
        found.kept_on, found.minutes, found.note = week.kept_on, week.minutes, note


def forget_week(session: Session, number: int) -> None:
    """Take back that a week was kept; nothing happens when it was not."""
    found = session.scalar(select(Week).where(Week.number == number))
    if found is not None:
        session.delete(found)


# -- deals -------------------------------------------------------------------------------------------
def add_deal(session: Session, network_id: int, told: DealTold, today: date) -> int:
    """Keep what a partner offers, and give its number; Invalid for one that cannot be."""
    what, begins = " ".join(few_lines("what", told.what, DEAL_CHARACTERS).split()), told.from_on or today
    if not what:
        raise Invalid("what", "Please write what they offer, in one sentence.")
    if told.until_on < max(begins, today):
        raise Invalid("until", "Please write a last day that is not before the first day or over already.")
    card = businesses.card(session, told.business_id)
    if card.stage not in GIVERS:
        raise Invalid("business", "Please choose a partner of yours.")
    keep(session, told.business_id)
    days = (Deal.business_id == told.business_id, Deal.from_on == begins, Deal.until_on == told.until_on)
    same = session.scalar(select(Deal.id).where(*days, Deal.what == what))
    if same is not None:
        return same  # a form that was sent twice
    keep(session, told.business_id)
    deal = Deal(network_id=network_id, business_id=told.business_id, what=what, from_on=begins, until_on=told.until_on)
    session.add(deal)
    session.flush()
    return deal.id


def remove_deal(session: Session, deal_id: int) -> None:
    """Take a deal off the board."""
    found = session.scalar(select(Deal).where(Deal.id == deal_id))
    if found is None:
        raise NotFound("There is no such deal.")
    session.delete(found)


def all_deals(session: Session) -> tuple[agenda.Deal, ...]:
    """All deals of partners with their days, for the agenda of any day."""
    found = session.execute(_standing_deals()).all()
    offers = businesses.offers_of(session, [deal.business_id for deal, _ in found])
    return tuple(
        agenda.Deal(
            business=name,
            what=deal.what,
            from_on=deal.from_on,
            until_on=deal.until_on,
            services=frozenset(offers.get(deal.business_id, ())),
        )
        for deal, name in found
    )


def deals(session: Session, today: date) -> tuple[DealCard, ...]:
    """The deals that are on or will be, those that end first first; what is over is not shown any more."""
    query = _standing_deals().where(Deal.until_on >= today)
    found = session.execute(query.order_by(Deal.until_on, Deal.id)).all()
    offers = businesses.offers_of(session, [deal.business_id for deal, _ in found])
    return tuple(
        DealCard(
            deal_id=deal.id,
            business_id=deal.business_id,
            business=name,
            what=deal.what,
            from_on=deal.from_on.isoformat(),
            until_on=deal.until_on.isoformat(),
            services=tuple(offers.get(deal.business_id, ())),
            running=deal.from_on <= today,
        )
        for deal, name in found
    )


def _standing_deals() -> Select[Deal, str]:
    """Deals with the names of their partners, without those of whom one has parted from, or who pause."""
    stands = select(Partnership.business_id).where(Partnership.stage.in_(GIVERS))
    return (
        select(Deal, Business.name).join(Business, Business.id == Deal.business_id).where(Deal.business_id.in_(stands))
    )
