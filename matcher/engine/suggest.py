"""The ranked shortlist for one owner, and the explanation of any one business."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Filters, Shortlist, Suggestion
from matcher.engine import value
from matcher.engine.case import Case
from matcher.engine.columns import Floats
from matcher.engine.compete import COMPETES, PARTLY
from matcher.engine.doubt import open_question, openness
from matcher.engine.index import Index
from matcher.engine.kinds import Rows
from matcher.engine.pairs import Pairs, in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.ranking import AHEAD, find_out, ranked
from matcher.engine.reasons import Median, median_candidate, reason_against, reasons_for, terms
from matcher.engine.rivals import upsets
from matcher.engine.value import Worth

GAINS_MORE = 2.0  # times as much as the other side, from which a partnership counts as better for one side

Names = Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]  # ids -> id -> (name, place)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Prospects:
    """Every business that could be suggested before the owner's filters, and why the others could not."""

    pairs: Pairs
    worth: Worth
    median: Median | None
    considered: int
    left_out: Mapping[str, int]
    one_sided: Rows  # rows of those that would be partners if both sides gained


def survey(index: Index, question: Question) -> Prospects:
    """Look at every business that may touch the owner's area, and keep those that can be partners."""
    home, network_id = question.home, question.network_id
    considered = index.count(network_id)
    rows, _ = index.near(home, network_id)
    if home.business_id is not None and index.can_see(network_id, home.business_id):
        rows = rows[rows != index.row(home.business_id, network_id)]
        considered -= 1
    left_out: Counter[str] = Counter()
    near, distance = in_reach(index, home, rows)
    left_out["too far away"] += considered - len(near)
    known = index.at("counts", near) > 0
    left_out["we do not know what they sell"] += len(near) - int(known.sum())
    near, distance = near[known], distance[known]
    pairs = pair_up(index, question, near, distance)
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
    fits = passes(index, question.filters, found)
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
    upset = upsets(index, question, [one.business_id for one in page])
    page = [replace(one, upsets=upset[one.business_id]) for one in page]
    return Shortlist(suggestions=tuple(page), total=len(stay), considered=found.considered, left_out=dict(+left_out))


def dress(
    index: Index, median: Median, pair: Pairs, names: Mapping[int, tuple[str, str]], *, rank: int, alike: int = 0
) -> Suggestion:
    """One candidate with its figures and reasons."""
    worth, case = value.worth(pair), case_of(index, pair)
    to_them, to_us = value.referrals(pair, worth)
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
        to_them_a_year=float(to_them[0]),
        to_us_a_year=float(to_us[0]),
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
    offers, flow = index.kinds.offers(pair.kinds), index.flow
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
    home = index.kinds.home(int(pair.kinds[0]))
    return index.flow.posterior(index.flow.offers(home.services), home.markets)


def _assumed(index: Index, row: int) -> tuple[str, ...]:
    told = {
        "their clients a year": "told_clients",
        "their order value": "told_orders_usd",
        "where they are": "lats",
    }
    return tuple(words for words, name in told.items() if np.isnan(index.at(name, np.array([row]))[0]))


def passes(index: Index, filters: Filters, found: Prospects) -> Mask:
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
        declared = np.array([not m or not wanted.isdisjoint(m) for m in index.kinds.market_sets])
        mask &= _offer_any(index, pairs, served) & declared[index.kinds["markets"][pairs.kinds]]
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
    offers = index.kinds.offers(pairs.kinds)
    return offers.sum(wanted[offers.service], len(pairs.rows)) > 0
