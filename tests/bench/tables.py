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
    """A table with a title, and remarks below it."""

    title: str
    rows: list[dict[str, Cell]]
    facts: dict[str, Cell | Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Everything, for a program."""
        return {"title": self.title, "rows": [_spread(row) for row in self.rows], **self.facts}

    def as_text(self) -> str:
        """Everything, for a person: aligned columns, then one fact a line."""
        heads = list(self.rows[0])
        body = [[_shown(row[head]) for head in heads] for row in self.rows]
        widths = [max(len(line[i]) for line in [heads, *body]) for i in range(len(heads))]
        lines = [self.title, ""]
        for line in [heads, *body]:
            lines.append("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
        lines.append("")
        lines += [f"{name}: {_shown(value)}" for name, value in self.facts.items()]
        return "\n".join(line.rstrip() for line in lines)


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
