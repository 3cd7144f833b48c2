"""Where businesses are: circles on the map that hold some hundred of them each, so that a query skips the far ones."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.engine.area import lens_km2
from matcher.engine.columns import Floats
from matcher.engine.kernels import runs
from matcher.units import distance_km, space_km

CAPACITY = 512  # businesses from which a tile is cut in four, down to the finest
FINEST = 13  # times that the world is halved each way: tiles of 5 km by 2.4 km at the equator
SLACK_KM = 1e-3  # added to each circle, for rounding
SLACK_SHARE = 1e-6  # added to each upper bound of a share, for rounding
Rows = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """T circles, each around a run of rows whose radii are of one magnitude; NaN is the place nobody knows."""

    first: Rows  # (T,) first row of the run
    count: Rows
    x: Floats  # where the middle is, in km from the middle of the earth
    y: Floats
    z: Floats
    size_km: Floats  # the farthest row from the middle
    least_km: Floats  # the smallest radius of its businesses
    most_km: Floats  # the largest

    def near(self, lat: float | None, lon: float | None, radius_km: float) -> tuple[Rows, Floats]:
        """Rows whose circle may touch a circle, and for each an upper bound of how much of the lesser one is shared.

        The share is lens(d) / lens(0): 1 where one circle lies in the other, NaN where a place is unknown.
        """
        if lat is None or lon is None:
            return runs(self.first, self.count), np.full(int(self.count.sum()), np.nan)
        x, y, z = space_km(lat, lon)
        straight = np.sqrt((self.x - x) ** 2 + (self.y - y) ** 2 + (self.z - z) ** 2)  # at most the way round
        gap = np.maximum(straight - self.size_km, 0.0)
        there = np.flatnonzero(~(gap >= radius_km + self.most_km))
        lens = lens_km2(gap[there], self.most_km[there], np.full(len(there), radius_km))
        share = lens / (np.pi * np.minimum(self.least_km[there], radius_km) ** 2) + SLACK_SHARE
        return runs(self.first[there], self.count[there]), np.repeat(np.minimum(share, 1.0), self.count[there])

    def columns(self) -> dict[str, NDArray[Any]]:
        """All arrays, for saving."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def tiled(lats: Floats, lons: Floats, radii_km: Floats) -> tuple[Rows, Tiles]:
    """An order of businesses by magnitude of radius and place, and the tiles over that order, rows counted from 0."""
    placed = ~(np.isnan(lats) | np.isnan(lons))
    magnitude = np.clip(np.floor(np.log2(np.maximum(radii_km, 1.0))), 0, 30).astype(np.int64)
    key = (magnitude << 2 * FINEST + 1) + np.where(placed, _cell(lats, lons), 1 << 2 * FINEST)
    order = np.argsort(key, kind="stable").astype(np.int64)
    first = _cut(key[order])
    count = np.diff(np.r_[first, len(order)])
    lat, lon = np.where(placed, lats, np.nan)[order], np.where(placed, lons, np.nan)[order]
    if not len(order):
        none = np.zeros(0)
        return order, Tiles(first=first, count=count, x=none, y=none, z=none, size_km=none, least_km=none, most_km=none)
    middle = [(np.minimum.reduceat(x, first) + np.maximum.reduceat(x, first)) / 2 for x in (lat, lon)]
    x, y, z = space_km(*middle)
    from_middle = distance_km(np.repeat(middle[0], count), np.repeat(middle[1], count), lat, lon)
    return order, Tiles(
        first=first,
        count=count,
        x=x,
        y=y,
        z=z,
        size_km=np.maximum.reduceat(from_middle, first) + SLACK_KM,
        least_km=np.minimum.reduceat(radii_km[order], first),
        most_km=np.maximum.reduceat(radii_km[order], first),
    )


def _cell(lats: Floats, lons: Floats) -> Rows:
    """(n,) Morton codes: the bits of the column and of the row of the finest cell, in turns."""
    code = np.zeros(len(lats), dtype=np.int64)
    for shift, share in ((0, (lons + 180) / 360), (1, (lats + 90) / 180)):
        number = np.clip(np.nan_to_num(share) * (1 << FINEST), 0, (1 << FINEST) - 1).astype(np.int64)
        for bit in range(FINEST):
            code |= (number >> bit & 1) << (2 * bit + shift)
    return code


def _cut(key: Rows) -> Rows:
    """Where tiles begin in sorted keys: quarters of quarters, until they hold few enough or are the finest."""
    settled = np.zeros(len(key), dtype=np.bool_)
    begins = np.zeros(len(key), dtype=np.bool_)
    for shift in range(2 * FINEST, -1, -2):
        starts = np.flatnonzero(np.diff(key >> shift, prepend=-1))
        counts = np.diff(np.r_[starts, len(key)])
        small = (counts <= CAPACITY) | (shift == 0)
        chosen = starts[small & ~settled[starts]]
        begins[chosen] = True
        settled |= np.repeat(small, counts)
    return np.flatnonzero(begins)
