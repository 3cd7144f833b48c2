"""Referrals and their sources as lists for a spreadsheet, and which of them a list is narrowed to."""

from collections.abc import Iterable

from matcher.answers.referred import ReferralCard, ReferralsWanted
from matcher.answers.sources import Source
from matcher.lists.answer_lists import Sheet
from matcher.names import fold
from matcher.taxonomy import taxonomy

EVERY = ReferralsWanted()
RESULTS = {"open": "open", "won": "won", "done": "work is done", "nowhere": "went nowhere"}
LEANINGS = {"even": "even", "we_give": "you", "they_give": "they"}
YES_NO = {True: "yes", False: "no", None: ""}
CAUSES = {
    "": "",
    "cannot": "They may not",
    "will_not": "They do not want to",
    "knows_not_how": "They do not know how",
    "no_occasion": "There is no occasion",
}
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
            None if card.value_cents is None else _dollars(card.value_cents),
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


def referral_paper(cards: Iterable[ReferralCard]) -> Sheet:
    """Referrals with what fits on paper."""
    heading = ("Direction", "From or to", "About", "Service", "Day", "What became of it", "Worth (USD)", "Thanked on")
    return heading, (
        (
            "given" if card.given else "received",
            card.name,
            card.prospect,
            _name(card.service),
            card.referred_on,
            RESULTS[card.result],
            None if card.value_cents is None else f"{card.value_cents / 100:,.0f}",
            card.thanked_on,
        )
        for card in cards
    )


def source_rows(rows: Iterable[Source]) -> Sheet:
    """A row for each source."""
    heading = (
        "Source",
        "Kind",
        "Grade",
        "Received",
        "Worth to you (USD)",
        "Given",
        "Worth to them (USD)",
        "Who gives more",
        "Weight today",
        "Last one on",
        "Refers",
        "Why not",
        "Times asked",
        "Contact every (days)",
        "Public thanks",
        "State or country",
        "Address for a letter",
    )
    return heading, (
        (
            row.name,
            row.kind,
            row.grade,
            row.received,
            _dollars(row.received_cents),
            row.given,
            _dollars(row.given_cents),
            LEANINGS[row.leaning],
            round(row.weight, 2),
            row.last_on,
            YES_NO[row.care.refers],
            CAUSES[row.care.why_not],
            row.care.asked_count,
            row.care.rhythm_days,
            YES_NO[row.care.thank_publicly],
            row.care.place,
            row.care.post_to,
        )
        for row in rows
    )


def _name(code: str) -> str:
    service = taxonomy().services.get(code)
    return service.name if service else code


def _dollars(cents: int) -> int | float:
    """Dollars to the cent, so that a file adds up to what its page says; whole ones without a point."""
    return cents / 100 if cents % 100 else cents // 100
