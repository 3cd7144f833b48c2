"""How somebody may be thanked: what is fine, limited, to be asked first or refused, and what they were given."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.answers.partners import Reward

Verdict = Literal["fine", "limited", "ask", "refused"]
GIFT_NOTE_CHARACTERS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class WayToThank:
    """One kind of thanks, and whether it is safe."""

    reward: Reward
    verdict: Verdict
    left_cents: int | None  # of the smallest limit today; None: no limit that we know of
    limit_cents: int | None
    currency: str  # of the limit
    reason: str  # one or more sentences
    source: str  # law or professional rule; empty when there is none that we know of
    checked_on: str  # when the rule was compared with its source; empty: not yet
    preferred: bool  # what they told us they like


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCard:
    """Something that somebody was given as thanks."""

    gift_id: int
    reward: Reward
    value_cents: int
    given_on: str  # such as 2026-03-02
    note: str
    referral_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeThanks:
    """All ways to thank somebody, and what they were given, the newest first."""

    name: str
    place: str  # a code of `rewards.PLACES`; empty: not known, so the strictest rules count
    ways: tuple[WayToThank, ...]
    gifts: tuple[GiftCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftTold:
    """Something given as thanks, as the owner tells it."""

    reward: Reward
    value_cents: int = 0
    given_on: date | None = None  # None: today
    note: str = ""
    referral_id: int | None = None
