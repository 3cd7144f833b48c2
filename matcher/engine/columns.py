"""Columns: how businesses come to the engine, and arrays that grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = Sequence[int | None] | Sequence[float | None] | NDArray[Any]
ROOM = 1.25  # times as much room as a column needs, so that appending stays cheap (prior)
SPARE = 1024  # rows of room at least


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Businesses as columns of equal length, None where nobody said; offers and declared markets by business id."""

    ids: Numbers
    lats: Numbers
    lons: Numbers
    radii_km: Numbers
    tiers: Numbers
    clients_a_year: Numbers
    order_values_cents: Numbers
    offer_ids: Numbers = ()
    offer_services: Sequence[str] = ()
    offer_confidences: Numbers = ()
    market_ids: Sequence[int] = ()
    market_codes: Sequence[str] = ()


def floats(values: Numbers) -> Floats:
    """As float64, None as NaN."""
    return np.asarray(values, dtype=np.float64)


def with_room(column: NDArray[Any], size: int | None = None) -> NDArray[Any]:
    """A copy of a column with room for `size` values (its own number if not told) and some more."""
    bigger = np.zeros(int(ROOM * (len(column) if size is None else size)) + SPARE, dtype=column.dtype)
    bigger[: len(column)] = column
    return bigger


def grown(column: NDArray[Any], size: int) -> NDArray[Any]:
    """The same column, or a larger copy of it with room for `size` values."""
    return column if size <= len(column) else with_room(column, size)
