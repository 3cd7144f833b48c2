"""What a measurement found, as a table for people and as JSON for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Around:
    """A figure with the interval in which it probably lies."""

    figure: float
    low: float
    high: float

    def __str__(self) -> str:
        low, high = (f"{bound:.2f}".removeprefix("0") for bound in (self.low, self.high))
        return f"{self.figure:.3f} [{low}-{high}]"


Cell = str | int | float | Around


@dataclass(kw_only=True)
class Report:
    """A table with a title, remarks below it, and perhaps further tables."""

    title: str
    rows: list[dict[str, Cell]]
    facts: dict[str, Cell | Sequence[str]] = field(default_factory=dict)
    parts: Sequence["Report"] = ()

    def as_json(self) -> dict[str, object]:
        """Everything, for a program."""
        own = {"title": self.title, "rows": [_spread(row) for row in self.rows], **self.facts}
        return own | ({"parts": [part.as_json() for part in self.parts]} if self.parts else {})

    def as_text(self) -> str:
        """Everything, for a person: aligned columns, then one fact a line, then the further tables."""
        blocks = [self.title, "\n".join(_aligned(self.rows))]
        blocks.append("\n".join(f"{name}: {_shown(value)}" for name, value in self.facts.items()))
        return "\n\n".join(filter(None, [*blocks, *(part.as_text() for part in self.parts)]))


def _aligned(rows: list[dict[str, Cell]]) -> list[str]:
    """The heads and the rows, one a line, in columns."""
    heads = list(rows[0]) if rows else []
    body = [[_shown(row[head]) for head in heads] for row in rows]
    widths = [max(len(line[i]) for line in [heads, *body]) for i in range(len(heads))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in [heads, *body])
    return [line.rstrip() for line in lines]


def _spread(row: dict[str, Cell]) -> dict[str, str | int | float]:
    """The row with an interval as three plain numbers."""
    plain: dict[str, str | int | float] = {}
    for name, cell in row.items():
        if isinstance(cell, Around):
            plain |= {name: cell.figure, f"{name} low": cell.low, f"{name} high": cell.high}
        else:
            plain[name] = cell
    return plain


def _shown(value: Cell | Sequence[str]) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return str(value) if isinstance(value, str | int | Around) else ", ".join(value) or "none"
