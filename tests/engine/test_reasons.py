"""Reasons: terms that sum to the score, in words."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine.explain import explain
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.odds import ODDS
from matcher.engine.private_reasons import PRIVATE
from matcher.engine.question import Question
from matcher.engine.reasons import SENTENCES, median_candidate, weights
from matcher.engine.suggest import suggest, survey
from matcher.engine.value import FEATURES
from matcher.taxonomy import taxonomy
from tests.engine.made import TOWN, columns_of, town
from tests.engine.strategies import CODES, homes, knowns

FLOW = flow_of(taxonomy())
MADE = Index(FLOW, columns_of(town(FLOW.codes, 200)))
CODE = re.compile(r"[a-z]_[a-z]|\bnan\b|None|\{|\}")


@settings(max_examples=25)
@given(homes())
def test_the_terms_sum_to_the_difference_from_the_median(home: Home) -> None:
    """For every candidate the terms sum to ln(score) - ln(score of the median candidate), to 1e-9."""
    found = survey(MADE, Question(home=home))
    if found.median is None:
        assert len(found.worth.score) == 0
        return
    total = sum(weights(found.pairs, found.median).values())
    assert np.abs(total - np.log(found.worth.score / found.median.score)).max() < 1e-9


NUMBERS = st.integers(1, 200)
OPEN = st.dictionaries(st.sampled_from(CODES), st.integers(1, 3), max_size=2)
WEIGHTS = st.sampled_from([(), (-2.0, 0.9, 1.5, 0.1, 1.0, 0.2, 2.0, 1.0)])


@settings(max_examples=40)
@given(homes(), st.dictionaries(NUMBERS, knowns(), max_size=30), OPEN, WEIGHTS)
def test_what_is_known_is_among_the_terms(
    home: Home, known: dict[int, Known], open_needs: dict[str, float], weights_learned: tuple[float, ...]
) -> None:
    """Whatever is known of whom, the terms of every candidate sum to its score over the median's, to 1e-9."""
    question = Question(home=home, known=known, open_needs=open_needs, weights=weights_learned)
    found = survey(MADE, question)
    if found.median is not None:
        total = sum(weights(found.pairs, found.median).values())
        assert np.abs(total - np.log(found.worth.score / found.median.score)).max() < 1e-9


FULL = Known(
    wants_to_grow=True,
    wanted_markets=("engaged",),
    has_room=False,
    vouch_share=1.0,
    reputation_share=0.6,
    asked_days=3,
    accept=(2.0, 1.0),
    give=(0.0, 4.0),
    close=(1.0, 0.0),
    promise=(3.0, 1.0),
)


def test_what_is_known_is_said(flow: Flow) -> None:
    """Each thing that is known has its sentence and its source; of a stranger nothing is made up."""
    here: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
    index = Index(flow, columns_of([Home(business_id=n, services={"florist": 1.0}, **here) for n in (1, 2, 3, 4)]))
    index.put(Home(business_id=5, services={"caterer": 1.0}, **here), 1)
    question = Question(
        home=Home(services={"wedding_planner": 1.0}, markets=("engaged",), **here),
        known={1: FULL},
        open_needs={"caterer": 2},
    )
    said = {number: explain(index, question, number).terms for number in (1, 2, 5)}
    private = {term.term: term.sentence for term in said[1] if term.term in PRIVATE}
    assert private == {
        "sending": "They sent you somebody on none of 4 occasions.",
        "closing": "Of those they sent you, 1 of 1 became a client.",
        "keeping_promises": "They kept 3 of 4 promises.",
        "vouching": "You would vouch for them with your own name.",
        "wish": private["wish"],
        "reputation": "People speak very well of them.",
        "growth": "They want to grow.",
        "room": "They have no room for more clients now.",
        "rest": "You asked something of them not long ago.",
        "answers": "They said yes to 2 of 3 requests.",
    }
    assert re.fullmatch(r"\d+ of 100 of your clients are people whom they want to meet\.", private["wish"])
    assert {t.source for t in said[1] if t.term in PRIVATE} >= {"motivation:wants_to_grow", "outcomes:give"}
    assert not [t for t in said[2] if t.term in PRIVATE]
    assert [t.sentence for t in said[5] if t.term in PRIVATE] == ["They could fill 2 open needs of your clients."]


@settings(max_examples=15)
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
    spread = {"worth"}  # over the factors of the worth
    assert SENTENCES.keys() == {f.name for f in FEATURES} | {o.name for o in ODDS} - spread | {"answers"}


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
