"""Queries on referrals, given and received, and what became of them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.errors import NotFound
from matcher.facts import Referral
from matcher.store.partnerships import keep

RESULTS = ("open", "won", "done", "nowhere")  # of a referral; the last two close it


def add(session: Session, referral: Referral) -> int:
    """Keep a referral and give its number; of one introduction there is one in each direction."""
    if referral.introduction_id is not None:
        same = (Referral.introduction_id == referral.introduction_id, Referral.given.is_(referral.given))
        known = session.scalar(select(Referral.id).where(*same))
        if known is not None:
            return known
    if referral.business_id is not None:
        keep(session, referral.business_id)
    session.add(referral)
    session.flush()
    return referral.id


def note_result(session: Session, referral_id: int, result: str, value_cents: int | None, on: date) -> Referral:
    """Keep what became of a referral; done work, and what went nowhere, is closed on that day."""
    referral = find(session, referral_id)
    referral.result = result
    referral.value_cents = value_cents if value_cents is not None else referral.value_cents
    referral.closed_on = on if result in ("done", "nowhere") else None
    return referral


def find(session: Session, referral_id: int) -> Referral:
    """One referral; NotFound for one that the session's network does not have."""
    referral = session.scalar(select(Referral).where(Referral.id == referral_id))
    if referral is None:
        raise NotFound("There is no such referral.")
    return referral
