"""Damaged lists of contacts, by form: what processor time and memory the hungriest asks for; and killed imports."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.store import Store
from tests.bench.damaged import BYTES, LARGE, measure_form
from tests.bench.tables import Cell, Report
from tests.killing import CONTACTS, kill
from tests.mutated import WHOLE
from tests.networks import shared_and_owners

SECONDS_MOST, MEGABYTES_MOST = 5, 256  # that any one file may take
KILLS, KILLED_ROWS = 50, 2_000


def measure(_: Path | None) -> Report:
    """Each form in a process of its own, so that its memory is its own."""
    rows: list[dict[str, Cell]] = []
    for form in WHOLE:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows.append(pool.submit(measure_form, form).result())
    return Report(
        title=f"Damaged lists of contacts, {BYTES / 2**20:.0f} MB a form and {LARGE} files of that size",
        rows=rows,
        facts={
            "limits kept": str(all(_within(row) for row in rows)),
            f"all or nothing, of {KILLS} kills": _killed(),
        },
    )


def _within(row: dict[str, Cell]) -> bool:
    slowest = max(float(str(row["slowest small (s)"])), float(str(row["slowest large (s)"])))
    return slowest < SECONDS_MOST and float(str(row["most memory (MB)"])) < MEGABYTES_MOST


def _killed() -> int:
    """How many of the killed imports had stored all rows or none."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/bench.db")
        store.upgrade()
        _, alice, _ = shared_and_owners(store)
        found = kill(alice, store, CONTACTS, rows=KILLED_ROWS, kills=KILLS)
        store.engine.dispose()
    return sum(held == (KILLED_ROWS if state == "stored" else 0) for state, held in found[:-1])
