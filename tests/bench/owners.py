"""Made clients and candidates around a city, by seed: who could take whose needs."""

from dataclasses import dataclass, replace

import numpy as np

from matcher.engine.reach import Reach

# What they are like, by judgement: nobody has counted.
CITY_KM, RADII_KM = 12.0, (5.0, 40.0)  # spread of places around the middle; smallest and largest radius
KINDS, OFFERED, LEVELS, ROOMS = 15, 3, 4, 20  # kinds of need, most kinds offered, price levels, most needs at a time
WISHING, GAP = 0.25, 2  # share of needs with a wish for a price level; from which difference on it does not fit
WORTH = (6.0, 1.0)  # mean and spread of the logarithm of what closing a need is worth


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many there are of what."""

    clients: int
    needs_each: float  # of the 15 kinds, on average
    candidates: int
    asked: int


def made(size: Size, *, roomy: bool, seed: int = 0) -> Reach:
    """Candidates who offer one to three kinds, the first kinds more often (Zipf), to whoever lives in their radius."""
    rng = np.random.default_rng(seed)
    client, kind = np.nonzero(rng.random((size.clients, KINDS)) < size.needs_each / KINDS)
    homes, places = rng.normal(0, CITY_KM, (size.clients, 2)), rng.normal(0, CITY_KM, (size.candidates, 2))
    worth = rng.lognormal(*WORTH, len(client))
    wish = np.where(rng.random(len(client)) < WISHING, rng.integers(0, LEVELS, len(client)), -1)
    radius, level = rng.uniform(*RADII_KM, size.candidates), rng.integers(0, LEVELS, size.candidates)
    room = rng.integers(1, ROOMS + 1, size.candidates)
    popular = 1 / np.arange(1, KINDS + 1)
    lists = []
    for one in range(size.candidates):
        offered = np.zeros(KINDS, dtype=np.bool_)
        offered[rng.choice(KINDS, rng.integers(1, OFFERED + 1), replace=False, p=popular / popular.sum())] = True
        near = ((homes - places[one]) ** 2).sum(axis=1) <= radius[one] ** 2
        fits = (wish < 0) | (np.abs(wish - level[one]) < GAP)
        lists.append(np.flatnonzero(near[client] & offered[kind] & fits).astype(np.int32))
    first = np.r_[0, np.cumsum([len(needs) for needs in lists])]
    reach = Reach(first=first, need=np.concatenate(lists), worth=worth, room=room)
    return replace(reach, room=np.maximum(reach.count, 1)) if roomy else reach
