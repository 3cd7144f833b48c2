"""The time of one owner's exact top 50 against three plainer ways on the same businesses, and of all that hangs on it.

Each part runs in a process of its own, ours once with NumPy alone and once with the extra `[fast]`: both must give the
same answers to the bit, and so must a scan over everybody.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.directories import VENUES
from tests.bench.tables import Cell, Report

TOP = Path(__file__).parents[2]
MADE = (10_000, 100_000, 1_000_000)
AT_MOST = {  # what we hold ourselves to at 1,000,000 businesses on two quiet cores
    "NumPy p50 ms": 2,
    "NumPy p99 ms": 35,
    "fast p50 ms": 1,
    "fast p99 ms": 5,
    "neighbours ms": 1,
    "strong ego graph ms": 2,
    "shortest path ms": 5,
    "edit microseconds": 100,
    "open s": 1,
    "everybody s": 300,
    "memory MB": 700,
}
AT_LEAST = {"DuckDB / ours": 50, "networkx / ours": 1000, "networkx's bytes / ours": 25}


def measure(path: Path | None) -> Report:
    """A column for each directory: one query in both forms, the other ways, and what else the index does."""
    lines = [_line(name) for name in (*map(str, MADE), str(path or VENUES))]
    largest = lines[len(MADE) - 1]
    missed = [f"{name}: {largest[name]}, not {goal}" for name, goal in AT_MOST.items() if largest[name] > goal]
    missed += [f"{name}: {largest[name]}, not {goal}" for name, goal in AT_LEAST.items() if largest[name] < goal]
    return Report(
        title="One owner's exact top 50, and what hangs on it (directories named by a number are made)",
        rows=[{"": name, **{str(line["directory"]): line[name] for line in lines}} for name in lines[0]],
        facts={
            "goals missed at 1,000,000": missed or ["none"],
            "cores": os.cpu_count() or 0,
            "load": os.getloadavg()[0],
        },
    )


def _line(directory: str) -> dict[str, Any]:
    plain, fast = (_apart("ours", directory, compiled=compiled) for compiled in (False, True))
    rivals = _apart("others", directory)
    line: dict[str, Cell] = {"directory": Path(directory).name, "businesses": plain["count"], "kinds": plain["kinds"]}
    for form, found in (("NumPy", plain), ("fast", fast)):
        line |= {f"{form} p50 ms": found["p50"], f"{form} p99 ms": found["p99"]}
    line |= {f"{name} p50 ms": figure for name, figure in rivals.items()}
    line |= {f"{name} / ours": figure / fast["p50"] for name, figure in rivals.items()}
    line |= {
        "equal to a scan over all": "yes" if plain["equal"] and fast["equal"] else "NO",
        "both forms equal": "yes" if plain["answers"] == fast["answers"] else "NO",
    }
    return {name: _short(cell) for name, cell in (line | fast["besides"]).items()}


def _apart(part: str, directory: str, *, compiled: bool = True) -> dict[str, Any]:
    """What one part measures in a new process, with or without numba."""
    hide = "" if compiled else "import sys; sys.modules['numba'] = None; "
    code = f"{hide}import json; from tests.bench import {part}; print(json.dumps({part}.measure({directory!r})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=TOP, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _short(cell: Cell) -> Cell:
    return float(f"{cell:.3g}") if isinstance(cell, float) else cell
