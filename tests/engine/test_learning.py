"""Rates learned from few facts, and the weights of a yes learned from many."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.engine import learning
from matcher.engine.learning import ENOUGH_ANSWERS, STRENGTH, Floats, aged, belief, decayed, fit, mean, width

TODAY = date(2026, 3, 2)
PRIOR = np.array([-1.2, 0.6, 0.8, 0.7, 0.5, 0.5, 0.8, 0.6])
rates = st.floats(0, 1)
facts = st.floats(0, 200)
drawn = np.random.default_rng(0)


@given(rates, facts, facts)
def test_the_mean_is_that_of_a_beta(model: float, yes: float, no: float) -> None:
    """The mean lies between the model's value and the share of the facts, by their weight."""
    share = yes / (yes + no) if yes + no else model
    own = (yes + no) / (yes + no + STRENGTH)
    assert mean(model, yes, no) == pytest.approx(own * share + (1 - own) * model)


def test_mean_and_width_take_columns() -> None:
    """Columns give the same as one number after the other."""
    model, yes, no = np.array([0.1, 0.5]), np.array([0.0, 3.0]), np.array([2.0, 1.5])
    alone = [(mean(*one), float(width(*one))) for one in zip(model.tolist(), yes.tolist(), no.tolist(), strict=True)]
    assert np.allclose(np.column_stack([mean(model, yes, no), width(model, yes, no)]), alone)


def spread(a: float, b: float) -> float:
    """Standard deviation of Beta(a, b)."""
    return (a * b / ((a + b) ** 2 * (a + b + 1))) ** 0.5


@given(rates, facts, facts, st.floats(0, 20), st.floats(0, 20))
def test_more_facts_never_widen(model: float, yes: float, no: float, more_yes: float, more_no: float) -> None:
    """Whatever further facts say, the interval does not grow."""
    assert width(model, yes + more_yes, no + more_no) <= width(model, yes, no) + 1e-12


@settings(max_examples=40)
@given(rates, st.floats(0, 30), st.floats(0, 30))
def test_the_width_is_the_widest_to_come(model: float, yes: float, no: float) -> None:
    """The width is the largest that a search over many futures finds, and no larger."""
    a, b = STRENGTH * model + yes, STRENGTH * (1 - model) + no
    futures = np.linspace(0, 60, 601)
    found = (
        max(
            spread(a + x, b + y)
            for x, y in [*((t, 0.0) for t in futures), *((0.0, t) for t in futures)]
            if a + x and b + y
        )
        if a + b
        else 0.0
    )
    assert width(model, yes, no) == pytest.approx(2 * learning.EIGHTY * found, rel=1e-3)


def test_a_surprise_would_widen_a_plain_beta() -> None:
    """One yes where 5 in 100 were expected spreads the Beta distribution itself, which is why we do not show that."""
    assert spread(0.3 + 1, 5.7) > spread(0.3, 5.7)


@given(rates, facts, facts)
def test_the_interval_holds_the_mean_and_is_a_share(model: float, yes: float, no: float) -> None:
    """The interval lies inside 0-1, around the mean, at its full width."""
    found = belief(model, (yes, no))
    assert -1e-9 <= found.low_share <= found.mean_share + 1e-9
    assert found.mean_share - 1e-9 <= found.high_share <= 1 + 1e-9
    assert found.high_share - found.low_share == pytest.approx(float(width(model, yes, no)))


