"""What a partnership is worth to each side, as factors that multiply: the score and its reasons use the same ones.

For home i and candidate k, each direction is a product of factors:

    fit i->k    = F(i->k) x geo x tier x sure x apart / (1 + rivals)
    volume i->k = fit x breadth_i x known_i x known_k x refers_i x refers_k
    worth  i->k = fit x n_i x refers_i x g x close x order_k     US$ a year

    score = harmonic(p_i, p_k) x harmonic(volume i->k, volume k->i),   p = sigmoid(b0 + b1 ln(1 + worth / U0) + ...)

What came of things with a business moves its rates: g, close, how it keeps promises, and p_k (`learning.mean`).
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from matcher.engine import odds
from matcher.engine.compete import by_gap
from matcher.engine.flow import Floats
from matcher.engine.index import Rows
from matcher.engine.known_columns import KnownColumns
from matcher.engine.learning import mean
from matcher.engine.odds import Asked
from matcher.engine.pairs import HomeFigures, Pairs

GIVING = 0.1  # share of the needs an owner hears of that become a referral (prior)
CLOSES = 0.3  # share of referrals that become a client (prior)
KEEPS = 0.8  # share of promises that are kept (prior)
TIER_FIT = (1.0, 0.7, 0.3)  # share of clients who follow across a gap of 0, 1, 2 price levels (prior)
# On 415 stated pairs the exponents 0, .1, .2, .3 give a recall@10 of .645, .643, .652, .636.
PERSONAL = 0.2  # exponent of 1 / usual clients a year

Four = tuple[Floats, Floats, Floats, Floats]  # (n,) for: volume to them, volume to us, worth to them, worth to us


@dataclass(frozen=True, slots=True)
class Feature:
    """One factor of the score; `values` is a small pure function whose docstring says what it means."""

    name: str
    values: Callable[[Pairs], Four]


def _four(pairs: Pairs, **given: Floats) -> Four:
    one = np.ones(len(pairs.rows))
    names = ("to_them", "to_us", "for_them", "for_us")
    first, second, third, fourth = (given.get(name, one) for name in names)
    return first, second, third, fourth


def our_clients_need(pairs: Pairs) -> Four:
    """How many of our clients will need what they sell."""
    return _four(pairs, to_them=pairs.out, for_them=pairs.out)


def their_clients_need(pairs: Pairs) -> Four:
    """How many of their clients will need what we sell."""
    return _four(pairs, to_us=pairs.into, for_us=pairs.into)


def touched_lives(pairs: Pairs) -> Four:
    """How common the occasions are on which people turn to a business like theirs."""
    return _four(pairs, to_us=pairs.breadth)


def their_clients(pairs: Pairs) -> Four:
    """How many clients they see in a year, and whether that is more than is usual for them."""
    return _four(pairs, to_us=pairs.busier, for_us=pairs.clients)


def their_order(pairs: Pairs) -> Four:
    """What one new client is worth to them."""
    return _four(pairs, for_them=pairs.order_usd)


def closeness(pairs: Pairs) -> Four:
    """How much of each side's area the other covers."""
    return pairs.covers_us, pairs.covered, pairs.covers_us, pairs.covered


def price_level(pairs: Pairs) -> Four:
    """Whether clients of one would pay the prices of the other."""
    fit = by_gap(pairs.tier_gap, TIER_FIT)
    return fit, fit, fit, fit


def sureness(pairs: Pairs) -> Four:
    """How sure we are of what they sell."""
    return pairs.sure, pairs.sure, pairs.sure, pairs.sure


def apartness(pairs: Pairs) -> Four:
    """How little of their business competes with ours."""
    apart = 1 - np.minimum(pairs.overlap, 0.99)
    return apart, apart, apart, apart


def free_seat(pairs: Pairs) -> Four:
    """Whether partners we already trust serve the same need."""
    free = 1 / (1 + pairs.rivals)
    return _four(pairs, to_them=free, for_them=free)


def personal_ties(pairs: Pairs) -> Four:
    """How much time they have for each client: who sees fewer can speak of us to more of them."""
    known = known_well(pairs.usual_clients)
    return _four(pairs, to_them=known, to_us=known)


def habit_of_referring(pairs: Pairs) -> Four:
    """How readily businesses like theirs send their clients on to others."""
    # On 415 stated pairs it lifts hit@5 from .933 to .950 and recall@10 from .618 to .652.
    return _four(pairs, to_them=pairs.refers, to_us=pairs.refers, for_us=pairs.refers)


def sending(pairs: Pairs) -> Four:
    """How often they have sent us somebody when there was an occasion."""
    often = _learned(GIVING, pairs.known.give)
    return _four(pairs, to_us=often, for_us=often)


def closing(pairs: Pairs) -> Four:
    """How many of those they sent have become our clients."""
    return _four(pairs, for_us=_learned(CLOSES, pairs.known.close))


def keeping_promises(pairs: Pairs) -> Four:
    """Whether they keep their promises, and so how much of what they mean to send us arrives."""
    kept = _learned(KEEPS, pairs.known.promise)
    return _four(pairs, to_us=kept, for_us=kept)


def _learned(usual: float, counts: Floats) -> Floats:
    """(n,) a rate as what came of things (n, 2) lets us expect it, over the usual one; 1 for a stranger."""
    return rate(usual, counts) / usual


def rate(usual: float | Floats, counts: Floats) -> Floats:
    """(n,) a rate as what came of things (n, 2) lets us expect it."""
    return mean(np.asarray(usual, dtype=np.float64), counts[:, 0], counts[:, 1])


FEATURES = tuple(
    Feature(function.__name__, function)
    for function in (
        our_clients_need,
        their_clients_need,
        touched_lives,
        their_clients,
        their_order,
        closeness,
        price_level,
        sureness,
        apartness,
        free_seat,
        personal_ties,
        habit_of_referring,
        sending,
        closing,
        keeping_promises,
    )
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
    to_them = to_them * ours * figures.breadth * figures.sure * figures.busier
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


def products(pairs: Pairs) -> Four:
    """All factors multiplied, column by column."""
    total = [np.ones(len(pairs.rows)) for _ in range(4)]
    for feature in FEATURES:
        for column, values in zip(total, feature.values(pairs), strict=True):
            column *= values
    return total[0], total[1], total[2], total[3]


def worth(pairs: Pairs) -> Worth:
    """The two-sided value of each pair."""
    return weigh(products(pairs), pairs.home, pairs.known, pairs.fills)
