"""The few loops in which a query spends its time: NumPy, or compiled where the extra `[fast]` is installed.

Both add in the same order, so they give the same bits. `FAST` says which of the two is at work.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])

try:
    import numba
except ModuleNotFoundError:
    FAST = False
else:
    FAST = True


def compiled(plain: Callable[..., Any]) -> Callable[[Function], Function]:
    """Let a function written as loops stand in for a NumPy one, if it can be compiled."""

    def choose(loops: Function) -> Function:
        chosen: Any = numba.njit(cache=True, nogil=True)(loops) if FAST else plain
        chosen.plain = plain
        return chosen  # type: ignore[no-any-return]

    return choose


def _runs(first: Rows, count: Rows) -> Rows:
    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + count, count)


@compiled(_runs)
def runs(first: Rows, count: Rows) -> Rows:
    """The numbers of some runs, one after the other: runs([5, 0], [2, 3]) is [5, 6, 0, 1, 2]."""
    numbers = np.empty(count.sum(), dtype=np.int64)
    at = 0
    for run in range(len(first)):
        for place in range(count[run]):
            numbers[at] = first[run] + place
            at += 1
    return numbers


Ways = tuple[Rows, Floats, Floats]  # service, what flows out to it, what flows in from it


def _carried(within: NDArray[np.bool_], lanes: tuple[Rows, Rows], ways: Ways, services: int) -> tuple[Floats, Floats]:
    group, run = np.nonzero(within)
    first, count = lanes[0][run], lanes[1][run]
    way = _runs(first, count)
    to = np.repeat(group * services, count) + ways[0][way]
    size = len(within) * services
    out, into = (np.bincount(to, weights=column[way], minlength=size) for column in ways[1:])
    return out.reshape(-1, services).astype(np.float64), into.reshape(-1, services).astype(np.float64)


@compiled(_carried)
def carried(within: NDArray[np.bool_], lanes: tuple[Rows, Rows], ways: Ways, services: int) -> tuple[Floats, Floats]:
    """(G, S) what flows out and in on those runs of ways that are `within` (G, R) each of G sets of markets."""
    first, count = lanes
    service, out_on, into_on = ways
    out, into = np.zeros((len(within), services)), np.zeros((len(within), services))
    for group in range(len(within)):
        for run in range(len(first)):
            if within[group, run]:
                for way in range(first[run], first[run] + count[run]):
                    out[group, service[way]] += out_on[way]
                    into[group, service[way]] += into_on[way]
    return out, into


def _distinct(numbers: NDArray[np.integer[Any]], below: int) -> tuple[Rows, Rows]:
    there = np.zeros(below, dtype=np.bool_)
    there[numbers] = True
    different = np.flatnonzero(there)
    place = np.empty(below, dtype=np.int64)
    place[different] = np.arange(len(different))
    return different, place[numbers]


@compiled(_distinct)
def distinct(numbers: NDArray[np.integer[Any]], below: int) -> tuple[Rows, Rows]:
    """The different ones of some numbers from 0 to `below`, in order, and which of them each is; needs no sorting."""
    place = np.full(below, -1, dtype=np.int64)
    for number in numbers:
        place[number] = 0
    different = np.empty(below, dtype=np.int64)
    many = 0
    for number in range(below):
        if place[number] == 0:
            different[many] = number
            place[number] = many
            many += 1
    at = np.empty(len(numbers), dtype=np.int64)
    for position in range(len(numbers)):
        at[position] = place[numbers[position]]
    return different[:many].copy(), at


Sold = tuple[
    Rows, Rows, NDArray[np.int16], Floats
]  # of some kinds: where offers begin, how many; all services, sureness
Tables = tuple[Floats, Floats, Floats]  # (G, S) needs of our clients, (G, S) of theirs; (S,) what we offer


def _sums(sold: Sold, group: Rows, tables: Tables) -> tuple[Floats, Floats, Floats]:
    starts, counts, services, sureness = sold
    at = np.repeat(np.arange(len(counts)), counts)
    place = _runs(starts, counts)
    service, sure = services[place], sureness[place]
    outward, inward, ours = tables
    which = group[at], service
    values = (sure * outward[which], sure * inward[which], np.minimum(ours[service], sure))
    first, second, third = (np.bincount(at, weights=column, minlength=len(counts)) for column in values)
    return np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64), np.asarray(third, np.float64)


@compiled(_sums)
def sums(sold: Sold, group: Rows, tables: Tables) -> tuple[Floats, Floats, Floats]:
    """(K,) for each kind, over its offers: sure x needs of our clients, sure x needs of theirs, what both offer."""
    starts, counts, services, sureness = sold
    outward, inward, ours = tables
    out, into, common = np.zeros(len(counts)), np.zeros(len(counts)), np.zeros(len(counts))
    for kind in range(len(counts)):
        for place in range(starts[kind], starts[kind] + counts[kind]):
            service, sure = services[place], sureness[place]
            out[kind] += sure * outward[group[kind], service]
            into[kind] += sure * inward[group[kind], service]
            common[kind] += min(ours[service], sure)
    return out, into, common


def _bounds(at: Rows, share: Floats, unplaced: Floats, next_door: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(share), unplaced[at], next_door[at] * share))


@compiled(_bounds)
def bounds(at: Rows, share: Floats, unplaced: Floats, next_door: Floats) -> Floats:
    """(n,) the most that each candidate can score: what its kind can next door, by the share of areas it can have."""
    bound = np.empty(len(at))
    for row in range(len(at)):
        bound[row] = unplaced[at[row]] if np.isnan(share[row]) else next_door[at[row]] * share[row]
    return bound


def _living(rows: Rows, share: Floats, died: NDArray[np.int32], version: int) -> tuple[Rows, Floats]:
    alive = died[rows] > version
    return (rows, share) if alive.all() else (rows[alive], share[alive])


@compiled(_living)
def living(rows: Rows, share: Floats, died: NDArray[np.int32], version: int) -> tuple[Rows, Floats]:
    """Those of some rows that live at a version, with what stands beside them."""
    many = 0
    for row in rows:
        many += died[row] > version
    if many == len(rows):
        return rows, share
    kept, beside = np.empty(many, dtype=np.int64), np.empty(many)
    many = 0
    for place in range(len(rows)):
        if died[rows[place]] > version:
            kept[many], beside[many] = rows[place], share[place]
            many += 1
    return kept, beside
