"""Flow of clients between services: which journeys they share, and who meets the client first.

Shapes: S services, J journeys. Chances and shares are 0-1. `starts` are journeys begun a year per 10,000 inhabitants.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.engine.columns import Floats
from matcher.engine.kernels import carried, runs
from matcher.engine.learning import mean
from matcher.knowledge.alike import how_alike
from matcher.taxonomy import Service, Taxonomy

# Worth of a need that comes before we meet the client, against one that comes after. On 415 stated partner pairs
# 0.3, 0.6, 0.8 and 1 give a recall@10 of .69, .70, .69, .69; 1 would say that the order does not matter.
BEFORE = 0.8
# Chance of a need per unit of likeness in meaning, on top of what journeys know. On 121 outright stated pairs 0, .05,
# .1 and .2 give an AUC of .977 each, a hit@5 of .971, .971, .943, .914 and a recall@10 of .809, .812, .802, .802; of
# the partners named in data/golden 77, 76, 74, 71 % are among the first ten. .1 was a guess for fewer journeys.
ALIKE = 0.05
BESIDE = 0.5  # as an example: a journey beside the point against one that goes to it (by eye)
OUTSIDE = 0.1  # weight of a journey outside the declared markets, against one inside (prior; by the golden cases)
UNFORESEEN = 0.02  # chance of a need that no step foresees, before the first client of ours had it (prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Clients of ours seen on a journey, and how many of them needed each service; both aged."""

    clients: float
    needed: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A journey that carries clients from one business to another; `order` says whether the first meets them before."""

    journey: str
    weight_share: float  # of all that flows between the two
    chance: float  # that somebody on this journey needs what the other sells
    order: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways of clients from each service to the others of its journeys, side by side: a run a service and journey."""

    begins: NDArray[np.int64]  # (S + 1,) where the runs of each service begin
    journey: NDArray[np.int64]  # (runs,)
    first: NDArray[np.int64]  # (runs,) where the ways of a run begin
    count: NDArray[np.int64]
    service: NDArray[np.int64]  # (ways,) the other service
    after: Floats  # (ways,) sqrt(starts) x chance of both, less where the other comes first
    before: Floats  # (ways,) the same, less where the other comes second


@dataclass(frozen=True, slots=True)
class Lanes:
    """The ways of one business, run by run, with what flows out on each and in."""

    services: int
    journey: NDArray[np.int64]  # (runs,)
    first: NDArray[np.int64]
    count: NDArray[np.int64]
    service: NDArray[np.int64]  # (ways,)
    out: Floats
    into: Floats
    backing: tuple[Floats, Floats] | None  # (S,) added to what flows out to a service and in from it

    def flows(self, inside: NDArray[np.bool_], breadth: Floats) -> tuple[Floats, Floats]:
        """(G, S) `Flow.outward`, and `Flow.inward` x breadth of t, for G sets of markets.

        Given are `Flow.inside` (G, J) and `Flow.breadth_within` (G, S) of those sets.
        """
        ways = self.service, self.out, self.into
        within = carried(inside[:, self.journey], (self.first, self.count), ways, self.services)
        beside = [np.bincount(self.service, weights=w, minlength=self.services) for w in (self.out, self.into)]
        out, into = within
        for part, whole in zip(within, beside, strict=True):
            part *= 1 - OUTSIDE
            part += OUTSIDE * whole
        if self.backing is not None:
            out += self.backing[0]
            into += breadth * self.backing[1]
        return out, into


