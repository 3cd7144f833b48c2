"""Which candidates could take which needs, as plain arrays: what the searches for partners to recruit stand on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.engine.kernels import Floats, Rows, runs

Numbers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class ByNeed:
    """For each of N needs the candidates among K who could take it."""

    first: Rows  # (N + 1,) where the candidates of each need begin
    candidate: Numbers  # (nnz,) ascending within a need
    candidates: int  # K

    @cached_property
    def count(self) -> Rows:
        """(N,) how many candidates could take each need."""
        return np.diff(self.first)

    def candidates_of(self, need: int) -> Numbers:
        """The candidates who could take one need."""
        return self.candidate[self.first[need] : self.first[need + 1]]

    def sums(self, needs: NDArray[np.integer[Any]], weight: Floats) -> Floats:
        """(K,) the weights of those among some needs that each candidate could take; one weight for each of `needs`."""
        count = self.count[needs]
        who = self.candidate[runs(self.first[needs], count)]
        return np.bincount(who, np.repeat(weight, count), self.candidates).astype(np.float64, copy=False)


@dataclass(frozen=True, eq=False)
class Reach:
    """K candidates, the best first where they are equal, and for each the needs among N that it could take."""

    first: Rows  # (K + 1,) where the needs of each candidate begin
    need: Numbers  # (nnz,) ascending within a candidate
    worth: Floats  # (N,) what it is worth to close a need, above 0, in any unit
    room: Rows  # (K,) how many needs a candidate can take at a time, from 1
    cost: Floats = field(default_factory=lambda: np.zeros(0))  # (K,) of asking a candidate, 0 or more; 1 unless told

    def __post_init__(self) -> None:
        if not len(self.cost):
            object.__setattr__(self, "cost", np.ones(len(self.room)))

    def __len__(self) -> int:
        return len(self.room)

    @cached_property
    def count(self) -> Rows:
        """(K,) how many needs each candidate could take if it had room for all."""
        return np.diff(self.first)

    @cached_property
    def is_roomy(self) -> bool:
        """Whether everybody has room for all that they could take, so that rooms never bind."""
        return bool((self.room >= self.count).all())

    def needs_of(self, candidate: int) -> Numbers:
        """The needs that one candidate could take."""
        return self.need[self.first[candidate] : self.first[candidate + 1]]

    def transpose(self) -> ByNeed:
        """The other way round: who could take each need."""
        there = np.ones(len(self.need), dtype=np.bool_)
        other = sparse.csr_array((there, self.need, self.first), shape=(len(self), len(self.worth))).tocsc()
        return ByNeed(other.indptr.astype(np.int64), other.indices.astype(np.int32, copy=False), len(self))

    def subset(self, candidates: Rows) -> "Reach":
        """The same needs with some of the candidates only, in the order given."""
        return Reach(
            first=np.r_[0, np.cumsum(self.count[candidates])],
            need=self.need[runs(self.first[candidates], self.count[candidates])],
            worth=self.worth,
            room=self.room[candidates],
            cost=self.cost[candidates],
        )

    def keep(self, entries: NDArray[np.bool_]) -> "Reach":
        """The same candidates and needs, but only some (nnz,) of who could take what."""
        kept = np.r_[0, np.cumsum(entries)][self.first]
        return replace(self, first=kept, need=self.need[entries])


def reach_of(
    needs: Sequence[Sequence[int]], worth: Sequence[float], room: Sequence[int] = (), cost: Sequence[float] = ()
) -> Reach:
    """A reach from the needs that each candidate could take; room for all of them unless told."""
    count = np.array([len(of_one) for of_one in needs], dtype=np.int64)
    return Reach(
        first=np.r_[0, np.cumsum(count)],
        need=np.array([need for of_one in needs for need in sorted(of_one)], dtype=np.int32),
        worth=np.array(worth, dtype=np.float64),
        room=np.array(room, dtype=np.int64) if len(room) else np.maximum(count, 1),
        cost=np.array(cost, dtype=np.float64),
    )


def by_worth(reach: Reach, k: int) -> tuple[Reach, Rows]:
    """The same with needs numbered from the most worth on, as far as k candidates need it, and (N,) their old numbers.

    Rooms are cut to what a candidate could take, and each list to its T best needs, T being the room of the k roomiest
    together. That loses nothing: where somebody takes a need beyond, the k take at most T - 1 others, so one of the T
    better ones is open to be taken instead.
    """
    order = np.argsort(-reach.worth, kind="stable")
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    need = rank[reach.need]
    for begin, end in pairwise(reach.first.tolist()):
        need[begin:end].sort()
    room = np.clip(reach.count, 1, reach.room)
    ranked = replace(reach, need=need, worth=reach.worth[order], room=room)
    most = int(np.sort(room)[::-1][:k].sum())
    if ranked.count.max(initial=0) > most:
        count = np.minimum(ranked.count, most)
        ranked = replace(ranked, first=np.r_[0, np.cumsum(count)], need=need[runs(reach.first[:-1], count)])
    return ranked, order
