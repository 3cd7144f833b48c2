"""Random steps of introductions: whether any limit is broken, any state reached without consent, any answer told."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from matcher.store import Store
from tests.acquainting_machine import Introductions, settle
from tests.bench.tables import Report

STEPS, LENGTH = 100_000, 150  # steps in all, and of one walk at most


def measure(_: Path | None = None) -> Report:
    """Walk until there are enough steps; the first one that goes wrong ends it with all that led there."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/walks.db")
        store.upgrade()
        settle(store)
        walk = settings(
            max_examples=200,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        while Introductions.steps < STEPS:
            run_state_machine_as_test(Introductions, settings=walk)
        store.engine.dispose()
    found = {"steps": Introductions.steps, "asks": Introductions.asks, "refused": Introductions.refusals, "broken": 0}
    return Report(title="Introductions: random steps, each checked against a plain version", rows=[{**found}])
