"""Queries on what people were given as thanks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.answers.thanked import GiftCard
from matcher.answers.whose import Whose
from matcher.errors import NotFound
from matcher.facts import Gift, Network
from matcher.store.partnerships import keep


def add(session: Session, gift: Gift) -> int:
    """Keep a gift and give its number."""
    if gift.business_id is not None:
        keep(session, gift.business_id)
    session.add(gift)
    session.flush()
    return gift.id


def of(session: Session, whose: Whose) -> Sequence[GiftCard]:
    """All that somebody was given, the newest first."""
    theirs = (
        Gift.business_id == whose.business_id if whose.business_id is not None else Gift.person_id == whose.person_id
    )
    rows = session.scalars(select(Gift).where(theirs).order_by(Gift.given_on.desc(), Gift.id.desc()))
    return [
        GiftCard(
            gift_id=row.id,
            reward=row.reward,  # type: ignore[arg-type]
            value_cents=row.value_cents,
            given_on=row.given_on.isoformat(),
            note=row.note,
            referral_id=row.referral_id,
        )
        for row in rows
    ]


def remove(session: Session, gift_id: int) -> Whose:
    """Take back that something was given, and say to whom it was."""
    row = session.scalar(select(Gift).where(Gift.id == gift_id))
    if row is None:
        raise NotFound("There is no such gift.")
    whose = Whose(row.business_id, row.person_id)
    session.delete(row)
    return whose


def one_at_a_time(session: Session, network_id: int) -> None:
    """Let no other gift of this network be noted until this session ends, so that no two pass a limit together."""
    session.get_one(Network, network_id, with_for_update=True, populate_existing=True)
