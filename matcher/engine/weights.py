"""The weights of a yes, fitted to what a network's own businesses answered, once there are enough answers.

What bore on an answer when it was given is not kept: what we know of the business today stands for it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.engine import value
from matcher.engine.columns import Floats
from matcher.engine.compete import distances_km
from matcher.engine.index import Index
from matcher.engine.learning import ENOUGH_ANSWERS, fit
from matcher.engine.odds import ODDS, PRIORS, Asked
from matcher.engine.pairs import pair_up
from matcher.engine.question import Question

Answered = tuple[int, bool]  # a business, and whether it said yes


def weighed(index: Index, question: Question, answers: Sequence[Answered]) -> Question:
    """The question with the weights that these answers teach; with fewer than 50 the stated ones, exactly."""
    known = [(business, yes) for business, yes in answers if index.can_see(question.network_id, business)]
    if len(known) < ENOUGH_ANSWERS:
        return question
    rows = index.rows([business for business, _ in known], question.network_id)
    pairs = pair_up(index, question, rows, distances_km(index, question.home, rows))
    accepted = np.array([yes for _, yes in known])
    weights = fit(features(value.worth(pairs).asked), accepted, np.array(PRIORS))
    return replace(question, weights=tuple(weights.tolist()))


def features(asked: Asked) -> Floats:
    """(n, 7) what bears on their yes, a column for each of b1 to b7."""
    columns = np.zeros((len(asked.for_them), len(PRIORS) - 1))
    for term in ODDS:
        columns[:, term.weight - 1] += term.values(asked)[0]
    return columns
