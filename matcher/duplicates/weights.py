"""How much each level says for or against two people being one: Fellegi and Sunter's weights, found by EM.

For a pair that is one person a field is at level l with probability m[l], for two people with u[l]. The weight of a
pair is log2(prior odds) + sum over fields of log2(m[l] / u[l]), in bits (Fellegi & Sunter 1969, A theory for record
linkage, JASA 64). u is taken from random pairs of the people at hand, m by expectation-maximisation over the candidate
pairs with u held (Winkler 1988; Dempster, Laird & Rubin 1977). A field that nobody told says nothing: its weight is 0.

Fixed and shipped: the levels, `M_PRIOR` and its strength, the strength of u, the threshold in `find`. Fitted anew for
whoever comes in: u, m around its prior, and how many pairs are one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.columns import Codes, Columns, Field
from matcher.duplicates.levels import FIELDS, LEVELS, SAME, UNKNOWN, Levels, apart, levels_of

# m of (different, near, alike, same) before anything is seen (priors, by judgement; EM moves them)
M_PRIOR = {
    "given": (0.03, 0.04, 0.13, 0.80),
    "surname": (0.04, 0.04, 0.12, 0.80),
    "company": (0.10, 0.15, 0.20, 0.55),
    "email": (0.30, 0.05, 0.10, 0.55),
    "phone": (0.20, 0.03, 0.07, 0.70),
    "street": (0.08, 0.10, 0.17, 0.65),
    "place": (0.05, 0.05, 0.10, 0.80),
    "born": (0.03, 0.02, 0.10, 0.85),
    "number": (0.03, 0.02, 0.10, 0.85),
}
# u before anything is seen (priors); an address or a number of one's own is shared by 1 pair in 100,000
U_PRIOR = {
    "given": (0.94, 0.04, 0.015, 0.005),
    "surname": (0.97, 0.02, 0.007, 0.003),
    "company": (0.98, 0.015, 0.004, 0.001),
    "email": (0.9949, 0.005, 0.00009, 0.00001),
    "phone": (0.989, 0.01, 0.00099, 0.00001),
    "street": (0.995, 0.004, 0.0009, 0.0001),
    "place": (0.94, 0.04, 0.01, 0.01),
    "born": (0.97, 0.025, 0.0049, 0.0001),
    "number": (0.998, 0.001, 0.00099, 0.00001),
}
U_STRENGTH = 5_000.0  # pairs that `U_PRIOR` counts for: as many as 100 people have (prior)
STRENGTH = 50.0  # pairs that `M_PRIOR` counts for beside those found (prior)
RANDOM_PAIRS = 100_000  # drawn for u: a level of 1 in 1,000 is met 100 times
SEED = 20_260_302  # of the draw, so that the same people give the same answer
ROUNDS, CLOSE = 50, 1e-4  # of EM: at most, and the largest change of any m at which it stops
PARTNERS = 0.1  # pairs that are one for each person, before anything is seen (prior)
FEW = 100.0  # people among whom a value has the mean share, before anything is seen (prior)
NEVER = -1_000.0  # bits of a pair that something sets apart
RAREST = 2.0  # people with the same value count at least as so many (a value that one pair shares)


@dataclass(frozen=True, slots=True)
class Weights:
    """m and u, (fields, levels) each, and log2 of the odds that any pair is one."""

    m: NDArray[np.float64]
    u: NDArray[np.float64]
    prior_bits: float

    def bits(self) -> NDArray[np.float64]:
        """(fields, levels) what each level adds to the weight of a pair, in bits; unknown adds nothing."""
        found = np.log2(self.m / self.u)
        found[:, UNKNOWN] = 0.0
        return found


def fit(columns: Columns, levels: Levels, new_from: int = 0) -> Weights:
    """The weights for these people and the levels (pairs, fields) of their candidate pairs."""
    old, size = new_from, columns.size
    possible = max(1.0, size * (size - 1) / 2 - old * (old - 1) / 2)
    expected = PARTNERS * max(1, size - old)
    u = _unlike(columns)
    m = _prior_m()
    start = m * STRENGTH
    patterns, counts = _patterns(levels)
    prior = min(0.5, expected / possible)
    for _ in range(ROUNDS):
        weights = Weights(m, u, float(np.log2(prior / (1 - prior))))
        share = counts * probability(weights.prior_bits + _added(weights.bits(), patterns))
        found = np.stack([np.bincount(patterns[:, f], share, LEVELS) for f in range(len(FIELDS))])
        found[:, UNKNOWN] = 0.0
        before, m = m, (start + found) / np.sum(start + found, axis=1, keepdims=True)
        prior = min(0.5, (expected + float(np.sum(share))) / (2 * possible))
        if np.max(np.abs(m - before)) < CLOSE:
            break
    return Weights(np.maximum(m, 1e-6), u, float(np.log2(prior / (1 - prior))))


def score(weights: Weights, columns: Columns, levels: Levels, left: Codes) -> NDArray[np.float64]:
    """(pairs,) weights in bits; a rare value in common counts for more than a frequent one.

    For the same value u is the share of people who have it instead of the mean share (Winkler 1989, frequency-based
    matching): log2(mean share / its share) is added.
    """
    total = weights.prior_bits + _added(weights.bits(), levels)
    for name, field in _frequent(columns):
        at = FIELDS.index(name)
        same = levels[:, at] == SAME
        told = np.count_nonzero(field.codes)
        shares = (np.maximum(field.counts(), RAREST) + weights.u[at, SAME] * FEW) / (told + FEW)
        total[same] += np.log2(weights.u[at, SAME] / shares[field.codes[left[same]]])
    return total


def probability(bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of log2 odds."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -60, 60))))


def _added(bits: NDArray[np.float64], levels: Levels) -> NDArray[np.float64]:
    total = np.where(apart(levels), NEVER, 0.0)
    for field in range(len(FIELDS)):
        total += bits[field][levels[:, field]]
    return total


def _patterns(levels: Levels) -> tuple[Levels, Codes]:
    """(k, fields) the different rows of levels, and how often each occurs; counted as numbers to the base of levels."""
    powers = LEVELS ** np.arange(len(FIELDS))
    counts = np.bincount(levels @ powers, minlength=1)
    found = np.flatnonzero(counts)
    return (found[:, None] // powers % LEVELS).astype(np.int8), counts[found]


def _prior_m() -> NDArray[np.float64]:
    return np.array([(1e-9, *M_PRIOR[name]) for name in FIELDS])


def _frequent(columns: Columns) -> list[tuple[str, Field]]:
    """The fields of which a rare value tells more; of the others every value is rare."""
    return [("given", columns.given), ("surname", columns.surname), ("company", columns.company)]


def _unlike(columns: Columns) -> NDArray[np.float64]:
    """(fields, levels) u from random pairs around its prior; of the same value exactly, since few are drawn."""
    prior = np.array([(0.0, *U_PRIOR[name]) for name in FIELDS]) * U_STRENGTH
    pairs = columns.size * (columns.size - 1) / 2
    if not pairs:
        return np.asarray(np.maximum(prior / U_STRENGTH, 1e-9))
    random = np.random.default_rng(SEED)
    left, right = random.integers(0, columns.size, (2, RANDOM_PAIRS))
    levels = levels_of(columns, left[left != right], right[left != right])
    found = np.stack([np.bincount(levels[:, field], minlength=LEVELS) for field in range(len(FIELDS))]).astype(float)
    found *= min(1.0, pairs / max(1, len(levels)))  # of few people every pair is drawn many times
    found[:, UNKNOWN] = 0.0
    u = (prior + found) / np.sum(prior + found, axis=1, keepdims=True)
    for name, field in _counted(columns).items():
        counts = field.counts()[1:].astype(float)
        told = np.sum(counts)
        same, of = np.sum(counts * (counts - 1)) / 2, told * (told - 1) / 2
        at = FIELDS.index(name)
        u[at, SAME] = (same + prior[at, SAME]) / (of + U_STRENGTH)
    return np.asarray(np.maximum(u, 1e-9))


def _counted(columns: Columns) -> dict[str, Field]:
    """The fields whose same value is one form in common."""
    single = {"email": columns.email.main, "phone": columns.phone.main, "born": columns.born, "number": columns.number}
    return dict(_frequent(columns)) | single
