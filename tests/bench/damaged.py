"""What damaged lists of one form take; it imports no more than reading them needs, so that memory is theirs."""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from tests.bench.tables import Cell
from tests.mutated import EDITS, PEOPLE, WHOLE, Edit, damaged, read

BYTES = 5 * 2**20  # of damaged files of each form; and of each of the large ones
UNPACKED_LEAST = 7_000  # of a small list; a packed one is made as long as if it were not
LARGE = 3  # files of that size of each form
STATUS = Path("/proc/self/status")  # of Linux alone
MEGABYTE = 1024 if sys.platform == "linux" else 2**20  # of what the system reports as the largest memory


def measure_form(form: str) -> dict[str, Cell]:
    """What the files of one form took. A traceback ends the measurement."""
    read(WHOLE[form](PEOPLE))
    at_rest, counts, slowest = _memory(), {"files": 0, "bytes": 0, "refused": 0}, 0.0
    small = WHOLE[form](PEOPLE)
    large = WHOLE[form](PEOPLE * BYTES // max(len(small), UNPACKED_LEAST))

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


def _memory() -> float:
    """The most memory that this process or a child of it has held so far (MB).

    On Linux `ru_maxrss` also counts what our parent held when it started us, so there our own is asked for elsewhere.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if STATUS.exists():
        own = int(STATUS.read_text().partition("VmHWM:")[2].split()[0])
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, children) / MEGABYTE
