"""The balance of giving and taking as bars: pure geometry, in hundredths of half the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.answers.sources import Source

HALF = 100.0  # length of the longest bar on either side of the middle
ROW = 26.0  # height of a row, in the same units
BAR = 14.0  # height of a bar in it
SHOWN = 12  # rows of the picture; the table has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """What we gave (to the left of the middle) and got (to the right), as lengths."""

    source: Source
    top: float
    given: float
    received: float


def balance(rows: Sequence[Source]) -> tuple[Bars, ...]:
    """Bars for those with most to compare, in proportion to the largest number of referrals in one direction."""
    most = max((max(row.given, row.received) for row in rows), default=0)
    busiest = sorted(rows, key=lambda row: (-(row.given + row.received), row.name))[:SHOWN]
    return tuple(
        Bars(
            source=row,
            top=ROW * position,
            given=HALF * row.given / most if most else 0.0,
            received=HALF * row.received / most if most else 0.0,
        )
        for position, row in enumerate(busiest)
    )
