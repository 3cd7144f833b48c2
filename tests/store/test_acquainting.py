"""Whatever an owner and the people they ask do, no limit is broken, and nothing happens without consent."""

import shutil
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from matcher.store import Store
from tests.acquainting_machine import Introductions
from tests.acquainting_town import settle

WALK = settings(max_examples=10, stateful_step_count=100, database=None)


def test_random_walks(migrated_file: Path, tmp_path: Path) -> None:
    """In a thousand random steps one may ask exactly when all limits allow it, and no answer tells on anybody."""
    file = tmp_path / "walks.db"
    shutil.copy(migrated_file, file)
    store = Store(f"sqlite:///{file}")
    settle(store)
    Introductions.seen.clear()
    run_state_machine_as_test(Introductions, settings=WALK)
    assert Introductions.seen["steps"] > 800
    assert Introductions.seen["asks"]
    assert Introductions.seen["refused one_at_a_time"]
    store.engine.dispose()
