"""The ranked shortlist for one owner, and the explanation of any one business."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.answers import Filters, Home, Shortlist, Suggestion
from matcher.engine import value
from matcher.engine.case import Case
from matcher.engine.compete import COMPETES, PARTLY
from matcher.engine.doubt import open_question, openness
from matcher.engine.flow import Floats, Flow
from matcher.engine.index import Index, Rows
from matcher.engine.known import Known
from matcher.engine.pairs import Pairs, in_reach, pair_up
from matcher.engine.ranking import AHEAD, find_out, ranked
from matcher.engine.reasons import Median, median_candidate, reason_against, reasons_for, terms
from matcher.engine.value import Worth
from matcher.units import SHARED

GAINS_MORE = 2.0  # times as much as the other side, from which a partnership counts as better for one side

Names = Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]  # ids -> id -> (name, place)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who asks, and what the owner has said already. Business ids throughout."""

    home: Home
    network_id: int = SHARED
    filters: Filters = field(default_factory=Filters)
    decided: Collection[int] = ()  # businesses with a verdict or a partnership
    trusted: Collection[int] = ()  # agreed partners: they take the seats of their services
    named: Collection[int] | None = None  # businesses whose name matches `filters.text`; None: any
    known: Mapping[int, Known] = field(default_factory=dict)  # what the network knows of some businesses
    ours: Flow | None = None  # journeys as learned from our own clients; None: as in the taxonomy
    open_needs: Mapping[str, float] = field(default_factory=dict)  # service -> how many of our clients wait for it
    weights: tuple[float, ...] = ()  # b0 to b7 of the odds of a yes, as learned; none: the priors


@dataclass(frozen=True, kw_only=True)
class Prospects:
    """Every business that could be suggested before the owner's filters, and why the others could not."""

    pairs: Pairs
    worth: Worth
    median: Median | None
    considered: int
    left_out: Mapping[str, int]
    one_sided: Rows  # rows of those that would be partners if both sides gained


def paired(index: Index, question: Question, rows: Rows, distance_km: Floats) -> Pairs:
    """The owner beside these businesses, with all that the network knows of them."""
    return pair_up(
        index,
        question.home,
        rows,
        distance_km,
        question.trusted,
        ours=question.ours,
        known=question.known,
        open_needs=question.open_needs,
        weights=question.weights,
    )


def survey(index: Index, question: Question) -> Prospects:
    """Look at every business that the network can see, and keep those that can be partners."""
    home, rows = question.home, index.visible(question.network_id)
    rows = rows[index["ids"][rows] != (-1 if home.business_id is None else home.business_id)]
    considered = len(rows)
    left_out: Counter[str] = Counter()
    known = index["counts"][rows] > 0
    left_out["we do not know what they sell"] += len(rows) - int(known.sum())
    rows = rows[known]
    near, distance = in_reach(index, home, rows)
    left_out["too far away"] += len(rows) - len(near)
    pairs = paired(index, question, near, distance)
    worth = value.worth(pairs)
    competes = pairs.overlap >= COMPETES
    one_sided = ~competes & ~(worth.score > 0)
    left_out["competitors"] += int(competes.sum())
    left_out["no clients in common"] += int(one_sided.sum())
    stay = np.flatnonzero(~competes & ~one_sided)
    pairs, worth = pairs.at(stay), worth.at(stay)
    return Prospects(
        pairs=pairs,
        worth=worth,
        median=median_candidate(pairs),
        considered=considered,
        left_out=+left_out,
        one_sided=near[one_sided],
    )


def suggest(index: Index, question: Question, names: Names, *, first: int = 0, limit: int = 20) -> Shortlist:
    """One page of ranked suggestions; `names` looks up the names and places of those shown."""
    found = survey(index, question)
    ids = index["ids"][found.pairs.rows]
    left_out: Counter[str] = Counter(found.left_out)
    fits = _passes(index, question.filters, found)
    if question.named is not None:
        fits &= np.isin(ids, np.fromiter(question.named, dtype=np.int64))
    fresh = np.ones(len(ids), dtype=np.bool_)
    if not question.filters.decided:
        fresh = ~np.isin(ids, np.fromiter(question.decided, dtype=np.int64))
    left_out["already decided"] += int((fits & ~fresh).sum())
    left_out["outside your filters"] += int((~fits).sum())
    stay = np.flatnonzero(fits & fresh)
    pairs, worth = found.pairs.at(stay), found.worth.at(stay)
    order, ranks, alike = ranked(worth.score, pairs.main, pairs.distance_km, ids[stay], first + limit + AHEAD)
    pairs, worth = pairs.at(order), worth.at(order)
    places, open_places = find_out(openness(index, pairs, worth, question.known), first + limit)
    known = names(index["ids"][pairs.rows[places[first:]]].tolist())
    page = []
    for at, is_open in zip(places[first:], open_places[first:], strict=True):
        pair, median = pairs.at(np.array([at])), found.median
        if median is not None:
            shown = dress(index, median, pair, known, rank=int(ranks[at]), alike=int(alike[at]))
            asked = open_question(index, pair, worth.at(np.array([at])), question.known) if is_open else ""
            page.append(replace(shown, worth_finding_out=is_open, open_question=asked))
    return Shortlist(suggestions=tuple(page), total=len(stay), considered=found.considered, left_out=dict(+left_out))


