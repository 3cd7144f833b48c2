"""Which thanks are owed for a referral: at once, again when the work is done, and publicly where that is welcome."""

from datetime import date, timedelta

from matcher.answers.referred import ReferralCard, ThankDue

AT_ONCE_DAYS = 2  # after which the first thanks are overdue (prior: a day to hear of it, a day to write)
AGAIN_DAYS = 7  # after the work is done (prior: a week in which the news is still news)


def owed(card: ReferralCard, today: date, *, publicly: bool) -> tuple[ThankDue, ...]:
    """What we still owe the source of a referral; nothing for one that we gave.

    `publicly`: they said that public thanks are welcome. These never become overdue, and wait for the work to be done.
    """
    if card.given:
        return ()
    due = []
    if not card.thanked_on:
        due.append(_due("at_once", card.referred_on, today, AT_ONCE_DAYS))
    if card.result == "done" and not card.thanked_again_on:
        due.append(_due("again", card.closed_on or card.referred_on, today, AGAIN_DAYS))
    if card.result == "done" and publicly and not card.thanked_publicly_on:
        due.append(ThankDue(kind="publicly", since=card.closed_on or card.referred_on, overdue=False))
    return tuple(due)


def _due(kind: str, since: str, today: date, days: int) -> ThankDue:
    overdue = today > date.fromisoformat(since) + timedelta(days=days)
    return ThankDue(kind=kind, since=since, overdue=overdue)  # type: ignore[arg-type]
