"""What would change the answer: each change is worked out and ranked among all the others, and only true ones are said.

A change of one datum of the business is tried on an index that holds nobody else but the owner's trusted partners.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil, degrees

import numpy as np

from matcher.answers.partners import Change, Competitor, Facts, Home, Place, Reason, Standing
from matcher.engine.index import Index
from matcher.engine.one_sided import Advice
from matcher.engine.pairs import Pairs
from matcher.engine.question import Question
from matcher.engine.ranking import ranked
from matcher.engine.suggest import Prospects, survey
from matcher.engine.words import and_list, article, km, service_words, usd
from matcher.units import EARTH_RADIUS_KM

SHOWN = 3  # changes; more would be a list of wishes
SURE = 0.99  # confidence from which there is nothing to confirm
NEAR_KM = 10.0  # where we try a business whose place we do not know: "the same town" (prior)
TWICE = 2.0  # times the assumed figure that we try: more than most differ from their trade (prior)
STEP_KM = 10.0  # between radii that somebody would choose
FARTHEST_KM = 20_000.0  # half way round the Earth


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One business as it stands now, for the question what would change that."""

    index: Index
    question: Question
    found: Prospects  # whom the list shows
    pair: Pairs  # of one row
    standing: Standing
    rank: int | None  # now; None: it is not suggested
    main: str  # the service that our clients need most
    terms: tuple[Reason, ...] = ()
    rival: Competitor | None = None

    @property
    def business(self) -> Home:
        """The business as the network knows it."""
        return self.index.home(self.business_id, self.question.network_id)

    @property
    def business_id(self) -> int:
        """The number of the business."""
        return int(self.index["ids"][self.pair.rows[0]])

    def is_against(self, term: str) -> bool:
        """Whether a term lowers the score."""
        return any(t.term == term and t.weight < 0 for t in self.terms)

    def is_assumed(self, column: str) -> bool:
        """Whether nobody told us a figure of theirs."""
        return bool(np.isnan(self.index.at(column, self.pair.rows)[0]))


def undecided(index: Index, question: Question, found: Prospects, business_id: int) -> Prospects:
    """The prospects whom the list shows: without those decided on, but with this business; the median stays."""
    ids = index["ids"][found.pairs.rows]
    decided = np.isin(ids, np.fromiter(question.decided, dtype=np.int64))
    stay = np.flatnonzero(~decided | (ids == business_id))
    return replace(found, pairs=found.pairs.at(stay), worth=found.worth.at(stay))


def changes(asked: Asked) -> tuple[Change, ...]:
    """At most three changes that would bring the business up, the one that brings it up most first."""
    tried = [(_tried(asked, facts), words, source, facts) for words, source, facts in _tries(asked)]
    possible = sorted(
        (one for one in tried if one[0] is not None),
        key=lambda one: -one[0].worth.score[0],  # type: ignore[union-attr]
    )
    found: list[Change] = []
    for alone, words, source, facts in possible:
        rank = _rank(asked, alone) if alone is not None and len(found) < SHOWN else None
        found += _better(asked, words, source, rank, facts)
    for words, source, question in _other_questions(asked):
        then = undecided(asked.index, question, survey(asked.index, question), asked.business_id)
        found += _better(asked, words, source, _rank_in(asked, then))
    best = sorted(found, key=lambda change: change.rank or 0)[:SHOWN]
    return (tuple(best) or tuple(_open_end(asked))) + tuple(_own_word(asked))


def _better(asked: Asked, words: str, source: str, rank: int | None, facts: Facts | None = None) -> list[Change]:
    """The change as a sentence, if it brings the business up at all."""
    if rank is None or (asked.rank is not None and rank >= asked.rank):
        return []
    before = f"move from rank {asked.rank} to" if asked.rank is not None else "be suggested, at"
    return [Change(sentence=f"{words}, they would {before} about rank {rank}.", source=source, rank=rank, told=facts)]


def _tries(asked: Asked) -> Iterator[tuple[str, str, Facts]]:
    """What the owner could know better of this business: an if, the datum, and what to say."""
    home, pair, taxonomy = asked.question.home, asked.pair, asked.index.flow.taxonomy
    business, trade = asked.business, service_words(taxonomy, asked.main) if asked.main else ""
    if np.isnan(pair.distance_km[0]) and home.lat is not None and home.lon is not None:
        where = Place(name=f"{km(NEAR_KM)} from you", lat=_north(home.lat), lon=home.lon)
        yield f"If you told us where they are, and it were {km(NEAR_KM)} away", "place", Facts(place=where)
    if asked.main and pair.sure[0] < SURE:
        services = {**business.services, asked.main: 1.0}
        yield f"If you confirmed that they work as {article(trade)}", f"offer:{asked.main}", Facts(services=services)
    common = [code for code in business.services if code in home.services]
    rest = {code: sure for code, sure in business.services.items() if code not in common}
    if asked.standing in ("competitor", "partly") and common and rest:
        names = and_list([service_words(taxonomy, code) for code in common], "or")
        yield f"If they did not work as {article(names)}", f"offer:{common[0]}", Facts(services=rest)
    if pair.tier_gap[0] > 0:
        yield "If their price level were yours", "tier", Facts(tier=home.tier)
    yield from _figures(asked)


