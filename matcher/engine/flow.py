"""Flow of clients between services: which journeys they share, and who meets the client first.

Shapes: S services, J journeys. Chances and shares are 0-1. `starts` are journeys begun a year per 10,000 inhabitants.
"""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.engine.learning import mean
from matcher.taxonomy import Taxonomy

Floats = NDArray[np.float64]
# Worth of a need that comes before we meet the client, against one that comes after. On 415 stated partner pairs
# 0.3, 0.6, 0.8 and 1 give a recall@10 of .51, .54, .56, .55; 1 would say that the order does not matter.
BEFORE = 0.8
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


class Flow:
    """The services x journeys matrices of a taxonomy, and what follows from them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
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
        # Exponents 0, .25, .5, .75 put a stated partner among the first five for .75, .85, .85, .83 of 48 professions.
        self.commonness = np.sqrt([journey.starts_per_10k for journey in taxonomy.journeys.values()])  # (J,)
        self.breadth: Floats = self.chance @ self.commonness  # (S,) how much of all client life a service touches
        self._focus: dict[frozenset[str], Floats] = {}
        services = taxonomy.services.values()
        self.refers = np.array([s.refers for s in services])  # (S,) how readily it sends clients on, 0-1
        self.clients = np.array([(s.clients_low * s.clients_high) ** 0.5 for s in services])  # (S,) a year, usual
        self.order_usd = np.array([(s.order_low_usd * s.order_high_usd) ** 0.5 for s in services])  # (S,) usual

    def focus(self, markets: Sequence[str]) -> Floats:
        """(J,) weight of each journey for a business that declares these markets; 1 everywhere if it declares none."""
        wanted = frozenset(markets)
        if wanted not in self._focus:
            inside = [not wanted or not wanted.isdisjoint(j.markets) for j in self.taxonomy.journeys.values()]
            self._focus[wanted] = np.where(inside, 1.0, OUTSIDE)
        return self._focus[wanted]

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
        ours.__dict__.pop("between", None)
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

        A journey that the other business does not serve (`theirs`: the markets it declares) counts less.
        """
        weights, served = self.commonness * self.focus(markets), self.focus(theirs)
        total, needs = 0.0, np.zeros(len(self.codes))
        for service in np.flatnonzero(offers):
            clients = offers[service] * self.chance[service] * weights
            total += clients.sum()
            needs += (self.chance * self._eta(self.stage[service], self.stage)) @ (clients * served)
        return needs / total if total > 0 else needs

    def inward(self, offers: Floats, markets: Sequence[str] = (), theirs: Sequence[str] = ()) -> Floats:
        """(S,) F(t->i): chance that a client of t needs what i offers and is on a journey that i serves.

        `theirs` are the markets that the other business declares.
        """
        weights = self.commonness * self.focus(theirs)
        wanted, needs = self.focus(markets), np.zeros(len(self.codes))
        for service in np.flatnonzero(offers):
            need = offers[service] * self.chance[service] * wanted * weights
            needs += (self.chance * self._eta(self.stage, self.stage[service])) @ need
        return needs / np.maximum(self.chance @ weights, 1e-12)

    @cached_property
    def between(self) -> NDArray[np.float32]:
        """(S, S) F(s->t) for every pair of services."""
        matrix = np.zeros((len(self.codes), len(self.codes)), dtype=np.float32)
        for column in range(len(self.journeys)):
            at = np.flatnonzero(self.chance[:, column])
            chance, stage = self.chance[at, column], self.stage[at, column]
            eta = self._eta(stage[:, None], stage[None, :])
            matrix[np.ix_(at, at)] += self.commonness[column] * chance[:, None] * eta * chance[None, :]
        return np.asarray(matrix / np.maximum(self.breadth, 1e-12)[:, None], dtype=np.float32)

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
    """The flow of a taxonomy, computed once."""
    return Flow(taxonomy)
