"""Queries on how well two know each other, and on what else says that they have met."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from matcher.answers.connected import OWNER, TALKS_MOST, YEARS_MOST, KnownTie, TieTold
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Introduction, Person, Tie
from matcher.store import people
from matcher.store.partnerships import keep as keep_business


def check(told: TieTold) -> None:
    """Refuse figures that cannot be."""
    if told.years is not None and not 0 <= told.years <= YEARS_MOST:
        raise Invalid("years", f"Please write for how many years, from 0 to {YEARS_MOST}.")
    if told.contacts_a_year is not None and not 0 <= told.contacts_a_year <= TALKS_MOST:
        raise Invalid("contacts_a_year", f"Please say how often they talk a year, from 0 to {TALKS_MOST:,} times.")


def save(session: Session, network_id: int, one: Whose, other: Whose, told: TieTold, *, on: date) -> int:
    """Keep how well two know each other, in place of what was told before, and give the tie's number."""
    check(told)
    if one == other:
        raise Invalid("of", "Please choose two who are not the same.")
    first, second = sorted((one, other), key=_order)
    for whose in {first, second} - {OWNER}:
        people.look_up(session, whose)
        if whose.business_id is not None:
            keep_business(session, whose.business_id)
    tie = session.scalar(select(Tie).where(_from(first), _to(second)))
    if tie is None:
        tie = Tie(
            network_id=network_id,
            from_business_id=first.business_id,
            from_person_id=first.person_id,
            to_business_id=second.business_id,
            to_person_id=second.person_id,
            told_on=on,
        )
        session.add(tie)
    tie.years, tie.contacts_a_year, tie.told_on = told.years, told.contacts_a_year, on
    tie.worked_together, tie.would_vouch = told.worked_together, told.would_vouch
    session.flush()
    return tie.id


def forget(session: Session, tie_id: int) -> KnownTie:
    """Forget that two know each other, and give what was known; NotFound for a tie that the network does not have."""
    tie = session.scalar(select(Tie).where(Tie.id == tie_id))
    if tie is None:
        raise NotFound("There is no such tie.")
    gone = _known(tie)
    session.delete(tie)
    return gone


def every(session: Session, whose: Whose | None = None) -> list[KnownTie]:
    """All ties, or those of one business or person, in the order in which they were first told."""
    query = select(Tie).order_by(Tie.id)
    if whose is not None:
        query = query.where(or_(_from(whose), _to(whose)))
    return [_known(tie) for tie in session.scalars(query)]


def told_by_owner(session: Session, person_ids: Collection[int]) -> Mapping[int, TieTold]:
    """Person -> how well the owner says that they know each other."""
    query = select(Tie).where(_from(OWNER), Tie.to_person_id.in_(person_ids))
    return {tie.to_person_id or 0: _known(tie).told for tie in session.scalars(query)}


def faces(session: Session) -> Mapping[int, int]:
    """Person -> the business that they stand for."""
    query = select(Person.id, Business.id.label("business_id")).join(Business, Business.id == Person.business_id)
    return {row.id: row.business_id for row in session.execute(query)}


def introduced(session: Session) -> list[tuple[Whose, Whose]]:
    """Each two for whom there is an introduction that we did not withdraw, whatever came of it."""
    query = select(Introduction).where(Introduction.for_us.is_(False), Introduction.withdrawn_on.is_(None))
    return [
        (Whose(one.first_business_id, one.first_person_id), Whose(one.target_business_id, one.target_person_id))
        for one in session.scalars(query)
    ]


def _known(tie: Tie) -> KnownTie:
    return KnownTie(
        tie_id=tie.id,
        one=Whose(tie.from_business_id, tie.from_person_id),
        other=Whose(tie.to_business_id, tie.to_person_id),
        told=TieTold(
            years=tie.years,
            contacts_a_year=tie.contacts_a_year,
            worked_together=tie.worked_together,
            would_vouch=tie.would_vouch,
        ),
        told_on=tie.told_on,
    )


def _order(whose: Whose) -> tuple[bool, int, int]:
    """The owner first, then businesses, then people: so each two have one tie."""
    return whose.business_id is None and whose.person_id is not None, whose.business_id or 0, whose.person_id or 0


def _from(whose: Whose) -> ColumnElement[bool]:
    return and_(Tie.from_business_id == whose.business_id, Tie.from_person_id == whose.person_id)


def _to(whose: Whose) -> ColumnElement[bool]:
    return and_(Tie.to_business_id == whose.business_id, Tie.to_person_id == whose.person_id)
