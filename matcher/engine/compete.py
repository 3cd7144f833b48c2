"""How far two businesses compete: they sell the same, in the same area, at the same price level."""

from typing import Any

import numpy as np

from matcher.answers import Competitor, Home
from matcher.engine.columns import Floats
from matcher.engine.flow import Flow
from matcher.engine.kinds import Offers
from matcher.engine.words import and_list, service_words

COMPETES = 0.35  # overlap share from which a business is kept out (prior)
PARTLY = 0.15  # overlap share from which it partly competes, and we say so (prior)
TIER_OVERLAP = (1.0, 0.5, 0.0)  # of clients, by the gap between price levels (prior); unknown levels overlap wholly
SURELY = 0.5  # confidence from which we say "they sell", below "they may also sell"


def tier_gap(home: Home, tiers: Floats) -> Floats:
    """Steps between the price levels (0-2); NaN where either is unknown."""
    return np.abs(tiers - (np.nan if home.tier is None else home.tier))


def by_gap(gap: Floats, table: tuple[float, float, float]) -> Floats:
    """Looks up each gap in a table of three; an unknown gap counts as none."""
    return np.asarray(table)[np.where(np.isnan(gap), 0, np.minimum(gap, 2)).astype(np.int64)]


def same_share(common: Floats, gap: Floats) -> Floats:
    """(n,) sum_s min(o_is, o_ks) x (0.5 + 0.5 x tier overlap): the overlap of two businesses in one area.

    C(i,k) is this times the shared area over the smaller of the two, so that a local firm competes wholly with a
    nationwide one. An offer that we only guess from an industry code counts by its confidence.
    """
    return common * (0.5 + 0.5 * by_gap(gap, TIER_OVERLAP))


def competitor(flow: Flow, home: Home, offers: Offers, share: float, **who: Any) -> Competitor | None:
    """One pair with its overlap: the competitor or partial competitor with its sentence, None if they do not compete.

    `who` are its business_id and name.
    """
    if share < PARTLY:
        return None
    ours = flow.offers(home.services)
    both = sorted(zip(offers.service, offers.confidence, strict=True), key=lambda pair: -pair[1])
    common = [(flow.codes[s], float(c)) for s, c in both if ours[s] > 0]
    return Competitor(
        services=tuple(code for code, _ in common),
        overlap_share=share,
        sentence=_sentence(flow, common, share),
        **who,
    )


def _sentence(flow: Flow, common: list[tuple[str, float]], share: float) -> str:
    names = and_list([service_words(flow.taxonomy, code) for code, _ in common[:3]])
    sure = common[0][1] >= SURELY
    if share >= COMPETES and sure:
        return (
            f"They sell what you sell ({names}) to the same people; at most, pass each other work that you cannot take."
        )
    if share >= COMPETES:
        return f"They probably sell what you sell ({names}); tell us if they do not, and we will look at them again."
    if sure:
        return f"They also sell what you sell ({names}), but to part of your area or at another price; you decide."
    return f"They may also sell what you sell ({names}); ask them before you send anybody."
