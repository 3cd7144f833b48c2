"""Each compiled loop against its NumPy form."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engine import kernels

SEEDS = st.integers(0, 2**32 - 1)


def test_the_tests_run_compiled() -> None:
    """The extra is installed where tests run, or the comparison below would compare NumPy with itself."""
    assert kernels.FAST


def given_runs(rng: np.random.Generator) -> tuple[Any, ...]:
    """Some runs."""
    count = rng.integers(0, 5, rng.integers(0, 20))
    return rng.integers(0, 1000, len(count)), count


def given_distinct(rng: np.random.Generator) -> tuple[Any, ...]:
    """Some numbers below a bound."""
    return rng.integers(0, 30, rng.integers(0, 50)).astype(np.int32), 30


def given_carried(rng: np.random.Generator) -> tuple[Any, ...]:
    """Sets of markets over runs of ways."""
    count = rng.integers(1, 6, rng.integers(1, 20))
    ways = rng.integers(0, 9, count.sum()), rng.random(count.sum()), rng.random(count.sum())
    return rng.random((rng.integers(1, 5), len(count))) < 0.5, (np.cumsum(count) - count, count), ways, 9


def given_sums(rng: np.random.Generator) -> tuple[Any, ...]:
    """Kinds with up to four offers, in two sets of markets."""
    counts = rng.integers(0, 5, rng.integers(1, 20))
    services, sureness = rng.integers(0, 9, counts.sum()).astype(np.int16), rng.random(counts.sum())
    sold = np.cumsum(counts) - counts, counts, services, sureness
    return sold, rng.integers(0, 2, len(counts)), (rng.random((2, 9)), rng.random((2, 9)), rng.random(9))


def given_bounds(rng: np.random.Generator) -> tuple[Any, ...]:
    """Candidates of five kinds, some of them placed nowhere."""
    share = np.where(rng.random(30) < 0.2, np.nan, rng.random(30))
    return rng.integers(0, 5, 30), share, rng.random(5), rng.random(5)


def given_living(rng: np.random.Generator) -> tuple[Any, ...]:
    """Rows of which some have died, or none."""
    died = rng.integers(0, 10, 40).astype(np.int32) + rng.choice([0, 10])
    return rng.integers(0, 40, 20), rng.random(20), died, 5


@pytest.mark.parametrize("name", ["runs", "distinct", "carried", "sums", "bounds", "living"])
@settings(max_examples=60)
@given(SEEDS)
def test_compiled_equals_plain(name: str, seed: int) -> None:
    """The compiled form gives the same bits as the NumPy form."""
    kernel = getattr(kernels, name)
    arguments = globals()[f"given_{name}"](np.random.default_rng(seed))
    fast, plain = (form(*arguments) for form in (kernel, kernel.plain))
    pairs = zip(fast, plain, strict=True) if isinstance(fast, tuple) else [(fast, plain)]
    for one, other in pairs:
        assert np.array_equal(one, other)
        assert one.dtype == other.dtype