def dress(
    index: Index, median: Median, pair: Pairs, names: Mapping[int, tuple[str, str]], *, rank: int, alike: int = 0
) -> Suggestion:
    """One candidate with its figures and reasons."""
    worth, case = value.worth(pair), case_of(index, pair)
    all_terms = terms(case, median)
    chosen = reasons_for(all_terms)
    business_id, figures, distance = int(index["ids"][pair.rows[0]]), pair.home, float(pair.distance_km[0])
    name, place = names.get(business_id, ("", ""))
    theirs = _posterior(index, pair)
    return Suggestion(
        business_id=business_id,
        name=name,
        services=case.services,
        place=place,
        distance_km=None if np.isnan(distance) else distance,
        rank=rank,
        score=float(worth.score[0]),
        chance_share=float(worth.chance[0]),
        market_share=index.flow.market_share(index.flow.posterior(figures.offers, figures.home.markets), theirs),
        to_them_a_year=float(worth.for_them[0] / (value.CLOSES * pair.order_usd[0])),
        to_us_a_year=float(worth.for_us[0] / (value.rate(value.CLOSES, pair.known.close)[0] * figures.order_usd)),
        value_to_us_cents=round(100 * float(worth.for_us[0])),
        value_to_them_cents=round(100 * float(worth.for_them[0])),
        yes_us_share=float(worth.yes_us[0]),
        yes_them_share=float(worth.yes_them[0]),
        assumed=figures.assumed + _assumed(index, int(pair.rows[0])),
        reasons=chosen,
        against=reason_against(all_terms, chosen),
        partly_competes=float(pair.overlap[0]) >= PARTLY,
        alike=alike,
    )


def case_of(index: Index, pair: Pairs) -> Case:
    """What the sentences about one pair need."""
    offers, flow = index.offers(pair.rows), index.flow
    theirs = np.zeros(len(flow.codes))
    theirs[offers.service] = offers.confidence
    order = np.lexsort((offers.service, -offers.confidence, offers.service != pair.main[0]))
    return Case(
        index=index,
        pairs=pair,
        services=tuple(flow.codes[s] for s in offers.service[order]),
        sent=pair.home.ours.evidence(pair.home.offers, theirs, pair.home.home.markets),
        received=flow.evidence(theirs, pair.home.offers, pair.home.home.markets),
    )


def _posterior(index: Index, pair: Pairs) -> Floats:
    home = index.home(int(index["ids"][pair.rows[0]]))
    return index.flow.posterior(index.flow.offers(home.services), home.markets)


def _assumed(index: Index, row: int) -> tuple[str, ...]:
    told = (("their clients a year", "clients"), ("their order value", "orders_usd"), ("where they are", "lats"))
    return tuple(words for words, column in told if np.isnan(index[column][row]))


def _passes(index: Index, filters: Filters, found: Prospects) -> Mask:
    """(n,) whether each candidate is what the owner wants to see."""
    pairs, worth, flow = found.pairs, found.worth, index.flow
    mask = np.ones(len(pairs.rows), dtype=np.bool_)
    services = list(flow.taxonomy.services.values())
    if filters.services:
        mask &= _offer_any(index, pairs, np.array([s.code in filters.services for s in services]))
    if filters.groups:
        mask &= _offer_any(index, pairs, np.array([s.group in filters.groups for s in services]))
    if filters.sells_to is not None:
        mask &= _offer_any(index, pairs, np.array([s.sells_to in (filters.sells_to, "both") for s in services]))
    if filters.markets:
        journeys = np.asarray(flow.focus(filters.markets) == 1.0)
        served = np.asarray((flow.chance[:, journeys] > 0).any(axis=1))
        wanted = set(filters.markets)
        declared = np.array([not m or not wanted.isdisjoint(m) for m in index.market_sets])
        mask &= _offer_any(index, pairs, served) & declared[index["markets"][pairs.rows]]
    if filters.within_km is not None:
        mask &= pairs.distance_km <= filters.within_km
    if filters.side == "us":
        mask &= worth.for_us >= GAINS_MORE * worth.for_them
    elif filters.side == "them":
        mask &= worth.for_them >= GAINS_MORE * worth.for_us
    elif filters.side == "both":
        mask &= np.maximum(worth.for_us, worth.for_them) < GAINS_MORE * np.minimum(worth.for_us, worth.for_them)
    return mask


def _offer_any(index: Index, pairs: Pairs, wanted: Mask) -> Mask:
    offers = index.offers(pairs.rows)
    return np.bincount(offers.at, weights=wanted[offers.service], minlength=len(pairs.rows)) > 0
