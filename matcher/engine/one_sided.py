"""Who helps one side only, or neither, and what would make a partnership of it.

A partnership needs clients in both directions. A journey in common carries them both ways, so where one direction is
empty the other usually is too; but a client of ours may be waiting for what they sell all the same.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from matcher.answers.partners import Helps, Home, OneSided, OneSidedList
from matcher.engine import value
from matcher.engine.columns import Floats
from matcher.engine.compete import distances_km
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.pairs import Pairs, pair_up
from matcher.engine.question import Question
from matcher.engine.suggest import Names, case_of, survey
from matcher.engine.value import Worth
from matcher.engine.words import article, journey_words, of_hundred, running, sentence_start, service_words

NOTICED = 0.01  # chance that a client needs a service, below which it would change nothing (prior)


def one_sided(index: Index, question: Question, names: Names, *, first: int = 0, limit: int = 20) -> OneSidedList:
    """One page of those in reach that do not compete but have no score: who helps one side first, then the nearest."""
    rows = survey(index, question).one_sided
    pairs = pair_up(index, question, rows, distances_km(index, question.home, rows))
    worth = value.worth(pairs)
    helping = (worth.to_us > 0) | (worth.to_them > 0) | (pairs.fills > 0)
    order = np.lexsort((index["ids"][rows], np.nan_to_num(pairs.distance_km, nan=np.inf), -pairs.fills, ~helping))
    shown = order[first : first + limit]
    named = names(index["ids"][rows[shown]].tolist())
    advice = Advice(index.flow, question.ours or index.flow, question.home)
    page = [_dress(index, pairs.at(one), worth.at(one), named, advice) for one in shown[:, None]]
    return OneSidedList(businesses=tuple(page), total=len(rows))


def _dress(index: Index, pair: Pairs, worth: Worth, names: Mapping[int, tuple[str, str]], advice: "Advice") -> OneSided:
    business_id, distance = int(index["ids"][pair.rows[0]]), float(pair.distance_km[0])
    name, place = names.get(business_id, ("", ""))
    to_them, to_us = value.referrals(pair, worth)
    case, waiting, theirs = case_of(index, pair), _whole(float(pair.fills[0])), index.kinds.home(int(pair.kinds[0]))
    sends, receives = float(worth.for_them[0]) > 0, float(worth.for_us[0]) > 0
    helps: Helps = "us" if receives else "them" if sends or waiting else "neither"
    return OneSided(
        business_id=business_id,
        name=name,
        services=case.services,
        place=place,
        distance_km=None if np.isnan(distance) else distance,
        helps=helps,
        to_us_a_year=float(to_us[0]),
        to_them_a_year=float(to_them[0]),
        open_needs=waiting,
        sentence=_sentence(helps, case.what(), waiting),
        changes=advice.on(theirs, needed=sends),
    )


def _whole(fills: float) -> int:
    """Open needs as a whole number; one that they may fill is one."""
    return max(1, round(fills)) if fills > 0 else 0


def _sentence(helps: Helps, what: str, waiting: int) -> str:
    if waiting:
        clients = "One of your clients waits" if waiting == 1 else f"{waiting} of your clients wait"
        return f"{clients} for {article(what)}, but we know of no occasion on which their clients need you."
    if helps == "us":
        return "Their clients need you, but we know of no occasion on which your clients need them."
    if helps == "them":
        return "Your clients need them, but we know of no occasion on which their clients need you."
    return f"We know of no occasion on which somebody needs both {article(what)} and you."


@dataclass(frozen=True)
class Advice:
    """What would give a business and home clients in common, by the flow of clients; worked out once a kind."""

    flow: Flow
    ours: Flow  # journeys as learned from our own clients
    home: Home
    given: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)

    def on(self, theirs: Home, *, needed: bool) -> tuple[str, ...]:
        """Whom home could serve, and what either could offer as well; `needed`: home's clients need them already."""
        key = (tuple(theirs.services.items()), theirs.markets, needed)
        if key not in self.given:
            found = [self._market(theirs), self._addition("you", giver=theirs, taker=self.home)]
            if not needed:
                found.append(self._addition("they", giver=self.home, taker=theirs))
            self.given[key] = tuple(filter(None, found))
        return self.given[key]

    def _market(self, theirs: Home) -> str:
        """The market that most of their clients are in and home does not serve yet, with the journey they are on."""
        knowledge, shares = self.flow.taxonomy, Counter[str]()
        clients = self.flow.posterior(self.flow.offers(theirs.services), theirs.markets)
        journeys = {code: float(clients[at]) for at, code in enumerate(self.flow.journeys) if clients[at] > 0}
        for code, share in journeys.items():
            shares.update(dict.fromkeys(set(knowledge.journeys[code].markets).difference(self.home.markets), share))
        if not shares:
            return ""
        market = max(sorted(shares), key=lambda code: shares[code])
        journey = max((c for c in journeys if market in knowledge.journeys[c].markets), key=lambda code: journeys[code])
        return (
            f"{sentence_start(of_hundred(shares[market]))} of their clients are "
            f"{running(knowledge.markets[market].name)}, for example around “{journey_words(knowledge, journey)}”. "
            "If you also had something for them, you would have clients in common."
        )

    def _addition(self, who: str, *, giver: Home, taker: Home) -> str:
        """The service near the taker's own that most of the giver's clients need, in a sentence; else empty."""
        flow = self.ours if giver is self.home else self.flow
        offers = flow.offers(giver.services)
        needs = flow.outward(offers, giver.markets, taker.markets) * self._near(giver, taker)
        best = int(np.argmax(needs))
        if needs[best] < NOTICED:
            return ""
        one = np.zeros(len(needs))
        one[best] = 1.0
        journey = flow.evidence(offers, one, giver.markets, 1)[0].journey
        whose, whom = ("their", "you") if who == "you" else ("your", "them")
        return (
            f"If {who} also worked as {article(service_words(self.flow.taxonomy, self.flow.codes[best]))}, "
            f"{of_hundred(float(needs[best]))} of {whose} clients would need {whom}, for example around "
            f"“{journey_words(self.flow.taxonomy, journey)}”."
        )

    def _near(self, giver: Home, taker: Home) -> Floats:
        """(S,) 1 for a service of a kind that the taker knows and that neither sells yet, else 0."""
        services = list(self.flow.taxonomy.services.values())
        groups = {s.group for s in services if s.code in taker.services}
        sold = taker.services.keys() | giver.services.keys()
        return np.array([float(s.group in groups and s.code not in sold) for s in services])