@pytest.mark.parametrize("model", [0.05, 0.1, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("facts", [0, 2, 6, 20])
def test_four_of_five_intervals_hold_the_truth(model: float, facts: int) -> None:
    """Where rates differ as the prior says, at least 79 of 100 intervals hold the true rate."""
    rng = np.random.default_rng(facts)
    truth = rng.beta(STRENGTH * model, STRENGTH * (1 - model), 4000)
    yes = rng.binomial(facts, truth).astype(float)
    wide = width(np.full(4000, model), yes, facts - yes)
    low = np.minimum(np.maximum(0, mean(model, yes, facts - yes) - wide / 2), 1 - wide)
    assert ((low <= truth) & (truth <= low + wide)).mean() >= 0.79


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ((0, 0), "guess"),
        ((0.5, 0.4), "guess"),
        ((1, 0), "some evidence"),
        ((0, 11), "some evidence"),
        ((6, 6), "well known"),
    ],
)
def test_the_word_goes_by_the_facts(counts: tuple[float, float], word: str) -> None:
    """A rate is a guess until a whole fact is in, and well known when facts outweigh the model two to one."""
    assert belief(0.02, counts).word == word


def test_facts_age() -> None:
    """A fact counts half after 12 months, a quarter after 24; one of tomorrow counts in full."""
    year = timedelta(days=365)
    assert [aged(TODAY - n * year, TODAY) for n in (0, 1, 2)] == pytest.approx([1, 0.5, 0.25])
    assert aged(TODAY + year, TODAY) == 1
    assert decayed([(True, TODAY), (True, TODAY - year), (False, TODAY - 2 * year)], TODAY) == pytest.approx(
        (1.5, 0.25)
    )
    assert decayed([], TODAY) == (0, 0)


def asked(count: int, weights: Floats) -> tuple[Floats, Floats]:
    """Made-up features of so many asks and the answers that people with these weights give."""
    features = np.column_stack([drawn.exponential(1.5, count), drawn.random((count, 4)), -drawn.random((count, 2))])
    odds = weights[0] + features @ weights[1:]
    return features, drawn.random(count) < 1 / (1 + np.exp(-odds))


def test_few_answers_leave_the_weights_alone() -> None:
    """With 49 answers the weights are the stated ones exactly, with 50 they move."""
    features, accepted = asked(ENOUGH_ANSWERS, PRIOR)
    assert np.array_equal(fit(features[:-1], accepted[:-1], PRIOR), PRIOR)
    assert not np.array_equal(fit(features, accepted, PRIOR), PRIOR)


def test_many_answers_find_the_weights() -> None:
    """Twenty thousand answers bring back the weights by which they were given."""
    true = np.array([-2.0, 0.2, 1.5, 0.1, 1.0, 0.9, 0.2, 1.4])
    assert np.allclose(fit(*asked(20_000, true), PRIOR), true, atol=0.25)


def test_fitting_beats_the_stated_weights_and_never_the_truth_by_much() -> None:
    """On new asks of the same owner, weights fitted to 400 answers foretell better than the stated ones."""
    true = np.array([-2.5, 0.1, 2.0, 0.1, 1.5, 0.0, 1.5, 0.0])
    found = fit(*asked(400, true), PRIOR)
    features, accepted = asked(5000, true)

    def loss(weights: Floats) -> float:
        odds = weights[0] + features @ weights[1:]
        return float((np.logaddexp(0, odds) - accepted * odds).mean())

    assert loss(found) < loss(PRIOR)


@pytest.mark.parametrize("scale", [1.0, 1000.0])
def test_answers_that_one_feature_tells_apart_do_not_break_it(scale: float) -> None:
    """Where a feature separates all answers, or nobody ever says no, the weights stay finite and at the one minimum."""
    features = np.tile(np.linspace(-1, 1, 60)[:, None], (1, 7)) * scale
    for accepted in (features[:, 0] > 0, np.ones(60, dtype=bool), np.zeros(60, dtype=bool)):
        found = fit(features, accepted, PRIOR)
        design = np.column_stack([np.ones(60), features])
        slope = design.T @ ((1 + np.tanh(design @ found / 2)) / 2 - accepted)
        assert np.isfinite(found).all()
        assert np.allclose(slope + (found - PRIOR) / learning.WEIGHT_SD**2, 0, atol=1e-5)
        assert np.array_equal(fit(features, accepted, PRIOR), found)
