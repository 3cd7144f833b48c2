"""Competition in words: the four axes of one pair, the owner's own word, and partners whom a business would upset."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from matcher.answers.partners import Axis, Competitor, Home, Upset
from matcher.engine.compete import COMPETES, PARTLY, Axes, axes_of, distances_km, overlap_of, tier_gap
from matcher.engine.index import Index
from matcher.engine.known import STRANGER, Known
from matcher.engine.picture import Partner
from matcher.engine.question import Question
from matcher.engine.words import and_list, of_hundred, running, sentence_start, service_words

SURELY = 0.5  # confidence from which we say "they sell", below "they may also sell"
NAMED = 3  # services or markets named in a sentence
UPSETTING = ("agreed", "courted")  # stages of a partnership in which somebody can be upset
WHOLLY, HARDLY = 0.98, 0.02  # shares that are as good as all and as none


def competitor(index: Index, home: Home, row: int, name: str, known: Known = STRANGER) -> Competitor | None:
    """One pair on four axes; None when they do not compete and the owner has said nothing of it."""
    axes = axes_of(index, home, np.array([row]))
    share = float(overlap_of(axes)[0])
    if share < PARTLY and known.competes is None:
        return None
    common = common_services(index, home, row)
    told = axes_told(index, home, row, axes, common)
    return Competitor(
        business_id=int(index["ids"][row]),
        name=name,
        services=tuple(code for code, _ in common),
        overlap_share=share,
        sentence=own_word(known) or _sentence(index, common, told, share),
        axes=told,
        ruled=known.competes,
        because=known.competes_because,
    )


def own_word(known: Known) -> str:
    """What the owner has said of competing, as a sentence; empty if nothing."""
    if known.competes is None:
        return ""
    said = "You said that they compete with you" if known.competes else "You said that they do not compete with you"
    because = known.competes_because.rstrip(".")
    return f"{said}, because {_inside(because)}." if because else f"{said}."


def _inside(words: str) -> str:
    """What somebody typed, as it stands inside a sentence; "I" stays large."""
    return words if re.match(r"I\b", words) else running(words)


def common_services(index: Index, home: Home, row: int) -> list[tuple[str, float]]:
    """(code, how surely the row sells it) of what both sell, the surest first."""
    offers, ours = index.kinds.offers(index["kinds"][[row]]), index.flow.offers(home.services)
    both = sorted(zip(offers.service.tolist(), offers.confidence.tolist(), strict=True), key=lambda pair: -pair[1])
    return [(index.flow.codes[s], sure) for s, sure in both if ours[s] > 0]


def axes_told(index: Index, home: Home, row: int, axes: Axes, common: Sequence[tuple[str, float]]) -> tuple[Axis, ...]:
    """The four axes of one pair, each with its share and what it rests on."""
    names = _names(index, common)
    theirs = index.kinds.market_sets[int(index.at("markets", np.array([row]))[0])]
    gap = float(tier_gap(home, index.at("tiers", np.array([row])))[0])
    placed = not np.isnan(distances_km(index, home, np.array([row]))[0])
    return (
        Axis(axis="service", share=float(axes.service[0]), sentence=_about_service(names, float(axes.service[0]))),
        Axis(
            axis="market",
            share=float(axes.market[0]),
            sentence=_about_market(index, home.markets, theirs, float(axes.market[0])),
        ),
        Axis(axis="area", share=float(axes.area[0]), sentence=_about_area(float(axes.area[0]), placed)),
        Axis(axis="price", share=float(axes.price[0]), sentence=_about_price(gap)),
    )


def _names(index: Index, common: Sequence[tuple[str, float]]) -> str:
    return and_list([service_words(index.flow.taxonomy, code) for code, _ in common[:NAMED]])


def _about_service(names: str, share: float) -> str:
    if not names:
        return "As far as we know, they sell nothing that you sell."
    if share >= WHOLLY:
        return f"They sell what you sell: {names}."
    return f"{sentence_start(of_hundred(share))} such businesses sell what you sell: {names}."


def _about_market(index: Index, ours: Sequence[str], theirs: Sequence[str], share: float) -> str:
    if share < WHOLLY and ours and theirs:
        markets = index.flow.taxonomy.markets
        us, them = (
            and_list([running(markets[m].name) for m in some[:NAMED] if m in markets]) for some in (ours, theirs)
        )
        return f"You serve {us}; they serve {them}. About {of_hundred(share)} clients are the same."
    if share < WHOLLY:
        return "One of you sells to households otherwise and the other to businesses, so you share few clients."
    if ours and theirs:
        return "You serve the same kinds of clients."
    who = "they serve" if ours else "you serve" if theirs else "either of you serves"
    return f"We do not know whom {who}, so we count all clients as shared."


def _about_area(share: float, placed: bool) -> str:
    if not placed:
        return "We do not know both places, so we count the areas as the same."
    if share >= WHOLLY:
        return "You work in the same area, or one area lies within the other."
    if share <= HARDLY:
        return "Your areas hardly touch."
    return f"You share {share:.0%} of the smaller of your two areas."


def _about_price(gap: float) -> str:
    if np.isnan(gap):
        return "We do not know how your prices compare, so we count them as alike."
    if gap == 0:
        return "Your prices are alike."
    if gap == 1:
        return "Their prices are one level from yours, so some clients would not consider both."
    return "Their prices are two levels from yours, so few clients would consider both."


ELSEWHERE = {  # axis on which two who sell the same differ most -> how it reads
    "market": "but to other people",
    "area": "but in part of your area only",
    "price": "but at another price level",
}


def _sentence(index: Index, common: Sequence[tuple[str, float]], told: Sequence[Axis], share: float) -> str:
    names, sure = _names(index, common), common[0][1] >= SURELY
    if share >= COMPETES and sure:
        return (
            f"They sell what you sell ({names}) to the same people; at most, pass each other work that you cannot take."
        )
    if share >= COMPETES:
        return f"They probably sell what you sell ({names}); tell us if they do not, and we will look at them again."
    if sure:
        differs = min(told[1:], key=lambda axis: axis.share)
        return f"They also sell what you sell ({names}), {ELSEWHERE[differs.axis]}: ask them before you send anybody."
    return f"They may also sell what you sell ({names}): ask them before you send anybody."


def upsets(index: Index, question: Question, ids: Sequence[int]) -> Mapping[int, tuple[Upset, ...]]:
    """For each of these businesses, the partners, agreed or courted, with whom it competes, the most upset first.

    Judged from each partner's side, as if the partner asked; that two compete with you says nothing about them.
    """
    network_id, found = question.network_id, dict[int, list[Upset]]({one: [] for one in ids})
    rows = np.array([index.row(one, network_id) for one in ids], dtype=np.int64)
    for partner in question.partners:
        if partner.stage not in UPSETTING or not index.can_see(network_id, partner.business_id):
            continue
        theirs = index.home(partner.business_id, network_id)
        overlap = overlap_of(axes_of(index, theirs, rows))
        for at in np.flatnonzero(overlap >= PARTLY).tolist():
            if ids[at] != partner.business_id:
                found[ids[at]].append(_upset(index, partner, theirs, int(rows[at]), float(overlap[at])))
    return {
        one: tuple(sorted(some, key=lambda upset: (-upset.overlap_share, upset.name, upset.business_id)))
        for one, some in found.items()
    }


def _upset(index: Index, partner: Partner, theirs: Home, row: int, share: float) -> Upset:
    common = common_services(index, theirs, row)
    return Upset(
        business_id=partner.business_id,
        name=partner.name,
        stage=partner.stage,
        services=tuple(code for code, _ in common),
        overlap_share=share,
        competes=share >= COMPETES,
        sentence=_warning(partner, _names(index, common), share),
    )


def _warning(partner: Partner, names: str, share: float) -> str:
    who = "your partner" if partner.stage == "agreed" else "whom you are courting"
    if share >= COMPETES:
        return f"{partner.name}, {who}, sells the same ({names}) in the same area: speak to them first."
    return f"{partner.name}, {who}, sells some of the same ({names}): tell them before you introduce anybody."
