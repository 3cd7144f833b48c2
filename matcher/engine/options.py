"""A partner who could fill a need, as an answer: how well it fits, term by term, in words."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import isnan, prod

import numpy as np

from matcher.answers.covered import FitTerm, Option
from matcher.engine.columns import Floats
from matcher.engine.fits import TERMS, Beside
from matcher.engine.kinds import Rows
from matcher.engine.match import Match
from matcher.engine.takers import FILLS, Takers
from matcher.engine.words import km, of_hundred
from matcher.units import distance_km

SURELY = 0.99  # confidence from which we say that we know it
UNKNOWN = -1.0  # instead of a figure that nobody told us
REMEMBERED = 4096  # terms kept, as many partners have the same ones


def pairs_of(match: Match, needs: Rows, those: Rows) -> Beside:
    """Needs and takers side by side; what somebody's word gave a taker it surely does."""
    wants, takers = match.wants, match.takers
    settled = match.settled[needs] & (match.partner[needs] == those)
    away = distance_km(wants.lats[needs], wants.lons[needs], takers.lats[those], takers.lons[those])
    sure = np.where(settled, 1.0, takers.sureness(those, wants.services[needs]))
    return Beside(wants=wants, takers=takers, needs=needs, those=those, sure=sure, distance_km=away)


def options(match: Match, needs: Rows, those: Rows) -> list[Option]:
    """Each pair of a need and a taker as an option, in the order given."""
    pairs, takers = pairs_of(match, needs, those), match.takers
    shares = np.stack([term(pairs) for term in TERMS.values()], axis=1).tolist()
    told = np.stack([FIGURES[name](pairs) for name in TERMS], axis=1)
    figures = np.where(np.isnan(told), UNKNOWN, told).tolist()
    found = []
    for row, taker in enumerate(those.tolist()):
        terms = tuple(
            _term(name, share, told) for name, share, told in zip(TERMS, shares[row], figures[row], strict=True)
        )
        away = float(pairs.distance_km[row])
        found.append(
            Option(
                business_id=int(takers.ids[taker]),
                name=takers.names[taker],
                fit_share=prod(shares[row]),
                distance_km=None if isnan(away) else away,
                terms=terms,
            )
        )
    return found


def elsewhere(business_id: int, name: str) -> Option:
    """Somebody who has a need by somebody's word and is none of the takers, so that nothing more is known here."""
    return Option(business_id=business_id, name=name, fit_share=1.0, distance_km=None, terms=())


def called(takers: Takers, taker: int) -> str:
    """The name of a taker at the beginning of a sentence; "This partner" when nobody said."""
    return takers.names[taker] or "This partner"


@lru_cache(maxsize=REMEMBERED)
def _term(name: str, share: float, figure: float) -> FitTerm:
    return FitTerm(name=name, share=share, sentence=WORDS[name](figure))


def _gap(pairs: Beside) -> Floats:
    """Steps between the price that the client wants and theirs."""
    return np.asarray(np.abs(pairs.takers.tiers[pairs.those] - pairs.wants.tiers[pairs.needs]))


FIGURES: Mapping[str, Callable[[Beside], Floats]] = {  # the number behind each term, NaN where nobody told us
    "sureness": lambda pairs: pairs.sure,
    "fills": lambda pairs: pairs.takers.fills[pairs.those],
    "price_level": _gap,
    "nearness": lambda pairs: pairs.distance_km,
    "trust": lambda pairs: pairs.takers.trust[pairs.those],
}


def _sureness(sure: float) -> str:
    return "You know that they do this." if sure >= SURELY else f"We are {sure:.0%} sure that they do this."


def _fills(share: float) -> str:
    if share == FILLS:
        return f"We assume that {of_hundred(share)} introductions end in a filled need."
    return f"About {of_hundred(share)} introductions to them end in a filled need."


def _price_level(gap: float) -> str:
    if gap == UNKNOWN:
        return "Prices do not matter to this client, or we do not know theirs."
    return (
        "Their prices are what the client wants."
        if gap == 0
        else f"Their prices are {_steps(gap)} from what the client wants."
    )


def _steps(gap: float) -> str:
    return "one level" if gap == 1 else "two levels"


def _nearness(distance: float) -> str:
    if distance == UNKNOWN:
        return "We do not know how far they are from the client."
    return f"They are {km(distance)} from the client."


def _trust(share: float) -> str:
    return "You have not said how far you trust them." if share == UNKNOWN else f"You trust them {share:.0%}."


WORDS: Mapping[str, Callable[[float], str]] = {
    "sureness": _sureness,
    "fills": _fills,
    "price_level": _price_level,
    "nearness": _nearness,
    "trust": _trust,
}
