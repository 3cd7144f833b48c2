"""How far a business says yes, sends somebody, closes and keeps its word: the model's value, moved by the notes."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from matcher.answers.learned import Noted, OutcomeKind, Rate
from matcher.engine import value
from matcher.engine.compete import distances_km
from matcher.engine.index import Index
from matcher.engine.learning import aged, belief, decayed
from matcher.engine.odds import PRIORS
from matcher.engine.pairs import pair_up
from matcher.engine.question import Question

STRANGERS_YES = float(value.sigmoid(np.array(PRIORS[0])))  # of one about whom we can work out nothing
STRANGER_RATES: Mapping[OutcomeKind, float] = {
    "accept": STRANGERS_YES,
    "give": float(value.GIVING),
    "close": float(value.CLOSES),
    "promise": float(value.KEEPS),
}
Told = tuple[int, str, bool, date]  # number of a note, kind, whether it came true, when


def model_rates(index: Index, question: Question, business_id: int) -> Mapping[OutcomeKind, float]:
    """What the model expects of a business before any note."""
    if not index.can_see(question.network_id, business_id):
        return STRANGER_RATES
    return {**STRANGER_RATES, "accept": _yes(index, question, business_id)}


def _yes(index: Index, question: Question, business_id: int) -> float:
    rows = np.array([index.row(business_id, question.network_id)])
    distance = distances_km(index, question.home, rows)
    return float(value.worth(pair_up(index, question, rows, distance)).model_yes_them[0])


def rates(models: Mapping[OutcomeKind, float], told: Sequence[Told], today: date) -> tuple[Rate, ...]:
    """Each rate with its interval, how well it is known, and the notes behind it in the order given."""
    found = []
    for kind, model in models.items():
        behind = [(number, came_true, day) for number, named, came_true, day in told if named == kind]
        known = belief(model, decayed(((came_true, day) for _, came_true, day in behind), today))
        found.append(
            Rate(
                kind=kind,
                model_share=model,
                mean_share=known.mean_share,
                low_share=known.low_share,
                high_share=known.high_share,
                evidence=known.evidence,
                word=known.word,
                noted=tuple(
                    Noted(outcome_id=number, came_true=came_true, day=day.isoformat(), counts_share=aged(day, today))
                    for number, came_true, day in behind
                ),
            )
        )
    return tuple(found)
