"""Queries on referrals, given and received, and what became of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.referred import ReferralCard, ThankKind
from matcher.answers.whose import Whose
from matcher.errors import NotFound
from matcher.facts import Introduction, Referral
from matcher.store import people, tasks
from matcher.store.partnerships import keep

RESULTS = ("open", "won", "done", "nowhere")  # of a referral; the last two close it


def add(session: Session, referral: Referral) -> int:
    """Keep a referral and give its number; of one introduction there is one in each direction."""
    if referral.introduction_id is not None:
        if session.scalar(select(Introduction.id).where(Introduction.id == referral.introduction_id)) is None:
            raise NotFound("There is no such introduction.")
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


def note_thanks(session: Session, referral_id: int, kind: ThankKind, on: date | None) -> None:
    """Keep on which day we said thank you for a referral; None takes it back."""
    referral = find(session, referral_id)
    if kind == "at_once":
        referral.thanked_on = on
    elif kind == "again":
        referral.thanked_again_on = on
    else:
        referral.thanked_publicly_on = on


def remove(session: Session, referral_id: int) -> None:
    """Take a referral back, as if nobody had told it; gifts for it stay, so that limits stay kept."""
    referral = find(session, referral_id)
    tasks.forget(session, f"referral:{referral_id}")
    session.delete(referral)


def find(session: Session, referral_id: int) -> Referral:
    """One referral; NotFound for one that the session's network does not have."""
    referral = session.scalar(select(Referral).where(Referral.id == referral_id))
    if referral is None:
        raise NotFound("There is no such referral.")
    return referral


def card(session: Session, referral_id: int) -> ReferralCard:
    """One referral as its page shows it."""
    return _cards(session, [find(session, referral_id)])[0]


def cards(session: Session) -> list[ReferralCard]:
    """All referrals, the newest first."""
    query = select(Referral).order_by(Referral.referred_on.desc(), Referral.id.desc())
    return _cards(session, list(session.scalars(query)))


def _cards(session: Session, rows: Sequence[Referral]) -> list[ReferralCard]:
    known = people.look_up_all(session, {Whose(row.business_id, row.person_id) for row in rows})
    names = {whose: somebody.name for whose, somebody in known.items()}
    return [_card(row, names.get(Whose(row.business_id, row.person_id), "")) for row in rows]


def _card(row: Referral, name: str) -> ReferralCard:
    return ReferralCard(
        referral_id=row.id,
        given=row.given,
        business_id=row.business_id,
        person_id=row.person_id,
        name=name,
        prospect=row.prospect,
        service=row.service,
        referred_on=row.referred_on.isoformat(),
        result=row.result,  # type: ignore[arg-type]
        value_cents=row.value_cents,
        closed_on=_iso(row.closed_on),
        because=row.because,
        asked_how=row.asked_how,  # type: ignore[arg-type]
        thanked_on=_iso(row.thanked_on),
        thanked_again_on=_iso(row.thanked_again_on),
        thanked_publicly_on=_iso(row.thanked_publicly_on),
        note=row.note,
        introduction_id=row.introduction_id,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
