"""Learning from few facts: every rate starts at the model's value and moves with what came of things.

A rate whose model value is m has the prior Beta(6m, 6(1 - m)): the model counts as much as six facts. A fact counts
half after 12 months. The weights of the chance of a yes stay the stated ones until there are 50 answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.answers.learned import KnownHow
from matcher.engine.known import NONE_YET, Counts

Floats = NDArray[np.float64]
Number = TypeVar("Number", float, Floats)

STRENGTH = 6.0  # facts that the model's value counts as much as (prior; simulated in `python -m tests.bench learning`)
HALF_LIFE_DAYS = 365.0  # after which a fact counts half (prior)
EIGHTY = 1.34  # standard deviations to each side that hold 80 % of Beta(3, 3), the widest prior; of a normal one 1.28
SOME = 1.0  # facts, aged, from which it is no mere guess (prior)
WELL = 2 * STRENGTH  # facts, aged, from which they outweigh the model two to one (prior)
ENOUGH_ANSWERS = 50  # from which the weights of a yes are fitted; below, they are the stated ones exactly
WEIGHT_SD = 0.5  # by how much a weight of an owner may well differ from the stated one (prior)
STEPS, CLOSE_ENOUGH = 50, 1e-10  # of Newton's method, which here takes about six


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What we think a rate is: the mean, the interval that holds it in four of five cases, and how well it is known."""

    mean_share: float
    low_share: float
    high_share: float
    evidence: float  # facts, each counted by its age
    word: KnownHow


def mean(model: Number, yes: Number, no: Number) -> Number:
    """Posterior mean of a rate whose model value is `model`, after so many aged facts for and against."""
    return (STRENGTH * model + yes) / (STRENGTH + yes + no)


def width(model: Number, yes: Number, no: Number) -> Number:
    """Width of the 80 % interval of a rate. No further fact raises it, not even a surprising one.

    The spread of a Beta distribution can grow with a fact that surprises: one yes where we expected 5 in 100. So we
    take the largest spread that the posterior can still have, whatever facts may come: the supremum of ab / (N^2 (N+1))
    over all larger a and b, N = a + b. It lies where the smaller of the two grows until N = `turning`. As more facts
    leave fewer futures, it can only fall.
    """
    yes_side, no_side = STRENGTH * model + yes, STRENGTH * (1 - model) + no
    larger = np.maximum(yes_side, no_side)
    turning = (3 * larger - 1 + np.sqrt((3 * larger - 1) ** 2 + 16 * larger)) / 4
    total = np.maximum(yes_side + no_side, turning)
    spread = np.sqrt((total - larger) * larger / (total**2 * (total + 1)))
    return 2 * EIGHTY * spread  # type: ignore[no-any-return]


def belief(model: float, counts: Counts = NONE_YET) -> Belief:
    """What we think of a rate. The interval lies around the mean, pushed inside 0-1 at its full width.

    The word goes by the facts alone: a rare thing has a narrow interval before anybody knows anything about it.
    """
    yes, no = counts
    centre, wide = mean(model, yes, no), float(width(model, yes, no))
    low = min(max(0.0, centre - wide / 2), 1 - wide)
    word: KnownHow = "guess" if yes + no < SOME else "well known" if yes + no >= WELL else "some evidence"
    return Belief(mean_share=centre, low_share=low, high_share=low + wide, evidence=yes + no, word=word)


def aged(happened_on: date, today: date) -> float:
    """What a fact of that day counts today: half after each 12 months; one of tomorrow counts in full."""
    return float(0.5 ** (max(0, (today - happened_on).days) / HALF_LIFE_DAYS))


def decayed(outcomes: Iterable[tuple[bool, date]], today: date) -> Counts:
    """(Came true, did not) as aged counts, from each fact's truth and day."""
    told = [(came_true, aged(happened_on, today)) for came_true, happened_on in outcomes]
    return sum(weight for came, weight in told if came), sum(weight for came, weight in told if not came)


def fit(features: Floats, accepted: NDArray[np.bool_], prior: Floats) -> Floats:
    """(8,) the weights b0-b7 of the chance of a yes, from features (n, 7) and answers (n,), around `prior` (8,).

    Log odds of a yes = b0 + features @ (b1, ..., b7); what speaks against a yes is given as a negative number.

    Logistic regression with a normal prior on each weight: strictly convex, so there is one answer, and it is finite
    even where some feature tells all answers apart. With fewer than 50 answers it is `prior` itself.
    """
    if len(accepted) < ENOUGH_ANSWERS:
        return prior
    design = np.column_stack([np.ones(len(accepted)), features])
    weights, truth = prior.copy(), np.asarray(accepted, dtype=np.float64)
    for _ in range(STEPS):
        chance = (1 + np.tanh(design @ weights / 2)) / 2
        slope = design.T @ (chance - truth) + (weights - prior) / WEIGHT_SD**2
        bend = (design.T * (chance * (1 - chance))) @ design + np.eye(len(prior)) / WEIGHT_SD**2
        step = np.linalg.solve(bend, slope)
        size = 1.0
        now = _loss(design, truth, weights, prior)
        while _loss(design, truth, weights - size * step, prior) > now and size > CLOSE_ENOUGH:
            size /= 2
        weights = weights - size * step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return weights


def _loss(design: Floats, truth: Floats, weights: Floats, prior: Floats) -> float:
    odds = design @ weights
    return float((np.logaddexp(0, odds) - truth * odds).sum() + ((weights - prior) ** 2).sum() / (2 * WEIGHT_SD**2))
