"""Coverage over the last year as a line: pure geometry in the picture's own units, y downwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.answers.covered import TrendPoint

WIDTH, HEIGHT = 640.0, 160.0
TOP, RIGHT, BOTTOM, LEFT = 12.0, 118.0, 26.0, 8.0  # margins; on the right stand the labels
APART = 18.0  # least distance between two labels; text is 14 high
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The lines of all needs and of those covered, with the area below the second."""

    needs: str  # an SVG path
    covered: str
    area: str
    last: tuple[Point, Point]  # ends of both lines
    labels: tuple[float, float]  # heights of their labels, apart enough to be read
    base: float  # height of nothing


def trend(points: Sequence[TrendPoint]) -> Trend | None:
    """The picture of at least two days on which there was any need; None for fewer."""
    known = list(points)
    while known and not known[0].needs:
        known.pop(0)
    if len(known) < 2:
        return None
    needs = _line([point.needs for point in known], known)
    covered = _line([point.covered for point in known], known)
    base = HEIGHT - BOTTOM
    return Trend(
        needs=_path(needs),
        covered=_path(covered),
        area=f"{_path([(covered[0][0], base), *covered, (covered[-1][0], base)])}Z",
        last=(needs[-1], covered[-1]),
        labels=(needs[-1][1], max(covered[-1][1], needs[-1][1] + APART)),
        base=base,
    )


def _line(amounts: Sequence[int], points: Sequence[TrendPoint]) -> list[Point]:
    most = max(point.needs for point in points)
    step = (WIDTH - LEFT - RIGHT) / (len(points) - 1)
    height = HEIGHT - TOP - BOTTOM
    return [(LEFT + step * at, TOP + height * (1 - amount / most)) for at, amount in enumerate(amounts)]


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
