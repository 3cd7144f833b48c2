"""Needs that a client's journey lets us expect, as answers; nobody has told us of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedNeed:
    """A service that a client will need with some chance (0-1) within so many days from today."""

    service: str
    journey: str  # the one that says so most
    occasion_id: int
    chance_30: float
    chance_90: float
    chance_365: float
    from_on: str  # the days between which most need it, such as 2026-05-04
    to_on: str
    sentence: str
