"""Damaged lists of contacts, by form: what processor time and memory the hungriest asks for; and killed imports."""

import os
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings

from matcher.store import Store
from tests.bench.tables import Cell, Report
from tests.killing import CONTACTS, kill
from tests.mutated import EDITS, PEOPLE, WHOLE, Edit, damaged, read
from tests.networks import shared_and_owners

BYTES = 5 * 2**20  # of damaged files of each form; and of each of the large ones
LARGE = 3  # files of that size of each form
SECONDS_MOST, MEGABYTES_MOST = 5, 256  # that any one file may take
KILLS, KILLED_ROWS = 50, 2_000
MEGABYTE = 1024 if sys.platform == "linux" else 2**20  # of what the system reports as the largest memory


def measure(_: Path | None) -> Report:
    """Each form in a process of its own, so that its memory is its own."""
    rows: list[dict[str, Cell]] = []
    for form in WHOLE:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows.append(pool.submit(_damaged, form).result())
    return Report(
        title=f"Damaged lists of contacts, {BYTES / 2**20:.0f} MB a form and {LARGE} files of that size",
        rows=rows,
        facts={
            "limits kept": str(all(_within(row) for row in rows)),
            f"all or nothing, of {KILLS} kills": _killed(),
        },
    )


def _damaged(form: str) -> dict[str, Cell]:
    """What the files of one form took. A traceback ends the measurement."""
    read(WHOLE[form](PEOPLE))
    at_rest, counts, slowest = _memory(), {"files": 0, "bytes": 0, "refused": 0}, 0.0
    small = WHOLE[form](PEOPLE)
    large = WHOLE[form](PEOPLE * BYTES // len(small))

    def tried(content: bytes, edits: list[Edit]) -> None:
        nonlocal slowest
        broken = damaged(content, edits)
        start = _processor()
        found = read(broken)
        slowest = max(slowest, _processor() - start)
        counts["files"] += 1
        counts["bytes"] += len(broken)
        counts["refused"] += found is None

    _repeat(BYTES // len(small), lambda edits: tried(small, edits))
    small_slowest, slowest = slowest, 0.0
    _repeat(LARGE, lambda edits: tried(large, edits))
    return {
        "form": form,
        "files": counts["files"],
        "MB": counts["bytes"] / 2**20,
        "refused": counts["refused"],
        "slowest small (s)": small_slowest,
        "slowest large (s)": slowest,
        "memory at rest (MB)": at_rest,
        "most memory (MB)": _memory(),
    }


def _repeat(times: int, act: Callable[[list[Edit]], None]) -> None:
    """Do something with as many different damages as asked for."""

    @settings(
        max_examples=times,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(EDITS)
    def run(edits: list[Edit]) -> None:
        act(edits)

    run()


def _processor() -> float:
    """Seconds of processor time of this process and its children: others may keep the machine busy."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _within(row: dict[str, Cell]) -> bool:
    slowest = max(float(str(row["slowest small (s)"])), float(str(row["slowest large (s)"])))
    return slowest < SECONDS_MOST and float(str(row["most memory (MB)"])) < MEGABYTES_MOST


def _memory() -> float:
    """The most memory that this process or a child of it has held so far (MB)."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / MEGABYTE


def _killed() -> int:
    """How many of the killed imports had stored all rows or none."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/bench.db")
        store.upgrade()
        _, alice, _ = shared_and_owners(store)
        found = kill(alice, store, CONTACTS, rows=KILLED_ROWS, kills=KILLS)
        store.engine.dispose()
    return sum(held == (KILLED_ROWS if state == "stored" else 0) for state, held in found[:-1])
