"""Needs of our clients, as columns, and those needs beside whoever offers what they ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.answers.covered import NeedCard
from matcher.engine.columns import Floats, floats
from matcher.engine.flow import Flow
from matcher.engine.kinds import Rows
from matcher.engine.takers import Takers
from matcher.units import EARTH_RADIUS_KM, space_km

UNSORTED = -1  # number of the service of a need that nobody has sorted
PAIRS = 400_000  # needs x takers looked at in one go, so that memory stays small


@dataclass(frozen=True, kw_only=True)
class Wants:
    """What N needs ask for; columns are (N,)."""

    services: Rows  # by number; `UNSORTED`
    lats: Floats  # of the client; NaN: unknown
    lons: Floats
    tiers: Floats  # NaN: any
    within_km: Floats  # NaN: any distance
    languages: tuple[str, ...]  # "": any


def wants_of(needs: Sequence[NeedCard], flow: Flow) -> Wants:
    """The needs as columns."""
    return Wants(
        services=np.array([flow.numbers.get(need.service, UNSORTED) for need in needs], dtype=np.int64),
        lats=floats([need.lat for need in needs]),
        lons=floats([need.lon for need in needs]),
        tiers=floats([need.wish.tier for need in needs]),
        within_km=floats([need.wish.within_km for need in needs]),
        languages=tuple(need.wish.language for need in needs),
    )


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Some needs of one service (n) beside all who offer it (p), however unsure we are of that."""

    wants: Wants
    takers: Takers
    needs: Rows  # (n,) positions in `wants`
    those: Rows  # (p,) positions in `takers`
    sure: Floats  # (p,) of the offer

    def need(self, name: str) -> NDArray[Any]:
        """(n, 1) one column of the needs."""
        return np.asarray(getattr(self.wants, name)[self.needs, None])

    def taker(self, name: str) -> NDArray[Any]:
        """(p,) one column of the takers."""
        return np.asarray(getattr(self.takers, name)[self.those])

    @cached_property
    def distance_km(self) -> Floats:
        """(n, p) from client to taker; NaN where either place is unknown."""
        here = space_km(self.need("lats"), self.need("lons"))
        there = space_km(self.taker("lats"), self.taker("lons"))
        straight = np.sqrt(sum((one - other) ** 2 for one, other in zip(here, there, strict=True)))
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(straight / (2 * EARTH_RADIUS_KM), 1.0)))


def crossings(wants: Wants, takers: Takers, needs: Rows | None = None) -> Iterator[Crossing]:
    """Those needs (all if not told) that ask for a known service, beside whoever offers it, in parts of some size."""
    asked = np.arange(len(wants.services)) if needs is None else needs
    for service in np.unique(wants.services[asked]).tolist():
        those, sure = takers.offering(service)
        if service == UNSORTED or not len(those):
            continue
        some = asked[wants.services[asked] == service]
        step = max(1, PAIRS // len(those))
        for first in range(0, len(some), step):
            yield Crossing(wants=wants, takers=takers, needs=some[first : first + step], those=those, sure=sure)
