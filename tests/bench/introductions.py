"""Random steps of introductions: whether any limit is broken, any state reached without consent, any answer told."""

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from os import sched_getaffinity
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from matcher.answers.introduced import INTRODUCTION_STAGES
from matcher.engine import cadence
from matcher.engine import introductions as engine
from matcher.engine.cadence import LIMITS
from matcher.store import Store
from tests.acquainting_machine import Introductions
from tests.acquainting_town import settle
from tests.bench.tables import Report

STEPS = 100_000  # at least; a walk may end before its last step, so that seeds alone promise nothing
LENGTH = 100  # steps of one walk at most
WALKS = 50  # of one seed
SEEDS = 4  # walked between two looks at whether that is enough, the same on every machine
MUTANT_SEEDS = 4  # tried before a changed limit counts as not noticed
WAYS = ("refused", "alone", "last day")  # by this limit, by no other one, on the last day on which it refuses
LIMITS_TRIED = (*(limit.__name__ for limit in LIMITS), "quiet_after_a_later", "reminded_once", "reminded_after_a_week")
WALK = settings(
    max_examples=WALKS,
    stateful_step_count=LENGTH,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
    verbosity=Verbosity.quiet,
)


class Mutant(NamedTuple):
    """A limit that is one day shorter, or one more, than it should be."""

    name: str
    value: int


MUTANTS = (
    Mutant("OWNER_OPEN", cadence.OWNER_OPEN + 1),
    Mutant("FAVOURS", cadence.FAVOURS + 1),
    Mutant("FAVOUR_DAYS", cadence.FAVOUR_DAYS - 1),
    Mutant("QUIET_AFTER_NO_DAYS", cadence.QUIET_AFTER_NO_DAYS - 1),
    Mutant("QUIET_AFTER_LATER_DAYS", cadence.QUIET_AFTER_LATER_DAYS - 1),
    Mutant("QUIET_AFTER_SILENCE_DAYS", cadence.QUIET_AFTER_SILENCE_DAYS - 1),
    Mutant("CLOSED_AT_DAYS", engine.CLOSED_AT_DAYS - 1),
    Mutant("REMINDED_AT_DAYS", engine.REMINDED_AT_DAYS - 1),
)


def measure(_: Path | None = None) -> Report:
    """Walk with one seed after the other until there are enough steps; the first that goes wrong ends it."""
    seen: Counter[str] = Counter()
    with _processes() as pool:
        for begun in count(0, SEEDS):
            if seen["steps"] >= STEPS:
                break
            for found in pool.map(walked, range(begun, begun + SEEDS)):
                seen += found
    stages = [stage for stage in INTRODUCTION_STAGES if seen[f"stage {stage}"]]
    found = {"steps": seen["steps"], "seeds": begun, "walks": seen["walks"], "asks": seen["asks"], "broken": 0}
    tried = [{"limit": name, **{way: seen[f"{way} {name}"] for way in WAYS}} for name in LIMITS_TRIED]
    return Report(
        title="Introductions of two owners in one database: random steps, each checked against a plain version",
        rows=[{**found, "states": f"{len(stages)} of {len(INTRODUCTION_STAGES)}"}],
        parts=[Report(title="How often each limit refused a step", rows=[{**row} for row in tried])],
    )


def measure_mutants(_: Path | None = None) -> Report:
    """Loosen one limit at a time, and say after how many steps a walk notices; 0: not at all."""
    with _processes() as pool:
        steps = list(pool.map(noticed, MUTANTS))
    rows = [
        {"limit": one.name, "set to": one.value, "noticed after": after}
        for one, after in zip(MUTANTS, steps, strict=True)
    ]
    return Report(title="Introductions: limits loosened by one, and the step at which that is noticed", rows=[*rows])


def walked(number: int) -> Counter[str]:
    """What the walks of one seed have seen; AssertionError for the first step that goes wrong."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/walks.db")
        store.upgrade()
        settle(store)
        Introductions.seen.clear()
        try:
            run_state_machine_as_test(seed(number)(type("Seeded", (Introductions,), {})), settings=WALK)
        finally:
            store.engine.dispose()
    return Counter(Introductions.seen)


def noticed(mutant: Mutant) -> int:
    """The step at which the walks notice a changed limit; 0 when they do not."""
    before = 0
    with _mutated(mutant):
        for number in range(MUTANT_SEEDS):
            try:
                before += walked(number)["steps"]
            except AssertionError:
                return before + Introductions.seen["steps"]
    return 0


@contextmanager
def _mutated(mutant: Mutant) -> Iterator[None]:
    """Change a number wherever the program knows it by name."""
    holders = [module for name, module in sys.modules.items() if name.startswith("matcher.")]
    kept = {module: getattr(module, mutant.name) for module in holders if hasattr(module, mutant.name)}
    assert kept
    try:
        for module in kept:
            setattr(module, mutant.name, mutant.value)
        yield
    finally:
        for module, value in kept.items():
            setattr(module, mutant.name, value)


def _processes() -> ProcessPoolExecutor:
    """One process for each core that we may use."""
    return ProcessPoolExecutor(len(sched_getaffinity(0)), mp_context=get_context("spawn"))
