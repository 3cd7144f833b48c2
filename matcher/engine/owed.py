"""Which thanks are owed for a referral: at once, again when the work is done, and publicly where that is welcome.

The list of referrals and the agenda both go by `thanks_due`.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from matcher.answers.agenda import Passed
from matcher.answers.referred import ReferralCard, ThankDue, ThankKind

OVERDUE_DAYS: Mapping[ThankKind, int] = {  # after which thanks are late (prior); public ones never are
    "at_once": 2,  # a day to hear of it, a day to write
    "again": 7,  # after the work is done: a week in which the news is still news
}


def thanks_due(one: Passed, *, publicly: bool) -> Mapping[ThankKind, date]:
    """What we still owe the source of a referral, each from its day on; nothing for one that we gave.

    `publicly`: they said that public thanks are welcome. These wait for the work to be done.
    """
    if one.given:
        return {}
    due: dict[ThankKind, date] = {}
    if one.thanked_on is None:
        due["at_once"] = one.referred_on
    if one.result == "done" and one.thanked_again_on is None:
        due["again"] = one.closed_on or one.referred_on
    if one.result == "done" and publicly and one.thanked_publicly_on is None:
        due["publicly"] = one.closed_on or one.referred_on
    return due


def owed(card: ReferralCard, today: date, *, publicly: bool) -> tuple[ThankDue, ...]:
    """The same for a referral as its page shows it, and whether it is late."""
    return tuple(
        ThankDue(kind=kind, since=since.isoformat(), overdue=_is_late(kind, since, today))
        for kind, since in thanks_due(_passed(card), publicly=publicly).items()
    )


def _is_late(kind: ThankKind, since: date, today: date) -> bool:
    return kind in OVERDUE_DAYS and today > since + timedelta(days=OVERDUE_DAYS[kind])


def _passed(card: ReferralCard) -> Passed:
    return Passed(
        referral_id=card.referral_id,
        given=card.given,
        whose=card.whose,
        prospect=card.prospect,
        referred_on=date.fromisoformat(card.referred_on),
        result=card.result,
        closed_on=_day(card.closed_on),
        thanked_on=_day(card.thanked_on),
        thanked_again_on=_day(card.thanked_again_on),
        thanked_publicly_on=_day(card.thanked_publicly_on),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
