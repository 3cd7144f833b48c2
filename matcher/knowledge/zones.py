"""In which time zone a place probably lies, by the state or country in its name: `data/taxonomy/zones.csv`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from matcher.names import fold
from matcher.taxonomy import read_rows
from matcher.zones import on_clock

DEGREES_AN_HOUR = 15.0  # by which the Earth turns
FARTHEST_HOURS = 2.5  # a zone's clock from its place's noon; it is 2.2 hours in Urumqi, and 2.9 from Washington to WA
WINTER = datetime(2026, 1, 1, tzinfo=UTC)


def zone_of_place(place: str, lon: float | None) -> str:
    """The zone of a place named as in "Tucson, AZ" or "Munich, Germany"; "" where its name does not say.

    `lon` (degrees) tells Munich, DE from Delaware. A state with two zones has the one in which more people live.
    """
    first, *others = place.split(",")
    for part in [*reversed(others), first]:
        name = " ".join(word for word in fold(part).split() if word.isalpha())  # without a postcode
        for zone in _by_name().get(name, ()):
            if _fits(zone, lon):
                return zone
    return ""


def _fits(zone: str, lon: float | None) -> bool:
    """Whether a clock of the zone is near the place's own noon."""
    offset = on_clock(WINTER, zone).utcoffset()
    if offset is None or lon is None:
        return True
    return abs(offset.total_seconds() / 3600 - lon / DEGREES_AN_HOUR) <= FARTHEST_HOURS


@cache
def _by_name() -> dict[str, Sequence[str]]:
    """Folded name or code of a state or country -> the zones that it may mean, in the order of the file."""
    found = defaultdict[str, list[str]](list)
    for row in read_rows("zones.csv"):
        for name in row["names"].split(";"):
            found[fold(name)].append(row["zone"])
    return dict(found)
