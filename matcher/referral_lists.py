"""Referrals as a list for a spreadsheet, and which of them a list is narrowed to."""

from collections.abc import Iterable

from matcher.answers.referred import ReferralCard, ReferralsWanted
from matcher.lists import Sheet
from matcher.names import fold
from matcher.taxonomy import taxonomy

EVERY = ReferralsWanted()
RESULTS = {"open": "open", "won": "won", "done": "work is done", "nowhere": "went nowhere"}
ASKED = {"": "", "unasked": "not asked", "soft": "gently", "direct": "directly", "written": "in writing"}


def narrowed(cards: Iterable[ReferralCard], to: ReferralsWanted) -> tuple[ReferralCard, ...]:
    """The referrals that are asked for, in the order given."""
    sought = fold(to.text)
    return tuple(
        card
        for card in cards
        if to.given in (None, card.given)
        and (not to.results or card.result in to.results)
        and to.asked_how in ("", card.asked_how)
        and (not to.owed or card.owed)
        and to.whose in (None, card.whose)
        and sought in fold(f"{card.name} {card.prospect}")
    )


def referral_rows(cards: Iterable[ReferralCard]) -> Sheet:
    """A row for each referral."""
    heading = (
        "Direction",
        "From or to",
        "About",
        "Service",
        "Day",
        "What became of it",
        "Worth (USD)",
        "Closed on",
        "Why they sent them",
        "How we asked",
        "Thanked on",
        "Thanked again on",
        "Thanked publicly on",
        "Thanks overdue",
        "Note",
    )
    return heading, (
        (
            "given" if card.given else "received",
            card.name,
            card.prospect,
            _name(card.service),
            card.referred_on,
            RESULTS[card.result],
            None if card.value_cents is None else round(card.value_cents / 100),
            card.closed_on,
            card.because,
            ASKED[card.asked_how],
            card.thanked_on,
            card.thanked_again_on,
            card.thanked_publicly_on,
            "yes" if any(due.overdue for due in card.owed) else "",
            card.note,
        )
        for card in cards
    )


def _name(code: str) -> str:
    service = taxonomy().services.get(code)
    return service.name if service else code
