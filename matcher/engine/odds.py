"""What makes a yes likelier: the terms of its log odds, each a small function with its weight.

    p = sigmoid(b0 + b1 ln(1 + U / U0) + b2 vouch + b3 wish + b4 reputation + b5 grows - b6 full - b7 asked)
    U = worth in US$ a year + for us, what filling our clients' open needs is worth

Both sides are asked the same; what we do not know counts as 0. A reward is not among the terms.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from matcher.engine.columns import Floats
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.kinds import Rows
from matcher.engine.known_columns import KnownColumns
from matcher.engine.pairs import HomeFigures

PRIORS = (  # b0 to b7
    Constant(-1.2, "Log odds of a yes to a stranger who brings nothing.", PRIOR),
    Constant(0.6, "Added to the log odds of a yes for each ln(1 + worth in a year / the unit below).", PRIOR),
    Constant(0.8, "Added where each would vouch wholly for the other.", PRIOR),
    Constant(0.7, "Added where all our clients are people whom they want to meet.", PRIOR),
    Constant(0.5, "Added for us where everybody speaks well of them.", PRIOR),
    Constant(0.5, "Added for a side that wants to grow.", PRIOR),
    Constant(0.8, "Taken off where they have no room for more clients.", PRIOR),
    Constant(0.6, "Taken off where we asked something of them today.", PRIOR),
)
WORTH = 1  # the weight of what a partnership brings
UNIT_USD = Constant(1000.0, "US$ a year from which a partnership begins to be interesting.", PRIOR)
OPEN_NEED = Constant(0.5, "Worth of an open need that somebody could fill, against one that they do fill.", PRIOR)
THANKS = Constant(
    0.1, "Share of our usual order that filling a client's need brings back: they stay, and tell others.", PRIOR
)
NOTHING = np.zeros(())  # for a side that a term says nothing of

Two = tuple[Floats, Floats]  # for them, for us; (n,) or one number for all


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Both sides of n pairs, as they stand when one is asked for a partnership. Arrays are (n,)."""

    for_them: Floats  # US$ a year
    for_us: Floats
    fills: Floats  # open needs of our clients that they could fill
    known: KnownColumns
    figures: HomeFigures

    def __getitem__(self, positions: Rows) -> "Asked":
        """The same for some of the pairs, in that order."""
        arrays = {f.name: getattr(self, f.name)[positions] for f in fields(self) if f.name != "figures"}
        return Asked(figures=self.figures, **arrays)


@dataclass(frozen=True, slots=True)
class Odds:
    """One term of the log odds: `values` is a small pure function whose docstring says what it means."""

    name: str
    weight: int  # which of b1 to b7
    values: Callable[[Asked], Two]


def worth(asked: Asked) -> Two:
    """What the partnership brings each side in a year."""
    return np.log1p(asked.for_them / UNIT_USD), np.log1p(asked.for_us / UNIT_USD)


def open_needs(asked: Asked) -> Two:
    """How many open needs of our clients they could fill."""
    if not asked.fills.any():
        return NOTHING, NOTHING
    usd = OPEN_NEED * THANKS * asked.figures.order_usd * asked.fills
    return NOTHING, np.log1p(usd / (UNIT_USD + asked.for_us))  # with `worth`: ln(1 + (for_us + usd) / U0)


def vouching(asked: Asked) -> Two:
    """How far each would vouch for the other."""
    return asked.known.vouch, asked.known.vouch


def wish(asked: Asked) -> Two:
    """How many of our clients are people whom they want to meet."""
    return asked.known.wish, NOTHING


def reputation(asked: Asked) -> Two:
    """How well people speak of them."""
    return NOTHING, asked.known.reputation


def growth(asked: Asked) -> Two:
    """Whether each side wants to grow."""
    return asked.known.grows, np.array(float(asked.figures.home.wants_to_grow is True))


def room(asked: Asked) -> Two:
    """Whether they have room for more clients."""
    return -asked.known.full, NOTHING


def rest(asked: Asked) -> Two:
    """How long we have asked nothing of them; it counts half after 30 days, and half again after 30 more."""
    return -asked.known.asked, NOTHING


ODDS = tuple(
    Odds(function.__name__, weight, function)
    for weight, function in (
        (WORTH, worth),
        (WORTH, open_needs),
        (2, vouching),
        (3, wish),
        (4, reputation),
        (5, growth),
        (6, room),
        (7, rest),
    )
)


def stated_weights() -> tuple[float, ...]:
    """b0 to b7 as bare numbers."""
    return tuple(float(prior) for prior in PRIORS)


def weights_of(figures: HomeFigures) -> tuple[float, ...]:
    """b0 to b7: as learned for this network, else the priors; more worth never makes a yes less likely."""
    learned = figures.weights or PRIORS
    return (*learned[:WORTH], max(0.0, learned[WORTH]), *learned[WORTH + 1 :])


def log_odds(asked: Asked) -> Two:
    """Log odds of a yes of each side."""
    weights = weights_of(asked.figures)
    them = us = np.array(weights[0])
    for term in reversed(ODDS):  # of strangers one number stands for all, so the long columns come last
        for_them, for_us = term.values(asked)
        them, us = them + weights[term.weight] * for_them, us + weights[term.weight] * for_us
    return them, us
