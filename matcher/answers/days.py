"""The owner's clock, by which days are told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersClock:
    """In which time zone the owner is, and what the clock shows there."""

    zone: str  # such as Europe/Berlin; "" as long as nobody told it, and days are those of UTC
    now: str  # with its distance from UTC, such as 2026-03-02T16:12:00+13:00
    today: str
