"""Whom to recruit next and whom to ask to cover everything: how near the best possible, how long, how much memory.

Owners are made up, by seed: their figures say how good the searches are, and nothing about real owners.
"""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from matcher.engine.cover_all import cheapest_cover, cheapest_cover_proved
from matcher.engine.prices import bound
from matcher.engine.prove import best_possible
from matcher.engine.recruit import next_to_recruit
from tests.bench import assigning
from tests.bench.owners import Size, made
from tests.bench.setcover import optimum, plain_greedy, published
from tests.bench.tables import SHARED_DATA, Cell, Report

FILES = ("scp42", "scp43", "scp51", "scp61", "scpa1")
SMALL = Size(clients=200, needs_each=15, candidates=2000, asked=10)
LARGE = Size(clients=5000, needs_each=3, candidates=20_000, asked=25)
SECONDS = 60.0  # that the solver gets
SEEDS = 20  # of made owners, for the worst of them
RUNS = 5  # of which the middle time counts, where one takes less than a second


def measure(path: Path | None) -> Report:
    """A table for each question."""
    return Report(
        title="Filling every need",
        rows=[],
        parts=(covering(path or SHARED_DATA / "setcover"), *(table() for table in TABLES)),
    )


def covering(folder: Path) -> Report:
    """The cheapest cover of published files: the proved one, the quick one and plain greedy beside the optimum."""
    title = "The cheapest set that covers everything, on set-covering files of the OR-Library"
    if not folder.is_dir():
        return Report(title=title, rows=[], facts={"not measured": f"this needs the folder {_told(folder)}"})
    return Report(title=title, rows=[_cover_row(folder, name) for name in FILES])


def _cover_row(folder: Path, name: str) -> dict[str, Cell]:
    reach, best = published(folder / f"{name}.txt"), optimum(folder, name)
    proved, proof_s = timed(lambda: cheapest_cover_proved(reach, SECONDS))
    quick, quick_s = timed(lambda: cheapest_cover(reach))
    greedy, _ = timed(lambda: plain_greedy(reach))
    cost, plain = (float(reach.cost[chosen].sum()) for chosen in (quick, greedy))
    return {
        "file": name,
        "published optimum": best,
        "proved": f"{proved.cost:.0f}" if proved.is_best else f"{proved.at_least:.1f} to {proved.cost:.0f}",
        "proof s": proof_s,
        "quick": round(cost),
        "quick gap %": 100 * (cost / best - 1),
        "quick s": quick_s,
        "plain greedy gap %": 100 * (plain / best - 1),
    }


def recruiting() -> Report:
    """The next k partners of made owners, with rooms as drawn and with rooms that never bind."""
    return Report(
        title="Whom to recruit next, for made owners (seed 0)",
        rows=[_recruit_row(size, roomy=roomy) for size in (SMALL, LARGE) for roomy in (False, True)],
        facts={
            "share": "value of the quick answer by the optimum, or by what is proved that nobody can exceed",
            "bound": f"the same by what needs no solver; the solver had {SECONDS:.0f} s",
            f"worst bound % of seeds 0 to {SEEDS - 1}, small, rooms as drawn and never binding": _worst(),
            "MB": "the most that the quick answer allocates at a time (tracemalloc), beside the question itself",
        },
    )


def _recruit_row(size: Size, *, roomy: bool) -> dict[str, Cell]:
    reach = made(size, roomy=roomy)
    found, quick_s = timed(lambda: next_to_recruit(reach, size.asked))
    above, bound_s = timed(lambda: bound(reach, size.asked, found))
    proved, proof_s = timed(lambda: best_possible(reach, size.asked, SECONDS), runs=1)
    return {
        "clients": size.clients,
        "needs": len(reach.worth),
        "candidates": size.candidates,
        "pairs": len(reach.need),
        "rooms": "never bind" if roomy else "as drawn",
        "k": size.asked,
        "value": found.value,
        "share %": 100 * found.value / proved.at_most,
        "of the": "optimum" if proved.is_best else "proved bound",
        "s": quick_s,
        "MB": allocated_mb(lambda: next_to_recruit(reach, size.asked)),
        "question MB": sum(column.nbytes for column in vars(reach).values() if isinstance(column, np.ndarray)) / 1e6,
        "bound %": 100 * found.value / above,
        "bound s": bound_s,
        "proof s": proof_s,
    }


def _worst() -> list[str]:
    shares = []
    for roomy in (False, True):
        questions = [made(SMALL, roomy=roomy, seed=seed) for seed in range(SEEDS)]
        found = [next_to_recruit(reach, SMALL.asked) for reach in questions]
        above = [bound(reach, SMALL.asked, one) for reach, one in zip(questions, found, strict=True)]
        shares.append(min(one.value / most for one, most in zip(found, above, strict=True)))
    return [f"{100 * share:.1f}" for share in shares]


TABLES: tuple[Callable[[], Report], ...] = (assigning.report, recruiting)


def timed(ask: Callable[[], Any], runs: int = RUNS) -> tuple[Any, float]:
    """An answer, and the middle of some times in seconds if one takes less than a second."""
    times: list[float] = []
    answer = None
    while not times or (len(times) < runs and times[0] < 1):
        begun = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - begun)
    return answer, median(times)


def allocated_mb(ask: Callable[[], Any]) -> float:
    """The most memory that an answer takes beside what was there before."""
    tracemalloc.start()
    ask()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def _told(folder: Path) -> str:
    """A folder as people know it."""
    return "../shared/data/setcover beside the checkout" if folder.parent == SHARED_DATA else str(folder)
