"""Who could take over when a referral that we gave went nowhere."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from matcher.answers.partners import BusinessCard, Suggestion
from matcher.answers.referred import Fallback, ReferralCard

STRANGER = "No partner yet, and the next best whom we would suggest."


def fallback_partners(
    agreed: Iterable[BusinessCard], cards: Sequence[ReferralCard], tried: Collection[int | None]
) -> list[Fallback]:
    """Partners who do the same, those first for whom more of our referrals worked out; without those tried."""
    won = Counter(one.business_id for one in cards if one.given and one.result in ("won", "done"))
    sent = Counter(one.business_id for one in cards if one.given)
    left = sorted(
        (one for one in agreed if one.business_id not in tried),
        key=lambda one: (-won[one.business_id], sent[one.business_id], one.name),
    )
    return [
        Fallback(
            business_id=one.business_id, name=one.name, sentence=_words(won[one.business_id], sent[one.business_id])
        )
        for one in left
    ]


def suggested(others: Iterable[Suggestion], known: Collection[int | None]) -> list[Fallback]:
    """Businesses that are no partners yet, as they are suggested."""
    return [
        Fallback(
            business_id=one.business_id,
            name=one.name,
            sentence=STRANGER,
        )
        for one in others
        if one.business_id not in known
    ]


def _words(won: int, sent: int) -> str:
    if not sent:
        return "Your partner for the same; you have sent them nobody yet."
    return f"Your partner for the same; {won} of the {sent} you sent them worked out."
