"""Why, why not, and what would change it."""

from math import log
from typing import Any

import pytest

from matcher.answers.partners import Explanation, Home
from matcher.engine.explain import explain
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from tests.engine.made import TOWN, columns_of

HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
PLANNER = Home(services={"wedding_planner": 1.0}, **HERE)


def asked(flow: Flow, services: dict[str, float], **place: Any) -> Explanation:
    """What is said of one business to a wedding planner who also has a caterer and a venue around."""
    around = [Home(business_id=n, services={s: 1.0}, **HERE) for n, s in ((2, "caterer"), (3, "venue"))]
    index = Index(flow, columns_of([*around, Home(business_id=1, services=services, **{**HERE, **place})]))
    return explain(index, Question(home=PLANNER), 1, name="Rosa's", place="Tucson")


def test_a_partner_is_explained_by_all_terms(flow: Flow, index: Index) -> None:
    """The terms of a suggested business sum to its score over the baseline, and are those of the list."""
    first = suggest(index, Question(home=PLANNER), lambda _: {}).suggestions[0]
    found = explain(index, Question(home=PLANNER), first.business_id)
    assert found.standing == "suggested"
    assert found.suggestion is not None
    assert (found.suggestion.score, found.suggestion.rank) == (first.score, first.rank)
    assert set(first.reasons) <= set(found.terms)
    assert sum(t.weight for t in found.terms) == pytest.approx(log(first.score / found.baseline_score), abs=1e-9)


@pytest.mark.parametrize(
    ("services", "place", "standing", "sentence", "change"),
    [
        ({"wedding_planner": 1.0}, {}, "competitor", "sell what you sell (wedding planner)", "did not offer"),
        ({"florist": 1.0}, {"lat": TOWN[0] + 2}, "out_of_area", "222 km away", "came from 230 km around"),
        ({}, {}, "unknown", "do not know what they sell", "Tell us what they sell."),
        ({"grain_elevator_nobody_knows": 1.0}, {}, "unknown", "do not know what they sell", "Tell us"),
        ({"wedding_planner": 0.2, "florist": 1.0}, {}, "partly", "may also sell what you sell", "did not offer"),
    ],
)
def test_each_standing_has_its_sentence_and_what_would_change_it(
    flow: Flow, services: dict[str, float], place: dict[str, Any], standing: str, sentence: str, change: str
) -> None:
    """Whatever a business is to us, one sentence says so and another says what would change it."""
    found = asked(flow, services, **place)
    assert found.standing == standing
    assert sentence in found.sentence
    assert any(change in line.sentence for line in found.changes)
    assert (found.suggestion is not None) == (standing in ("suggested", "partly"))
    assert (found.competitor is not None) == (standing in ("competitor", "partly"))


def test_no_clients_in_common_is_said(flow: Flow) -> None:
    """Two services that no journey joins have no clients in common, and neither would gain."""
    strangers = next(
        code
        for code in flow.codes
        if flow.between[flow.numbers["wedding_planner"], flow.numbers[code]] == 0 and code != "wedding_planner"
    )
    found = asked(flow, {strangers: 1.0})
    assert found.standing == "one_side"
    assert "neither would gain" in found.sentence
