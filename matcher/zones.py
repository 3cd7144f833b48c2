"""Time zones: which there are, and what a clock there shows."""

from datetime import UTC, datetime, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from matcher.errors import Invalid

AREAS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
WORLD = {"UTC", "Etc"}  # zones of no place, which some devices are set to
UNKNOWN = "Please choose a time zone by the name of a large city in it, such as America/Los_Angeles or Europe/Berlin."


@cache
def _by_folded() -> dict[str, str]:
    """Every zone of a city, and those of none, by its name in small letters."""
    return {name.casefold(): name for name in available_timezones() if name.partition("/")[0] in AREAS | WORLD}


@cache
def zone_names() -> tuple[str, ...]:
    """The zones to choose from, such as Europe/Berlin, in the order of the alphabet; UTC is the last."""
    return (*sorted(name for name in _by_folded().values() if name.partition("/")[0] in AREAS), "UTC")


def known_zone(told: str) -> str:
    """A zone as it is spelled, however it was typed; "" when there is no such zone."""
    return _by_folded().get("_".join(told.split()).casefold(), "")


def zone_told(told: str) -> str:
    """The same; Invalid when there is no such zone."""
    zone = known_zone(told)
    if not zone:
        raise Invalid("zone", UNKNOWN)
    return zone


def on_clock(at: datetime, zone: str | None) -> datetime:
    """An instant as a clock in a zone shows it; in UTC without a zone, or with one that is not known here.

    Its distance from UTC is fixed: hours added to it are hours, also in the night when clocks are changed.
    """
    known = known_zone(zone or "")
    if not known:
        return at.astimezone(UTC)
    return at.astimezone(timezone(at.astimezone(ZoneInfo(known)).utcoffset() or UTC.utcoffset(None)))
