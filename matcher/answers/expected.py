"""What a client of ours is likely to need next, as an answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedNeed:
    """A service that a client will need, how likely within which time, and the journey from which we conclude it."""

    service: str
    journey: str  # the one that adds most to the chance within 365 days
    occasion_id: int  # and which of the client's occasions that is
    chance_30: float  # 0-1, within 30 days from today, today included
    chance_90: float
    chance_365: float
    from_on: str  # such as 2026-05-12, when the need begins to come up on that journey; may be past
    to_on: str  # when that is over
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A need that a client's journey lets us expect, with the client."""

    client_id: int
    client: str
    need: ExpectedNeed
