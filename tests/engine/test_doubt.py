"""What is open about a candidate."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.answers.partners import Home
from matcher.engine.doubt import open_question, openness
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.pairs import Pairs, pair_up
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from matcher.engine.value import worth
from tests.engine.made import TOWN, columns_of

BROKER = Home(services={"mortgage_broker": 1.0}, lat=TOWN[0], lon=TOWN[1])
AGENT = Home(
    business_id=1,
    services={"real_estate_agent": 1.0},
    lat=TOWN[0],
    lon=TOWN[1],
    clients_a_year=30,
    order_value_cents=800_000,
)


def paired(flow: Flow, other: Home) -> tuple[Index, Pairs]:
    """The broker beside one other business."""
    index = Index(flow, columns_of([other]))
    return index, pair_up(index, Question(home=BROKER), np.array([0]), np.array([3.0]))


@pytest.mark.parametrize(
    "less",
    [
        replace(AGENT, services={"real_estate_agent": 0.8125}),
        replace(AGENT, clients_a_year=None),
        replace(AGENT, order_value_cents=None),
        replace(AGENT, lat=None, lon=None),
    ],
)
def test_the_less_we_are_told_the_more_is_open(flow: Flow, less: Home) -> None:
    """Whatever nobody has told us widens what the score could be, by its share."""
    shares = []
    for one in (AGENT, less):
        index, pair = paired(flow, one)
        found = worth(pair)
        shares.append(float(openness(index, pair, found, {})[0] / found.score[0]))
    assert shares[1] > shares[0] > 0


def test_notes_close_what_was_open(flow: Flow) -> None:
    """The more answers we have of a business, the less is open."""
    index, pair = paired(flow, AGENT)
    found = [float(openness(index, pair, worth(pair), {1: Known(accept=(n, n))})[0]) for n in (0.0, 1.0, 5.0, 50.0)]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_the_question_names_what_is_open(flow: Flow) -> None:
    """The sentence names what is most open first, and nothing that we know."""
    index, pair = paired(flow, replace(AGENT, services={"real_estate_agent": 0.40625}))
    first, second = "whether they work as a real estate agent", "whether they would say yes"
    said = open_question(index, pair, worth(pair), {})
    assert said == f"What we do not know: {first} and {second}. One call would tell."


def test_every_fifth_suggestion_is_there_to_be_found_out(index: Index) -> None:
    """Places 5, 10, 15 and 20 are marked with their question; the list in pages is the list in one go."""
    question = Question(home=BROKER)
    whole = suggest(index, question, lambda _: {}, limit=23).suggestions
    assert [n for n, s in enumerate(whole, 1) if s.worth_finding_out] == [5, 10, 15, 20]
    assert all(bool(s.open_question) is s.worth_finding_out for s in whole)
    pages = [suggest(index, question, lambda _: {}, first=first, limit=4).suggestions for first in range(0, 20, 4)]
    assert [s for page in pages for s in page] == list(whole[:20])
    assert len({s.business_id for s in whole}) == 23


def test_ranks_stay_those_of_the_score(index: Index) -> None:
    """Whoever is shown out of turn keeps the rank that the score gives."""
    whole = suggest(index, Question(home=BROKER), lambda _: {}, limit=20).suggestions
    in_turn = [s.rank for s in whole if not s.worth_finding_out]
    assert in_turn == sorted(in_turn)
    assert any(s.rank > n for n, s in enumerate(whole, 1) if s.worth_finding_out)
