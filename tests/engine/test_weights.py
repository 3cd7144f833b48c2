"""The weights of a yes, fitted to a network's own answers."""

import numpy as np

from matcher.answers.partners import Home
from matcher.engine.compete import distances_km
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.learning import ENOUGH_ANSWERS
from matcher.engine.odds import PRIORS, log_odds
from matcher.engine.pairs import pair_up
from matcher.engine.question import Question
from matcher.engine.value import worth
from matcher.engine.weights import features, weighed
from tests.engine.made import TOWN

BROKER = Home(services={"mortgage_broker": 1.0}, markets=("first_home_buyers",), lat=TOWN[0], lon=TOWN[1])
VOUCHED = {number: Known(vouch_share=float(number % 2), has_room=number % 3 > 0) for number in range(1, 201)}
QUESTION = Question(home=BROKER, known=VOUCHED)


def test_the_features_give_the_odds_back(index: Index) -> None:
    """The features with the stated weights are the log odds that the score uses, for everybody."""
    rows = np.arange(200)
    asked = worth(pair_up(index, QUESTION, rows, distances_km(index, BROKER, rows))).asked
    assert np.allclose(PRIORS[0] + features(asked) @ np.array(PRIORS[1:]), log_odds(asked)[0])


def test_few_answers_change_nothing(index: Index) -> None:
    """With 49 answers, or with 50 of which one is about a business that is gone, the question stays as it was."""
    few = [(number, True) for number in range(1, ENOUGH_ANSWERS)]
    assert weighed(index, QUESTION, few) is QUESTION
    assert weighed(index, QUESTION, [*few, (99_999, True)]) is QUESTION


def test_answers_move_the_weights_their_way(index: Index) -> None:
    """Where those we vouch for say yes and the others no, vouching comes to count more than it was said to."""
    answers = [(number, number % 2 == 1) for number in range(1, 121)]
    found = weighed(index, QUESTION, answers)
    assert len(found.weights) == len(PRIORS)
    assert found.weights[2] > PRIORS[2] + 0.3
    assert weighed(index, QUESTION, answers) == found
