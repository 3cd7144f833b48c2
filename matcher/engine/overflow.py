"""Competitors who could take work that the owner cannot take: too far, too busy, another price, other clients."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from math import isnan

import numpy as np

from matcher.answers.partners import Overflow, OverflowPartner
from matcher.engine import value
from matcher.engine.columns import Floats
from matcher.engine.compete import COMPETES, area_share, axes_of
from matcher.engine.index import NO_ROWS, Index
from matcher.engine.known import STRANGER, Known
from matcher.engine.pairs import Pairs, in_reach, pair_up
from matcher.engine.question import Question
from matcher.engine.rivals import NAMED, axes_told, common_services, own_word
from matcher.engine.suggest import Names, Prospects, passes
from matcher.engine.words import and_list, running, service_words

TRUST = {"agreed": 1.0, "courted": 0.7, "paused": 0.4}  # stage of a partnership -> share of work handed on (prior)
STRANGER_TRUST = 0.4  # the same for a business that we have nothing with (prior)
TRUSTED = {  # stage of a partnership -> where the trust comes from
    "agreed": "as your partner",
    "courted": "as we assume for somebody whom you are courting",
    "paused": "as we assume for a partnership that is paused",
}
FARTHER = 0.1  # share of their area outside ours from which they reach clients whom we do not (prior)


def overflow(index: Index, question: Question, names: Names, *, first: int = 0, limit: int = 20) -> Overflow:
    """The businesses that `survey` keeps out as competitors, ranked by overlap x trust; of equals, the nearer first.

    The overlap says that they sell the same, to the same people, near and at the same price; trust is how far the owner
    would vouch for them, or what their partnership suggests. One that has an answer but no partnership is left out
    unless asked for.
    """
    pairs, left_out = _chosen(index, question, rivals(index, question))
    stages = {partner.business_id: partner.stage for partner in question.partners}
    ids = index["ids"][pairs.rows]
    trust = _trust(ids.tolist(), stages, question.known)
    fit = np.round(pairs.overlap * trust, 9)  # what differs less is a tie
    order = np.lexsort((ids, np.nan_to_num(pairs.distance_km, nan=np.inf), -fit))
    ranks = 1 + np.searchsorted(np.sort(-fit), -fit)
    shown = order[first : first + limit]
    called = names(ids[shown].tolist())
    found = []
    for at in shown.tolist():
        business_id, stage = int(ids[at]), stages.get(int(ids[at]), "")
        known = question.known.get(business_id, STRANGER)
        one = _dress(index, pairs.at(np.array([at])), known, float(trust[at]), stage)
        name, place = called.get(business_id, ("", ""))
        found.append(replace(one, name=name, place=place, rank=int(ranks[at])))
    return Overflow(partners=tuple(found), total=len(ids), left_out=dict(+left_out))


def rivals(index: Index, question: Question) -> Pairs:
    """Every business in reach that competes, by our figures or by the owner's word."""
    home, network_id = question.home, question.network_id
    rows, _ = index.near(home, network_id)
    near, distance = in_reach(index, home, rows[index["ids"][rows] != home.business_id])
    sold = index.at("counts", near) > 0
    pairs = pair_up(index, question, near[sold], distance[sold])
    figures = pairs.same * area_share(home, pairs.radius_km, pairs.distance_km)  # whatever the owner says
    return replace(pairs, overlap=figures).at(np.flatnonzero(pairs.overlap >= COMPETES))


def _chosen(index: Index, question: Question, pairs: Pairs) -> tuple[Pairs, Counter[str]]:
    """Those of the competitors whom the owner wants to see, and how many are not shown for which cause."""
    ids, count = index["ids"][pairs.rows], len(pairs.rows)
    found = Prospects(
        pairs=pairs, worth=value.worth(pairs), median=None, considered=count, left_out={}, one_sided=NO_ROWS
    )
    fits = passes(index, question.filters, found)
    if question.named is not None:
        fits &= np.isin(ids, np.fromiter(question.named, dtype=np.int64))
    partners = {partner.business_id for partner in question.partners}
    answered = np.isin(ids, np.fromiter(set(question.decided) - partners, dtype=np.int64))
    fresh = ~answered | question.filters.decided
    left_out = Counter({"outside your filters": int((~fits).sum()), "already decided": int((fits & ~fresh).sum())})
    return pairs.at(np.flatnonzero(fits & fresh)), left_out


def _trust(ids: Collection[int], stages: Mapping[int, str], known: Mapping[int, Known]) -> Floats:
    """(n,) how far the owner would trust each with a client of his own, 0-1."""
    vouched = ((one, known.get(one, STRANGER).vouch_share) for one in ids)
    by_stage = (TRUST.get(stages.get(one, ""), STRANGER_TRUST) if vouch is None else vouch for one, vouch in vouched)
    return np.fromiter(by_stage, dtype=np.float64, count=len(ids))


def _dress(index: Index, pair: Pairs, known: Known, trust: float, stage: str) -> OverflowPartner:
    """One overflow partner; its name, its place and its rank are filled in by the list."""
    home, row, distance = pair.home.home, int(pair.rows[0]), float(pair.distance_km[0])
    common, overlap = common_services(index, home, row), float(pair.overlap[0])
    assumed = TRUSTED.get(stage, "as we assume for a stranger")
    why = assumed if known.vouch_share is None else "as far as you would vouch for them"
    sentence = f"{overlap:.0%} the same as you, times {trust:.0%} trust, {why}."
    return OverflowPartner(
        business_id=int(index["ids"][row]),
        name="",
        services=tuple(code for code, _ in common),
        place="",
        distance_km=None if isnan(distance) else distance,
        rank=0,
        fit_share=overlap * trust,
        overlap_share=overlap,
        trust_share=trust,
        stage=stage,
        axes=axes_told(index, home, row, axes_of(index, home, pair.rows), common),
        takes=_takes(index, pair, [code for code, _ in common]),
        sentence=f"{own_word(known)} {sentence}".strip(),
    )


def _takes(index: Index, pair: Pairs, common: list[str]) -> tuple[str, ...]:
    """Which work they could take that the owner cannot, each with what it rests on."""
    home, taxonomy, found = pair.home.home, index.flow.taxonomy, list[str]()
    if common:
        names = and_list([service_words(taxonomy, code) for code in common[:NAMED]])
        found.append(f"Clients for whom you have no time: they offer the same ({names}).")
    beyond = 1 - float(pair.covered[0])
    if not isnan(float(pair.distance_km[0])) and beyond >= FARTHER:
        found.append(f"Clients who are too far from you: {beyond:.0%} of their area lies outside yours.")
    dearer = 0.0 if home.tier is None else float(index.at("tiers", pair.rows)[0]) - home.tier
    if dearer < 0:
        found.append("Clients who want to spend less: their prices are lower than yours.")
    if dearer > 0:
        found.append("Clients who want more than you offer: their prices are higher than yours.")
    markets = [
        m
        for m in index.kinds.market_sets[int(index.kinds["markets"][pair.kinds[0]])]
        if home.markets and m not in home.markets
    ]
    if markets:
        names = and_list([running(taxonomy.markets[m].name) for m in markets[:NAMED] if m in taxonomy.markets])
        found.append(f"Clients of other kinds: they serve {names}.")
    return tuple(found)
