"""How many of 60 asks are accepted, by the rule that chooses whom to ask. The owners are made up, by seed.

Each of 400 owners has 40 businesses to ask, none more than three times. A business says yes at a rate of its own, which
differs from the model's value as much as Beta(6m, 6(1 - m)) says; m itself lies anywhere from 0.05 to 0.75. What comes
out follows from that making and says nothing about real owners: it compares the rules with each other.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from matcher.engine.learning import ENOUGH_ANSWERS, STRENGTH, Floats, fit, mean, width
from matcher.engine.ranking import EVERY
from tests.bench.tables import Cell, Report

OWNERS, BUSINESSES, ASKS, TIMES = 400, 40, 60, 3
LOW, HIGH = 0.05, 0.75  # between which the model's values lie
Z95 = 1.96
STATED = np.array([-1.2, 0.6, 0.8, 0.7, 0.5, 0.5, 0.8, 0.6])  # weights of the chance of a yes
Rng = np.random.Generator
Rule = Callable[[Floats, Floats, Floats, int, Rng], Floats]  # model, yes, no, number of the ask -> whom first (n,)


def _mean(model: Floats, yes: Floats, no: Floats, ask: int, rng: Rng) -> Floats:
    return mean(model, yes, no)


def _mean_and_slot(model: Floats, yes: Floats, no: Floats, ask: int, rng: Rng) -> Floats:
    """One ask in five to the widest of those whose mean is among the best half."""
    best = mean(model, yes, no)
    if (ask + 1) % EVERY:
        return best
    return np.where(best >= np.median(best), width(model, yes, no), -1.0)


def _thompson(model: Floats, yes: Floats, no: Floats, ask: int, rng: Rng) -> Floats:
    return rng.beta(STRENGTH * model + yes, STRENGTH * (1 - model) + no)


def _flat(model: Floats, yes: Floats, no: Floats, ask: int, rng: Rng) -> Floats:
    return (1 + yes) / (2 + yes + no)


RULES: dict[str, Rule] = {
    "posterior mean and one in five": _mean_and_slot,
    "posterior mean alone": _mean,
    "Thompson sampling": _thompson,
    "flat prior, without the model": _flat,
}


def measure(_: Path | None) -> Report:
    """Accepted asks by rule; how often the intervals hold the truth; what fitting the weights gains."""
    accepted = {name: [_accepted(rule, seed) for seed in range(OWNERS)] for name, rule in RULES.items()}
    oracle = [_oracle(seed) for seed in range(OWNERS)]
    return Report(
        title=f"Made data: accepted of {ASKS} asks, mean of {OWNERS} owners with its 95 % interval",
        rows=[_row("oracle that knows the rates", oracle), *(_row(name, found) for name, found in accepted.items())],
        facts={
            "80 % intervals that hold a rate drawn from the prior": _held(from_prior=True),
            "80 % intervals that hold a rate drawn anywhere, whatever the model says": _held(from_prior=False),
            "log loss of new answers, stated weights and fitted to 50, 100, 200, 400 answers": _losses(),
        },
    )


def _made(seed: int) -> tuple[Floats, Floats, Rng]:
    rng = np.random.default_rng(seed)
    model = rng.uniform(LOW, HIGH, BUSINESSES)
    return model, rng.beta(STRENGTH * model, STRENGTH * (1 - model)), rng


def _accepted(rule: Rule, seed: int) -> float:
    model, truth, rng = _made(seed)
    yes, no = np.zeros(BUSINESSES), np.zeros(BUSINESSES)
    for ask in range(ASKS):
        worth = np.where(yes + no < TIMES, rule(model, yes, no, ask, rng), -np.inf)
        one = int(np.argmax(worth))
        came_true = rng.random() < truth[one]
        yes[one] += came_true
        no[one] += not came_true
    return float(yes.sum())


def _oracle(seed: int) -> float:
    _, truth, rng = _made(seed)
    best = np.sort(truth)[::-1][: ASKS // TIMES]
    return float(rng.binomial(TIMES, best).sum())


def _row(name: str, accepted: list[float]) -> dict[str, Cell]:
    middle, error = float(np.mean(accepted)), Z95 * float(np.std(accepted)) / len(accepted) ** 0.5
    return {"who is asked": name, "accepted": middle, "low": middle - error, "high": middle + error}


def _held(*, from_prior: bool) -> list[str]:
    """Share of intervals that hold the truth after 0, 2, 6 and 20 facts, over models from 0.05 to 0.75."""
    rng, found = np.random.default_rng(0), []
    model = rng.uniform(LOW, HIGH, 20_000)
    truth = rng.beta(STRENGTH * model, STRENGTH * (1 - model)) if from_prior else rng.random(len(model))
    for facts in (0, 2, 6, 20):
        yes = rng.binomial(facts, truth).astype(np.float64)
        wide, centre = width(model, yes, facts - yes), mean(model, yes, facts - yes)
        low = np.minimum(np.maximum(0.0, centre - wide / 2), 1 - wide)
        found.append(f"{((low <= truth) & (truth <= low + wide)).mean():.2f} after {facts}")
    return found


def _losses() -> list[str]:
    """Mean log loss of 1,000 new answers each of 100 owners whose weights differ from the stated ones by 0.5 or so."""
    counts = (ENOUGH_ANSWERS, 100, 200, 400)
    losses: dict[int, list[float]] = {count: [] for count in (0, *counts)}
    for seed in range(100):
        rng = np.random.default_rng(seed)
        true = STATED + rng.normal(0, 0.5, len(STATED))
        features = np.column_stack([rng.exponential(1.5, 1400), rng.random((1400, 4)), -rng.random((1400, 2))])
        answers = rng.random(1400) < 1 / (1 + np.exp(-true[0] - features @ true[1:]))
        for count in losses:
            weights = fit(features[:count], answers[:count], STATED)
            odds = weights[0] + features[400:] @ weights[1:]
            losses[count].append(float((np.logaddexp(0, odds) - answers[400:] * odds).mean()))
    return [f"{np.mean(found):.3f}" for found in losses.values()]
