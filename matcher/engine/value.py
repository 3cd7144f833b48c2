"""What a partnership is worth to each side, as factors that multiply: the score and its reasons use the same ones.

For home i and candidate k, each direction is a product of factors:

    fit i->k    = F(i->k) x geo x tier x sure x apart / (1 + rivals)
    volume i->k = fit x breadth_i^OCCASIONS x known_i x known_k x refers_i x refers_k
    worth  i->k = fit x n_i x refers_i x g x close x order_k     US$ a year

    score = harmonic(p_i, p_k) x harmonic(volume i->k, volume k->i),   p = sigmoid(b0 + b1 ln(1 + worth / U0) + ...)

What came of things with a business moves its rates: g, close, how it keeps promises, and p_k (`learning.mean`).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from matcher.engine import odds
from matcher.engine.columns import Floats
from matcher.engine.compete import by_gap
from matcher.engine.constants import BENCH, PRIOR, Constant
from matcher.engine.kinds import Rows
from matcher.engine.known_columns import KnownColumns
from matcher.engine.learning import mean
from matcher.engine.odds import Asked
from matcher.engine.pairs import HomeFigures, Pairs, Placed

GIVING = Constant(0.1, "Share of the needs an owner hears of that become a referral.", PRIOR)
CLOSES = Constant(0.3, "Share of referrals that become a client.", PRIOR)
KEEPS = Constant(0.8, "Share of promises that are kept.", PRIOR)
TIER_FIT = (  # by the gap between price levels: 0, 1, 2
    1.0,
    Constant(0.7, "Share of clients who follow across one step of the price level.", PRIOR),
    Constant(0.3, "Share of clients who follow across two steps of the price level.", PRIOR),
)
PERSONAL = Constant(
    0.2,
    "Power of 1 / (the usual number of clients a year): how well an owner knows each of them.",
    f"{BENCH}: on 415 stated pairs the powers 0, .1, .2, .3 give a recall@10 of .674, .684, .686, .686",
)
OCCASIONS = Constant(
    0.75,
    "Power of the occasions on which people turn to a business.",
    f"{BENCH}: on 415 stated pairs the powers .5, .75, .85, 1 give a recall@10 of .679, .686, .681, .671",
)
AS_IS = Constant(1.0, "A factor multiplies the score as it is.", f"{PRIOR}: it multiplies as it is")
REFERRING = Constant(
    1.0,
    "Power of a trade's habit of referring.",
    f"{BENCH}: on 415 stated pairs it lifts hit@5 from .933 to .983 and recall@10 from .654 to .686",
)


Four = tuple[Floats, Floats, Floats, Floats]  # (n,) for: volume to them, volume to us, worth to them, worth to us
Factors = tuple[Floats | None, Floats | None, Floats | None, Floats | None]  # the same; None leaves it as it is


@dataclass(frozen=True, slots=True)
class Feature:
    """One factor of the score; `factors` is a small pure function whose docstring says what it means."""

    name: str
    factors: Callable[[Any], Factors]
    weight: Constant = AS_IS  # the power in which it multiplies
    by_place: bool = False  # it depends on where they are, the others on their kind alone

    def values(self, pairs: Pairs) -> Four:
        """All four columns, 1 where the factor has no say."""
        first, second, third, fourth = (np.ones(len(pairs.rows)) if f is None else f for f in self.factors(pairs))
        return first, second, third, fourth


def _four(
    *,
    to_them: Floats | None = None,
    to_us: Floats | None = None,
    for_them: Floats | None = None,
    for_us: Floats | None = None,
) -> Factors:
    return to_them, to_us, for_them, for_us


def our_clients_need(pairs: Pairs) -> Factors:
    """How many of our clients will need what they sell."""
    return _four(to_them=pairs.out, for_them=pairs.out)


def their_clients_need(pairs: Pairs) -> Factors:
    """How many of their clients will need what we sell."""
    return _four(to_us=pairs.into, for_us=pairs.into)


def touched_lives(pairs: Pairs) -> Factors:
    """How common the occasions are on which people turn to a business like theirs."""
    return _four(to_us=pairs.breadth**OCCASIONS)


def their_clients(pairs: Pairs) -> Factors:
    """How many clients they see in a year, and whether that is more than is usual for them."""
    return _four(to_us=pairs.busier, for_us=pairs.clients)


def their_order(pairs: Pairs) -> Factors:
    """What one new client is worth to them."""
    return _four(for_them=pairs.order_usd)


def closeness(pairs: Placed) -> Factors:
    """How much of each side's area the other covers."""
    return pairs.covers_us, pairs.covered, pairs.covers_us, pairs.covered


def price_level(pairs: Pairs) -> Factors:
    """Whether clients of one would pay the prices of the other."""
    fit = by_gap(pairs.tier_gap, TIER_FIT)
    return fit, fit, fit, fit


def sureness(pairs: Pairs) -> Factors:
    """How sure we are of what they sell."""
    return pairs.sure, pairs.sure, pairs.sure, pairs.sure


def apartness(pairs: Placed) -> Factors:
    """How little of their business competes with ours."""
    apart = 1 - np.minimum(pairs.overlap, 0.99)
    return apart, apart, apart, apart


def free_seat(pairs: Pairs) -> Factors:
    """Whether partners we already trust serve the same need."""
    free = 1 / (1 + pairs.rivals)
    return _four(to_them=free, for_them=free)


def personal_ties(pairs: Pairs) -> Factors:
    """How much time they have for each client: who sees fewer can speak of us to more of them."""
    known = known_well(pairs.usual_clients)
    return _four(to_them=known, to_us=known)


def habit_of_referring(pairs: Pairs) -> Factors:
    """How readily businesses like theirs send their clients on to others."""
    return _four(to_them=pairs.refers, to_us=pairs.refers, for_us=pairs.refers)


