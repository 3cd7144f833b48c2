"""Where everything stands in the picture of the network: pure geometry in the picture's own units, y downwards.

The owner is in the middle. A ring for each state: partners inside, then those being courted, then empty seats. Labels
stand in two columns, left and right, in groups under a heading; a seat's angle follows its label's height, so that the
lines to the labels never cross.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

from matcher.answers.partners import Seatings

RINGS: tuple[Seatings, ...] = ("partner", "courted", "empty")  # from the middle outwards
LINE = 27.0  # between two labels of a column; text is 16 high
HEADING = 40.0  # from a group's last label to the next heading; it stands closer to its own labels
SEAT = 21.0  # least distance along a ring between two seats; a seat is 18 wide
INNERMOST = 92.0  # radius of the partners' ring; the owner's disc has 46
STEP = 50.0  # from ring to ring
WIDEST_DEGREES = 80.0  # of a seat above or below the horizontal; the poles stay free
GAP = 62.0  # from the outermost ring to the labels
LABEL_WIDTH = 258.0  # room for LABEL_CHARACTERS and a number
LABEL_CHARACTERS = 24
MARGIN = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one seat and its label stand; `seat` is its position among those given."""

    seat: int
    x: float
    y: float
    label_x: float
    label_y: float
    on_right: bool
    line: tuple[tuple[float, float], ...]  # from the seat to its label


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where a group's name stands."""

    group: str
    x: float
    y: float
    on_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The whole picture; `radii` of the rings from the middle outwards."""

    width: float
    height: float
    middle: tuple[float, float]
    radii: tuple[float, ...]
    spots: tuple[Spot, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One line of a column, measured from the column's top; a heading when `seat` is None."""

    group: str
    seat: int | None
    y: float


def lay_out(groups: Sequence[str], states: Sequence[Seatings]) -> Layout:
    """The picture for seats given as one group and one state each; groups keep the order in which they first come."""
    right, left = _halves(groups)
    columns = (_column(right, groups), _column(left, groups))
    half = max([0.0, *(column[-1].y / 2 for column in columns if column)])  # half the height of the labels
    radii = _radii(half)
    half = max(half, radii[-1])
    middle = (radii[-1] + GAP + LABEL_WIDTH + MARGIN / 2, half + MARGIN)
    spots, headings = [], []
    for column, on_right in zip(columns, (True, False), strict=True):
        top = middle[1] - (column[-1].y / 2 if column else 0)
        side = 1 if on_right else -1
        label_x = middle[0] + side * (radii[-1] + GAP)
        for slot in column:
            y = top + slot.y
            if slot.seat is None:
                headings.append(Heading(group=slot.group, x=label_x, y=y, on_right=on_right))
                continue
            angle = radians(WIDEST_DEGREES) * (y - middle[1]) / half
            radius = radii[RINGS.index(states[slot.seat])]
            spots.append(_spot(slot.seat, middle, (side * radius, angle), (label_x, y), radii[-1] + STEP / 2))
    return Layout(
        width=2 * middle[0],
        height=2 * middle[1],
        middle=middle,
        radii=radii,
        spots=tuple(sorted(spots, key=lambda spot: spot.seat)),
        headings=tuple(headings),
    )


def _radii(half: float) -> tuple[float, ...]:
    """Radii that keep seats apart, when neighbouring labels are LINE apart in columns of twice this height.

    Their angles are LINE * widest / max(half, outermost) apart, so an innermost ring of SEAT / that angle is enough.
    """
    crowding = SEAT / (LINE * radians(WIDEST_DEGREES))
    outward = STEP * (len(RINGS) - 1)
    inner = max(INNERMOST, crowding * half, crowding * outward / (1 - crowding))
    return tuple(inner + STEP * ring for ring in range(len(RINGS)))


def _spot(
    seat: int, middle: tuple[float, float], polar: tuple[float, float], label: tuple[float, float], rim: float
) -> Spot:
    """`polar`: signed radius (minus is to the left) and angle; the line leaves the rings at `rim`."""
    radius, angle = polar
    side = 1 if radius > 0 else -1
    x, y = middle[0] + radius * cos(angle), middle[1] + abs(radius) * sin(angle)
    edge = (middle[0] + side * rim * cos(angle), middle[1] + rim * sin(angle))
    line = ((x, y), edge, (label[0] - side * 8, label[1]))
    return Spot(seat=seat, x=x, y=y, label_x=label[0], label_y=label[1], on_right=side > 0, line=line)


def _halves(groups: Sequence[str]) -> tuple[list[str], list[str]]:
    """The groups for the right and the left column, whole, with about as many lines each."""
    order = list(dict.fromkeys(groups))
    lines = {group: groups.count(group) + 1 for group in order}
    right: list[str] = []
    for group in order:
        taken = sum(lines[g] for g in right)
        if taken and taken + lines[group] / 2 > sum(lines.values()) / 2:
            break
        right.append(group)
    return right, order[len(right) :]


def _column(chosen: Sequence[str], groups: Sequence[str]) -> list[_Slot]:
    slots: list[_Slot] = []
    y = 0.0
    for group in chosen:
        slots.append(_Slot(group, None, y))
        for seat in (at for at, each in enumerate(groups) if each == group):
            y += LINE
            slots.append(_Slot(group, seat, y))
        y += HEADING
    return slots


def shortened(text: str, characters: int = LABEL_CHARACTERS) -> str:
    """A label that fits; the whole text is in the seat's title and in the table."""
    return text if len(text) <= characters else text[: characters - 1].rstrip(" ,&-") + "…"


def arc(middle: tuple[float, float], radius: float, share: float) -> str:
    """An SVG path along a circle from the top clockwise, for a share (0-1) of it; empty for none."""
    share = min(share, 0.9999)  # an arc cannot end where it begins
    if share <= 0:
        return ""
    angle = 2 * pi * share
    x, y = middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)
    return f"M{middle[0]:.1f} {middle[1] - radius:.1f}A{radius:.1f} {radius:.1f} 0 {int(share > 0.5)} 1 {x:.1f} {y:.1f}"
