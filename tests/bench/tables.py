"""What a measurement found, as a table for people and as JSON for programs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

Cell = str | int | float
SHARED_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(kw_only=True)
class Report:
    """A table with a title, and remarks below it."""

    title: str
    rows: list[dict[str, Cell]]
    facts: dict[str, Cell | Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Everything, for a program."""
        return {"title": self.title, "rows": self.rows, **self.facts}

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


def _shown(value: Cell | Sequence[str]) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 100 else f"{value:,.0f}"
    return str(value) if isinstance(value, str | int) else ", ".join(value) or "none"