def _figures(asked: Asked) -> Iterator[tuple[str, str, Facts]]:
    pair, radius = asked.pair, float(asked.pair.radius_km[0])
    if asked.is_against("their_clients") and asked.is_assumed("told_clients"):
        clients = _two_figures(TWICE * float(pair.clients[0]))
        words = f"If they saw {clients:,.0f} clients a year, about twice what is usual"
        yield words, f"clients:{asked.main}", Facts(clients_a_year=clients)
    if asked.is_against("their_order") and asked.is_assumed("told_orders_usd"):
        order = _two_figures(TWICE * float(pair.order_usd[0]))
        words = f"If one client brought them {usd(order)}, about twice what is usual"
        yield words, f"order_value:{asked.main}", Facts(order_value_cents=round(100 * order))
    if asked.standing == "out_of_area" or asked.is_against("closeness"):
        distance = float(np.nan_to_num(pair.distance_km[0]))
        wider = min(FARTHEST_KM, _stepped(max(distance, TWICE * radius)))
        yield f"If their clients came from {km(wider)} around", "radius", Facts(radius_km=wider)


def _other_questions(asked: Asked) -> Iterator[tuple[str, str, Question]]:
    """What the owner could change on the own side: an if, the datum, and the question as it would then be."""
    question, distance = asked.question, float(asked.pair.distance_km[0])
    if asked.standing == "out_of_area":
        wider = min(FARTHEST_KM, _stepped(distance))
        home = replace(question.home, radius_km=wider)
        yield f"If you took clients from {km(wider)} around", "home:radius", replace(question, home=home)
    if asked.is_against("free_seat"):
        services = asked.business.services.keys()
        theirs = {one: home.services for one, home in _trusted(asked)}
        free = [one for one, offered in theirs.items() if services.isdisjoint(offered)]
        words = "If no partner you have agreed with served the same need"
        yield words, "partnerships", replace(question, trusted=free)


def _tried(asked: Asked, facts: Facts) -> Prospects | None:
    """The business alone, as it would be; None when it would be no prospect."""
    index, question = asked.index, asked.question
    alone = Index(index.flow)
    for _, home in _trusted(asked):
        alone.put(home, question.network_id)
    alone.put(_as_told(asked.business, facts), question.network_id)
    found = survey(alone, question)
    at = np.flatnonzero(alone["ids"][found.pairs.rows] == asked.business_id)
    return replace(found, pairs=found.pairs.at(at), worth=found.worth.at(at)) if len(at) else None


def _trusted(asked: Asked) -> Iterator[tuple[int, Home]]:
    network_id = asked.question.network_id
    for one in asked.question.trusted:
        if asked.index.can_see(network_id, one):
            yield one, asked.index.home(one, network_id)


def _as_told(business: Home, facts: Facts) -> Home:
    told = {name: getattr(facts, name) for name in Facts.__dataclass_fields__ if getattr(facts, name) is not None}
    place = told.pop("place", None)
    return replace(business, **told, **({"lat": place.lat, "lon": place.lon} if place else {}))


def _rank(asked: Asked, alone: Prospects) -> int:
    """Where the business would stand among all the others as they are."""
    pairs, scores = asked.found.pairs, asked.found.worth.score
    ids = asked.index["ids"][pairs.rows]
    others = ids != asked.business_id
    ids = np.append(ids[others], asked.business_id)
    order, ranks, _ = ranked(
        np.append(scores[others], alone.worth.score),
        np.append(pairs.main[others], alone.pairs.main),
        np.append(pairs.distance_km[others], alone.pairs.distance_km),
        ids,
        len(ids),
    )
    return int(ranks[ids[order] == asked.business_id][0])


def _rank_in(asked: Asked, found: Prospects) -> int | None:
    """Where the business stands among these prospects; None when it is not one of them."""
    ids, pairs = asked.index["ids"][found.pairs.rows], found.pairs
    order, ranks, _ = ranked(found.worth.score, pairs.main, pairs.distance_km, ids, len(ids))
    mine = ranks[ids[order] == asked.business_id]
    return int(mine[0]) if len(mine) else None


def _own_word(asked: Asked) -> Iterator[Change]:
    """That what the owner has said of competing can be taken back."""
    if asked.rival is not None and asked.rival.ruled is not None:
        share = f"{asked.rival.overlap_share:.0%}"
        words = f"If you took your word back, we would go by what we know: you overlap by {share}."
        yield Change(sentence=words, source="competition")


def _open_end(asked: Asked) -> Iterator[Change]:
    """What the owner could look into where nothing can be worked out."""
    business, question = asked.business, asked.question
    home = question.home
    common = [code for code in business.services if code in home.services]
    if asked.standing == "unknown":
        yield Change(sentence="Tell us what they sell.", source="offer:")
    if asked.standing == "out_of_area":
        missing = float(asked.pair.distance_km[0]) - business.radius_km
        words = f"If your clients came from {km(missing)} away and farther, your areas would touch."
        yield Change(sentence=words, source="home:radius")
    if asked.standing in ("competitor", "partly") and common:
        names = and_list([service_words(asked.index.flow.taxonomy, code) for code in common])
        words = f"If one of you did not offer this, you would not compete: {names}."
        yield Change(sentence=words, source=f"offer:{common[0]}")
    if asked.standing == "one_side":
        advice = Advice(asked.index.flow, question.ours or asked.index.flow, home)
        for words in advice.on(business, needed=bool(asked.pair.out[0] > 0)):
            yield Change(sentence=words, source="offer:")
    if home.lat is None and asked.standing in ("suggested", "partly"):
        words = "If you told us where you are, we could say how far your areas overlap."
        yield Change(sentence=words, source="home:place")


def _north(lat: float) -> float:
    """The latitude `NEAR_KM` away, to the south of somebody near the pole."""
    step = degrees(NEAR_KM / EARTH_RADIUS_KM)
    return lat + step if lat + step <= 90 else lat - step


def _stepped(radius_km: float) -> float:
    return STEP_KM * ceil(radius_km / STEP_KM)


def _two_figures(amount: float) -> float:
    digits = len(str(int(max(amount, 1)))) - 2
    return float(round(amount, -max(0, digits)))