class Flow:
    """The services x journeys matrices of a taxonomy, and what follows from them.

    `alike` is (S, S), cosines between what services mean: where it is given, it backs up what journeys know.
    """

    def __init__(self, taxonomy: Taxonomy, alike: Floats | None = None) -> None:
        self.taxonomy = taxonomy
        self.codes = tuple(taxonomy.services)
        self.numbers: Mapping[str, int] = {code: number for number, code in enumerate(self.codes)}
        self.journeys = tuple(taxonomy.journeys)
        shape = len(self.codes), len(self.journeys)
        self.chance = np.zeros(shape)  # (S, J) that such a client needs the service
        self.stage = np.zeros(shape, dtype=np.int8)  # (S, J) from 1; 0 where the service is not called for
        for column, journey in enumerate(taxonomy.journeys.values()):
            for step in journey.steps:
                self.chance[self.numbers[step.service], column] = step.chance
                self.stage[self.numbers[step.service], column] = step.stage
        # Square root: a yearly routine must not drown a rare event in which everybody needs partners.
        # Exponents 0, .25, .5, .75 put a stated partner among the first five for .95, 1, .98, .93 of 60 professions.
        # By the number of steps: that two stand on a long list together says less than that they stand on a short one.
        # It lifts the AUC on outright stated pairs from .975 to .977, and the recall of data/golden from .761 to .772.
        starts = np.array([journey.starts_per_10k for journey in taxonomy.journeys.values()])
        self.commonness = np.sqrt(starts / np.maximum((self.chance > 0).sum(axis=0), 1))  # (J,)
        self.breadth: Floats = self.chance @ self.commonness  # (S,) how much of all client life a service touches
        self._inside: dict[frozenset[str], NDArray[np.bool_]] = {}
        self.backing: Floats | None = None  # (S, S) added to F(s->t)
        if alike is not None:
            joined = self.chance @ self.chance.T > 0  # being alike makes no partners of those whom no journey joins
            self.backing = ALIKE * np.maximum(alike, 0.0) * joined
        services = taxonomy.services.values()
        self.refers = np.array([s.refers for s in services])  # (S,) how readily it sends clients on, 0-1
        self.clients = np.array([(s.clients_low * s.clients_high) ** 0.5 for s in services])  # (S,) a year, usual
        self.order_usd = np.array([(s.order_low_usd * s.order_high_usd) ** 0.5 for s in services])  # (S,) usual

    def also(self, services: Iterable[Service]) -> "Flow":
        """The same with some services more, by number and name alone: no journey calls for them, so nothing flows.

        Needs are matched with who fills them by these numbers. All columns stay as long as they are.
        """
        whole = copy(self)
        whole.taxonomy = self.taxonomy.also(services)
        whole.codes = tuple(whole.taxonomy.services)
        whole.numbers = {code: number for number, code in enumerate(whole.codes)}
        return whole

    def inside(self, markets: Sequence[str]) -> NDArray[np.bool_]:
        """(J,) which journeys lead through these markets; all of them if there are no markets."""
        wanted = frozenset(markets)
        if wanted not in self._inside:
            inside = [not wanted or not wanted.isdisjoint(j.markets) for j in self.taxonomy.journeys.values()]
            self._inside[wanted] = np.array(inside, dtype=np.bool_)
        return self._inside[wanted]

    def focus(self, markets: Sequence[str]) -> Floats:
        """(J,) weight of each journey for a business that declares these markets; 1 everywhere if it declares none."""
        return np.where(self.inside(markets), 1.0, OUTSIDE)

    def offers(self, services: Mapping[str, float]) -> Floats:
        """(S,) how surely each service is offered; codes that the taxonomy no longer has are left out."""
        vector = np.zeros(len(self.codes))
        for code, confidence in services.items():
            if code in self.numbers:
                vector[self.numbers[code]] = confidence
        return vector

    def learned(self, seen: Mapping[str, Seen], sold: Collection[str] = ()) -> "Flow":
        """The flow of clients like ours: each chance of a journey they were seen on moves from ours to theirs.

        A need that no step foresees comes last in its journey. What we sell ourselves (`sold`) stays as it is, as those
        who came to us all needed it.
        """
        ours = copy(self)
        for worked_out in ("between", "_ways"):
            ours.__dict__.pop(worked_out, None)
        ours.chance, ours.stage = self.chance.copy(), self.stage.copy()
        others = ~np.isin(self.codes, list(sold))
        for column in (self.journeys.index(code) for code in seen if code in self.taxonomy.journeys):
            clients = seen[self.journeys[column]]
            needed = self.offers(clients.needed)
            new = (needed > 0) & (self.stage[:, column] == 0) & others
            known = (self.stage[:, column] > 0) & others
            model = np.where(new, UNFORESEEN, self.chance[:, column])
            ours.chance[:, column] = np.where(
                known | new, mean(model, needed, clients.clients - needed), self.chance[:, column]
            )
            ours.stage[new, column] = self.stage[:, column].max()
        ours.breadth = ours.chance @ ours.commonness
        return ours

    def posterior(self, offers: Floats, markets: Sequence[str] = ()) -> Floats:
        """(J,) P(j|i) ~ sqrt(starts_j) x focus_j x sum_s o_is p_js: the journeys that i's clients are on."""
        weight: Floats = (offers @ self.chance) * self.commonness * self.focus(markets)
        total = weight.sum()
        return np.asarray(weight / total) if total > 0 else weight

    def outward(self, offers: Floats, markets: Sequence[str] = (), theirs: Sequence[str] = ()) -> Floats:
        """(S,) F(i->t) = sum_j P(j|i) eta p_jt: chance that a client of i needs t, less where t comes first.

        With a likeness F~ = F + ALIKE x cos, each service of i counting for its share of the clients.

        A journey that the other business does not serve (`theirs`: the markets it declares) counts less.
        """
        return np.asarray(self._flows(offers, markets, theirs)[0][0])

    def inward(self, offers: Floats, markets: Sequence[str] = (), theirs: Sequence[str] = ()) -> Floats:
        """(S,) F(t->i): chance that a client of t needs what i offers and is on a journey that i serves.

        `theirs` are the markets that the other business declares.
        """
        carried = self._flows(offers, markets, theirs)[1][0]
        return np.asarray(carried / np.maximum(self.breadth_within(theirs), 1e-12))

    def _flows(self, offers: Floats, markets: Sequence[str], theirs: Sequence[str]) -> tuple[Floats, Floats]:
        return self.lanes(offers, markets).flows(self.inside(theirs)[None], self.breadth_within(theirs)[None])

    def breadth_within(self, markets: Sequence[str]) -> Floats:
        """(S,) how much of all client life each service touches, journeys outside these markets counting less."""
        return np.asarray(self.chance @ (self.commonness * self.focus(markets)))

    def lanes(self, offers: Floats, markets: Sequence[str] = ()) -> Lanes:
        """All ways on which clients come to and from a business, by its offers (S,) and the markets it declares."""
        ways, focus, ours = self._ways, self.focus(markets), np.flatnonzero(offers)
        clients = np.array([float(offers[s] * (self.chance[s] * self.commonness) @ focus) for s in ours])
        total = float(clients.sum()) or 1.0
        backing = None
        if self.backing is not None:
            backing = clients @ self.backing[ours] / total, self.backing[:, ours] @ offers[ours]
        mine = runs(ways.begins[ours], np.diff(ways.begins)[ours])
        count = ways.count[mine]
        at = runs(ways.first[mine], count)
        weight = np.repeat(offers[ours], np.diff(ways.begins)[ours]) * focus[ways.journey[mine]]
        weight = np.repeat(weight, count)
        return Lanes(
            len(self.codes),
            ways.journey[mine],
            np.cumsum(count) - count,
            count,
            ways.service[at],
            weight * ways.after[at] / total,
            weight * ways.before[at],
            backing,
        )

    @cached_property
    def _ways(self) -> Ways:
        parts = []
        for column in range(len(self.journeys)):
            at = np.flatnonzero(self.chance[:, column])
            chance, stage = self.chance[at, column], self.stage[at, column]
            carried = self.commonness[column] * chance[:, None] * chance[None, :]
            after = carried * self._eta(stage[:, None], stage[None, :])
            before = carried * self._eta(stage[None, :], stage[:, None])
            giver, service = np.repeat(at, len(at)), np.tile(at, len(at))
            parts.append((giver, np.full(len(giver), column), service, after.ravel(), before.ravel()))
        giver, journey, service, after, before = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(giver, kind="stable")
        giver, journey = giver[order], journey[order]
        first = np.flatnonzero(np.diff(giver * len(self.journeys) + journey, prepend=-1))
        return Ways(
            begins=np.searchsorted(giver[first], np.arange(len(self.codes) + 1)),
            journey=journey[first],
            first=first,
            count=np.diff(np.r_[first, len(order)]),
            service=service[order],
            after=after[order],
            before=before[order],
        )

    @cached_property
    def between(self) -> NDArray[np.float32]:
        """(S, S) F(s->t) for every pair of services."""
        count, ways = len(self.codes), self._ways
        giver = np.repeat(np.repeat(np.arange(count), np.diff(ways.begins)), ways.count)
        total = np.bincount(giver * count + ways.service, weights=ways.after, minlength=count * count)
        matrix = total.reshape(count, count) / np.maximum(self.breadth, 1e-12)[:, None]
        return np.asarray(matrix if self.backing is None else matrix + self.backing, dtype=np.float32)

    def market_share(self, ours: Floats, theirs: Floats) -> float:
        """M = sum_j sqrt(P(j|i) P(j|k)) of two posteriors: the shared target market, 0-1."""
        return min(1.0, float(np.sqrt(ours * theirs).sum()))

    def evidence(self, giver: Floats, taker: Floats, markets: Sequence[str] = (), limit: int = 3) -> tuple[Shared, ...]:
        """Journeys that carry many clients from one business to another, by their offers (S,), the best to tell first.

        `markets` are those that the owner declares.
        """
        weights = self.commonness * self.focus(markets)
        carried = np.zeros(len(self.journeys))
        for one in np.flatnonzero(giver):
            for other in np.flatnonzero(taker):
                eta = self._eta(self.stage[one], self.stage[other])
                carried += giver[one] * taker[other] * self.chance[one] * eta * self.chance[other] * weights
        told = carried * self._plainness(giver, markets)
        best = [j for j in np.argsort(-told, kind="stable")[:limit] if carried[j] > 0]
        return tuple(self._shared(j, giver, taker, float(carried[j] / carried.sum())) for j in best)

    def _plainness(self, giver: Floats, markets: Sequence[str]) -> Floats:
        """(J,) how well each journey serves as an example to somebody who declares these markets.

        Best is one that is known everywhere and whose main market is declared; where the giver sells to households, one
        that households go through.
        """
        services, kinds = list(self.taxonomy.services.values()), self.taxonomy.markets
        households = services[int(np.argmax(giver))].sells_to == "households"
        main = [journey.markets[0] for journey in self.taxonomy.journeys.values()]
        everywhere = [BESIDE if journey.region else 1.0 for journey in self.taxonomy.journeys.values()]
        declared = np.where(np.isin(main, markets) if markets else True, 1.0, BESIDE)
        return np.asarray(
            declared
            * np.array(everywhere)
            * np.array([BESIDE if households and kinds[m].kind == "business" else 1.0 for m in main])
        )

    def _shared(self, column: int, giver: Floats, taker: Floats, weight_share: float) -> Shared:
        one = int(np.argmax(giver * self.chance[:, column]))
        other = int(np.argmax(taker * self.chance[:, column]))
        gap = int(self.stage[other, column]) - int(self.stage[one, column])
        return Shared(
            journey=self.journeys[column],
            weight_share=weight_share,
            chance=float(self.chance[other, column]),
            order="before" if gap > 0 else "after" if gap < 0 else "together",
        )

    @staticmethod
    def _eta(giver_stage: NDArray[np.int8], taker_stage: NDArray[np.int8]) -> Floats:
        return np.where(taker_stage >= giver_stage, 1.0, BEFORE)


@cache
def flow_of(taxonomy: Taxonomy) -> Flow:
    """The flow of a taxonomy as this installation knows it, computed once."""
    return Flow(taxonomy, how_alike(taxonomy))
