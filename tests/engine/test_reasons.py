"""Reasons: terms that sum to the score, in words."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers import Home
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.reasons import SENTENCES, median_candidate, weights
from matcher.engine.suggest import Question, suggest, survey
from matcher.engine.value import FEATURES
from matcher.taxonomy import taxonomy
from tests.engine.made import TOWN, columns_of, town
from tests.engine.strategies import homes

FLOW = flow_of(taxonomy())
MADE = Index(FLOW, columns_of(town(FLOW.codes, 200)))
CODE = re.compile(r"[a-z]_[a-z]|\bnan\b|None|\{|\}")


@settings(deadline=None, max_examples=25)
@given(homes())
def test_the_terms_sum_to_the_difference_from_the_median(home: Home) -> None:
    """For every candidate the terms sum to ln(score) - ln(score of the median candidate), to 1e-9."""
    found = survey(MADE, Question(home=home))
    if found.median is None:
        assert len(found.worth.score) == 0
        return
    total = sum(weights(found.pairs, found.median).values())
    assert np.abs(total - np.log(found.worth.score / found.median.score)).max() < 1e-9


@settings(deadline=None, max_examples=15)
@given(homes(), st.booleans())
def test_every_suggestion_has_a_reason_for_each_side(home: Home, grows: bool) -> None:
    """Each of the first twenty has one reason for us, one for them, three at least, and no code in a sentence."""
    place = {name: getattr(home, name) for name in Home.__dataclass_fields__} | {"wants_to_grow": grows}
    for suggestion in suggest(MADE, Question(home=Home(**place)), lambda _: {}).suggestions:
        assert {"us", "them"} <= {reason.side for reason in suggestion.reasons}
        assert 2 <= len(suggestion.reasons) <= 3
        for reason in (*suggestion.reasons, *([suggestion.against] if suggestion.against else [])):
            assert reason.sentence.endswith(".")
            assert reason.sentence[0].isupper() or reason.sentence[0].isdigit()
            assert not CODE.search(reason.sentence), reason.sentence
            assert reason.source


def test_an_unknown_place_is_the_reason_against(flow: Flow) -> None:
    """A business whose place nobody knows is suggested all the same, and the reason against says so."""
    index = Index(flow, columns_of([Home(business_id=n, services={"florist": 1.0}) for n in (1, 2)]))
    home = Home(services={"wedding_planner": 1.0}, lat=TOWN[0], lon=TOWN[1])
    shortlist = suggest(index, Question(home=home), lambda _: {})
    assert shortlist.total == 2
    assert all(s.against and "do not know where they are" in s.against.sentence for s in shortlist.suggestions)
    assert all(s.distance_km is None and "where they are" in s.assumed for s in shortlist.suggestions)


def test_the_sentences_name_what_is_needed_and_who_is_first(flow: Flow) -> None:
    """The reasons tell how many of whose clients need what, and on which occasion."""
    index = Index(flow, columns_of(town(flow.codes, 400)))
    index.put(Home(business_id=9999, services={"moving_company": 1.0}, lat=TOWN[0], lon=TOWN[1]), 1)
    home = Home(services={"real_estate_agent": 1.0}, lat=TOWN[0], lon=TOWN[1])
    found = next(
        s for s in suggest(index, Question(home=home), lambda _: {}, limit=400).suggestions if s.business_id == 9999
    )
    need = next(reason for reason in found.reasons if reason.side == "them")
    assert re.match(
        r"\d+ of 100 of your clients will need a moving company, for example around .*; you meet them first\.",
        need.sentence,
    )
    assert need.source.startswith("journey:")


def test_every_factor_has_a_sentence() -> None:
    """No factor of the score lacks its words, and no words lack their factor."""
    assert SENTENCES.keys() == {feature.name for feature in FEATURES}


def test_no_candidates_have_no_median(flow: Flow) -> None:
    """Without candidates there is nothing to compare with."""
    empty = survey(Index(flow), Question(home=Home(services={"florist": 1.0})))
    assert empty.median is None
    assert median_candidate(empty.pairs) is None
    assert empty.considered == 0


def test_a_median_candidate_differs_from_itself_in_nothing(flow: Flow) -> None:
    """When all candidates are alike every term is 0, and reasons are still given."""
    alike = [Home(business_id=n, services={"florist": 1.0}, lat=TOWN[0], lon=TOWN[1]) for n in range(1, 6)]
    home = Home(services={"wedding_planner": 1.0}, lat=TOWN[0], lon=TOWN[1])
    shortlist = suggest(Index(flow, columns_of(alike)), Question(home=home), lambda _: {})
    assert [s.rank for s in shortlist.suggestions] == [1] * 5
    assert [s.alike for s in shortlist.suggestions] == [4] * 5
    assert all(reason.weight == pytest.approx(0, abs=1e-12) for s in shortlist.suggestions for reason in s.reasons)
