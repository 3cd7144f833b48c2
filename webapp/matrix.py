"""Coverage as a matrix: a line for each service that clients need, a column for each partner who could fill any."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from matcher.answers.covered import Coverage, Served, ServiceRow, Slot

Look = Literal["takes", "could", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One field: the needs that a partner takes, of those that they could take."""

    name: str
    look: Look
    number: int  # the needs it takes, else those it could take
    partner: int | None  # to whose needs it leads; None: to all of the service
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One service with its squares, in the order of the columns."""

    service: str
    needs: int
    covered: int
    open: int  # needs that nobody fills
    ours: int  # needs that the owner fills
    lone: bool
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole picture; `idle` partners could fill nothing of what is needed now."""

    columns: tuple[Slot, ...]
    with_ours: bool  # whether the owner fills any
    lines: tuple[Line, ...]
    idle: tuple[Slot, ...]


def matrix(found: Coverage, needs: Iterable[Served]) -> Matrix:
    """The picture of an answer, with the same needs one by one: the partners who take most stand first."""
    ours = Counter(served.need.service for served in needs if served.state == "ours")
    takes: dict[int, int] = {}
    for row in found.rows:
        for cell in row.cells:
            takes[cell.business_id] = takes.get(cell.business_id, 0) + cell.takes
    busy = sorted((slot for slot in found.partners if slot.business_id in takes), key=lambda s: -takes[s.business_id])
    return Matrix(
        columns=tuple(busy),
        with_ours=bool(ours),
        lines=tuple(_line(row, busy, ours[row.service]) for row in found.rows),
        idle=tuple(slot for slot in found.partners if slot.business_id not in takes),
    )


def _line(row: ServiceRow, columns: list[Slot], ours: int) -> Line:
    cells = {cell.business_id: (cell.takes, cell.could) for cell in row.cells}
    return Line(
        service=row.service,
        needs=row.needs,
        covered=row.covered,
        open=row.needs - row.covered,
        ours=ours,
        lone=row.lone,
        squares=tuple(_square(slot, *cells.get(slot.business_id, (0, 0))) for slot in columns),
    )


def _square(slot: Slot, takes: int, could: int) -> Square:
    look: Look = "takes" if takes else "could" if could else "none"
    words = {
        "takes": f"{slot.name} takes {takes} of {could} they could take",
        "could": f"{slot.name} could take {could}",
        "none": f"{slot.name} does not do this",
    }
    return Square(
        name=slot.name,
        look=look,
        number=takes or could,
        partner=slot.business_id if takes else None,
        words=words[look],
    )