def sending(pairs: Pairs) -> Factors:
    """How often they have sent us somebody when there was an occasion."""
    often = _learned(GIVING, pairs.known.give)
    return _four(to_us=often, for_us=often)


def closing(pairs: Pairs) -> Factors:
    """How many of those they sent have become our clients."""
    return _four(for_us=_learned(CLOSES, pairs.known.close))


def keeping_promises(pairs: Pairs) -> Factors:
    """Whether they keep their promises, and so how much of what they mean to send us arrives."""
    kept = _learned(KEEPS, pairs.known.promise)
    return _four(to_us=kept, for_us=kept)


def _learned(usual: float, counts: Floats) -> Floats:
    """(n,) a rate as what came of things (n, 2) lets us expect it, over the usual one; 1 for a stranger."""
    return rate(usual, counts) / usual


def rate(usual: float | Floats, counts: Floats) -> Floats:
    """(n,) a rate as what came of things (n, 2) lets us expect it."""
    return mean(np.asarray(usual, dtype=np.float64), counts[:, 0], counts[:, 1])


def referrals(pairs: Pairs, worth: "Worth") -> tuple[Floats, Floats]:
    """(n,) people sent to them, and (n,) sent to us, in a year: the value over what one of them brings on average.

    What the partner's people came to in the past (`Known.close`) is in the value and so is taken out of it again.
    """
    to_them = worth.for_them / (CLOSES * pairs.order_usd)
    to_us = worth.for_us / (rate(CLOSES, pairs.known.close) * pairs.home.order_usd)
    return to_them, to_us


WEIGHTS = {"touched_lives": OCCASIONS, "personal_ties": PERSONAL, "habit_of_referring": REFERRING}
FEATURES = (
    *(
        Feature(function.__name__, function, WEIGHTS.get(function.__name__, AS_IS))
        for function in (
            our_clients_need,
            their_clients_need,
            touched_lives,
            their_clients,
            their_order,
            price_level,
            sureness,
            free_seat,
            personal_ties,
            habit_of_referring,
            sending,
            closing,
            keeping_promises,
        )
    ),
    *(Feature(function.__name__, function, by_place=True) for function in (closeness, apartness)),
)


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What each pair comes to; arrays are (n,)."""

    to_them: Floats  # volume: needs of our clients that they serve
    to_us: Floats
    for_them: Floats  # US$ a year
    for_us: Floats
    odds_them: Floats  # log odds of a yes by the model alone
    odds_us: Floats
    yes_them: Floats  # chance that they say yes, also by what they said before
    yes_us: Floats
    score: Floats
    asked: Asked  # what bears on a yes

    def at(self, positions: Rows) -> "Worth":
        """The same for some of the candidates, in that order."""
        return Worth(**{f.name: getattr(self, f.name)[positions] for f in fields(self)})

    @property
    def chance(self) -> Floats:
        """That both say yes."""
        return self.yes_them * self.yes_us

    @property
    def model_yes_them(self) -> Floats:
        """Chance that they say yes by the model alone."""
        return sigmoid(self.odds_them)


def harmonic(one: Floats, other: Floats) -> Floats:
    """Harmonic mean, 0 where either is 0: a partnership is as good as its worse side."""
    return 2 * one * other / np.maximum(one + other, 1e-300)


def known_well(usual_clients: Floats) -> Floats:
    """How well an owner knows each of so many clients a year, against one who has a single client."""
    return np.asarray(np.maximum(usual_clients, 1.0) ** -PERSONAL)


def sigmoid(log_odds: Floats) -> Floats:
    """The chance with these log odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def weigh(four: Four, figures: HomeFigures, known: KnownColumns, fills: Floats) -> Worth:
    """From the products of all factors (without home's own constants) to the score."""
    to_them, to_us, for_them, for_us = four
    ours = float(known_well(np.array(figures.usual_clients))) * figures.refers
    to_them = to_them * ours * figures.breadth**OCCASIONS * figures.sure * figures.busier
    to_us = to_us * ours
    for_them = for_them * figures.clients * figures.sure * figures.refers * GIVING * CLOSES
    for_us = for_us * GIVING * CLOSES * figures.order_usd
    asked = Asked(for_them=for_them, for_us=for_us, fills=fills, known=known, figures=figures)
    odds_them, odds_us = odds.log_odds(asked)
    yes_them, yes_us = rate(sigmoid(odds_them), known.accept), sigmoid(odds_us)
    return Worth(
        to_them=to_them,
        to_us=to_us,
        for_them=for_them,
        for_us=for_us,
        odds_them=odds_them,
        odds_us=odds_us,
        yes_them=yes_them,
        yes_us=yes_us,
        score=harmonic(yes_them, yes_us) * harmonic(to_them, to_us),
        asked=asked,
    )


def times(four: Four, factors: Factors) -> Four:
    """Four columns, each multiplied by its factor."""
    first, second, third, fourth = (
        column if by is None else column * by for column, by in zip(four, factors, strict=True)
    )
    return first, second, third, fourth


def by_kind(pairs: Pairs) -> Four:
    """The product of all factors that do not depend on the place."""
    one = np.ones(len(pairs.rows))
    four: Four = one, one, one, one
    for feature in FEATURES:
        if not feature.by_place:
            four = times(four, feature.factors(pairs))
    return four


def by_place(four: Four, place: Placed) -> Four:
    """The product of all factors, from those of the kind and where each candidate is."""
    for feature in FEATURES:
        if feature.by_place:
            four = times(four, feature.factors(place))
    return four


def worth(pairs: Pairs) -> Worth:
    """The two-sided value of each pair."""
    return weigh(by_place(by_kind(pairs), pairs), pairs.home, pairs.known, pairs.fills)
