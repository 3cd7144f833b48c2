"""Units and what everybody shares. Suffixes: `_km`, `_share` (0-1), `_cents`, `_days`, `_on` (date), `_at` (UTC)."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088  # IUGG mean radius
SHARED = 1  # id of the network that owns the shared directory


def distance_km(
    lat: float | NDArray[np.float64],
    lon: float | NDArray[np.float64],
    lats: NDArray[np.float64],
    lons: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(n,) great-circle distances in km from one point, or n, to n points (degrees in, haversine formula)."""
    lat_1, lat_2 = np.radians(lat), np.radians(lats)
    half = np.sin((lat_2 - lat_1) / 2) ** 2 + np.cos(lat_1) * np.cos(lat_2) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def space_km(lat: Any, lon: Any) -> tuple[Any, Any, Any]:
    """Where a place is, in km from the middle of the earth; a straight line is never longer than the way round."""
    lat, lon = np.radians(lat), np.radians(lon)
    flat = EARTH_RADIUS_KM * np.cos(lat)
    return flat * np.cos(lon), flat * np.sin(lon), EARTH_RADIUS_KM * np.sin(lat)


def now_utc() -> datetime:
    """The time now, in UTC; only the store, the visitors and the doors ask for it. `store/clock.py` knows the day."""
    return datetime.now(UTC)
