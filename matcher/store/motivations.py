"""Queries on what moves a business, or a person: what they want, and how they like to be thanked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matcher.answers.partners import WANTS_LENGTH, Profile, Reward
from matcher.answers.whose import Whose
from matcher.errors import Invalid, NotFound
from matcher.facts import Business, Motivation, Need, Person
from matcher.store import clock
from matcher.store.client_needs import OF_CLIENTS
from matcher.store.partnerships import keep
from matcher.taxonomy import taxonomy

NOBODY_TOLD = Profile()


def profile(session: Session, whose: Whose) -> Profile:
    """What moves somebody, as the session's network was told; all unknown when nobody told it."""
    _look_up(session, whose)
    found = _row(session, whose)
    return NOBODY_TOLD if found is None else _profile(found)


def by_business(session: Session) -> Mapping[int, Profile]:
    """What moves each business of which the session's network was told anything."""
    rows = session.scalars(select(Motivation).where(Motivation.business_id.is_not(None)))
    return {row.business_id: _profile(row) for row in rows if row.business_id is not None}


def save(
    session: Session, network_id: int, whose: Whose, told: Profile, at: datetime, *, forget: bool = False
) -> Profile:
    """Keep what moves somebody, and give what was kept; a profile that says nothing leaves nothing.

    Who once said never to send money is remembered until we are told to `forget` it.
    """
    _look_up(session, whose)
    _check(told, clock.day_of(session, at))
    row = _row(session, whose)
    kept = told if row is None or forget else replace(told, never_money=told.never_money or row.never_money)
    if kept.never_money and kept.reward == "money":
        kept = replace(kept, reward="")
    if row is not None and kept == NOBODY_TOLD:
        session.delete(row)
    if kept == NOBODY_TOLD:
        return kept
    if row is None:
        row = Motivation(network_id=network_id, business_id=whose.business_id, person_id=whose.person_id, edited_at=at)
        session.add(row)
        if whose.business_id is not None:
            keep(session, whose.business_id)
    _write(row, kept, at)
    return kept


def _write(row: Motivation, told: Profile, at: datetime) -> None:
    row.wants, row.wanted_markets = told.wants, list(told.wanted_markets)
    row.wants_to_grow, row.has_room = told.wants_to_grow, told.has_room
    row.vouch_share, row.reputation_share = told.vouch_share, told.reputation_share
    row.reward, row.never_money = told.reward, told.never_money
    row.asked_on = date.fromisoformat(told.asked_on) if told.asked_on else None
    row.edited_at = at


def open_needs(session: Session) -> Mapping[str, float]:
    """Service -> how many of our clients wait for it."""
    theirs = (Need.status == "open", OF_CLIENTS)
    query = select(Need.service, func.count(Need.id)).where(*theirs).group_by(Need.service)
    return {service: float(count) for service, count in session.execute(query)}


def _look_up(session: Session, whose: Whose) -> None:
    """NotFound for somebody whom the session's network cannot see."""
    query = select(Person.id).where(Person.id == whose.person_id)
    if whose.business_id is not None:
        query = select(Business.id).where(Business.id == whose.business_id)
    if session.scalar(query) is None:
        raise NotFound("There is no such business or person.")


def _row(session: Session, whose: Whose) -> Motivation | None:
    return session.scalar(
        select(Motivation).where(
            Motivation.business_id == whose.business_id
            if whose.business_id is not None
            else Motivation.person_id == whose.person_id
        )
    )


def _profile(row: Motivation) -> Profile:
    return Profile(
        wants=row.wants,
        wanted_markets=tuple(row.wanted_markets),
        wants_to_grow=row.wants_to_grow,
        has_room=row.has_room,
        vouch_share=row.vouch_share,
        reputation_share=row.reputation_share,
        reward=row.reward if row.reward in get_args(Reward) else "",  # type: ignore[arg-type]
        never_money=row.never_money,
        asked_on=row.asked_on.isoformat() if row.asked_on else "",
    )


def _check(told: Profile, today: date) -> None:
    """Invalid for what cannot be kept."""
    if len(told.wants) > WANTS_LENGTH:
        raise Invalid("wants", f"Please keep what they want under {WANTS_LENGTH} characters.")
    if not taxonomy().markets.keys() >= set(told.wanted_markets):
        raise Invalid("wanted_markets", "Please choose whom they want to meet from the list.")
    for name, share in (("vouch_share", told.vouch_share), ("reputation_share", told.reputation_share)):
        if share is not None and not 0 <= share <= 1:
            raise Invalid(name, "Please give a share from 0 to 1.")
    if told.reward not in get_args(Reward):
        raise Invalid("reward", "Please choose how they like to be thanked from the list.")
    if told.asked_on:
        try:
            future = date.fromisoformat(told.asked_on) > today
        except ValueError as error:
            raise Invalid("asked_on", "Please write the day as year-month-day, such as 2026-03-02.") from error
        if future:
            raise Invalid("asked_on", "This day is still to come. Please give the day on which you last asked.")
