"""The chance of a yes and the learned rates, against the slow version."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.answers.partners import Home
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.odds import ODDS, PRIORS
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from matcher.engine.value import Worth
from matcher.taxonomy import taxonomy
from tests.engine import obvious
from tests.engine.made import TOWN, columns_of, town
from tests.engine.strategies import CODES, homes, knowns
from tests.engine.test_value import ARCCOS, paired

FLOW = flow_of(taxonomy())
MADE = Index(FLOW, columns_of(town(FLOW.codes, 200)))
HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
PLANNER = Home(services={"wedding_planner": 1.0}, markets=("engaged",), **HERE)
FLORIST = Home(business_id=1, services={"florist": 1.0}, **HERE)
LEARNED = (-2.0, 0.9, 1.5, 0.1, 1.0, 0.2, 2.0, 1.0)


@settings(max_examples=80)
@given(
    homes(),
    homes(business_id=1),
    knowns(),
    st.dictionaries(st.sampled_from(CODES), st.integers(1, 3), max_size=2),
    st.sampled_from([(), LEARNED]),
)
def test_all_that_is_known_counts_as_written(
    one: Home, other: Home, known: Known, waiting: dict[str, float], learned: tuple[float, ...]
) -> None:
    """Figures, chances and score of a pair are those of the model written out, whatever is known of the other."""
    open_needs = waiting | dict.fromkeys(list(other.services)[:1], 2.0)
    _, worth = paired(FLOW, one, other, known={1: known}, open_needs=open_needs, weights=learned)
    plain = obvious.both(FLOW.taxonomy, one, other, known, open_needs=open_needs, weights=learned or PRIORS)
    if len(worth.score):
        close: dict[str, float] = {"rel": ARCCOS, "abs": 1e-12}
        assert worth.score[0] == pytest.approx(plain.score, **close)
        assert (worth.yes_us[0], worth.yes_them[0]) == pytest.approx((plain.yes_one, plain.yes_other), **close)
        assert (worth.for_us[0], worth.for_them[0]) == pytest.approx((plain.for_one, plain.for_other), **close)


@settings(max_examples=40)
@given(homes(business_id=1), homes(business_id=2), st.booleans(), st.booleans(), st.sampled_from([0.0, 0.5, 1.0]))
def test_it_is_the_same_seen_from_the_other_side(
    one: Home, other: Home, one_grows: bool, other_grows: bool, vouch: float
) -> None:
    """With the knowledge mirrored, the two sides change places and the score stays."""
    views = [
        paired(
            FLOW,
            replace(ours, wants_to_grow=we_grow),
            theirs,
            known={theirs.business_id: Known(wants_to_grow=they_grow, vouch_share=vouch)},
        )[1]
        for ours, we_grow, theirs, they_grow in (
            (one, one_grows, other, other_grows),
            (other, other_grows, one, one_grows),
        )
    ]
    here, there = views
    assert len(here.score) == len(there.score)
    if len(here.score):
        close: dict[str, float] = {"rel": ARCCOS, "abs": 1e-12}
        assert here.score[0] == pytest.approx(there.score[0], **close)
        assert (here.yes_us[0], here.yes_them[0]) == pytest.approx((there.yes_them[0], there.yes_us[0]), **close)
        assert (here.for_us[0], here.for_them[0]) == pytest.approx((there.for_them[0], there.for_us[0]), **close)
        assert (here.to_us[0], here.to_them[0]) == pytest.approx((there.to_them[0], there.to_us[0]), **close)


@settings(max_examples=25)
@given(homes(), st.dictionaries(st.integers(1, 100), knowns(), min_size=1, max_size=20))
def test_strangers_do_not_feel_what_is_known_of_others(home: Home, known: dict[int, Known]) -> None:
    """What is known of some businesses leaves the score and the reasons of all others as they are."""
    without, with_it = (
        {s.business_id: s for s in suggest(MADE, Question(home=home, known=told), lambda _: {}, limit=200).suggestions}
        for told in ({}, known)
    )
    assert without.keys() == with_it.keys()
    for number in without.keys() - known.keys():
        assert with_it[number].score == without[number].score
        assert with_it[number].reasons == without[number].reasons


def one_florist(**told: Any) -> Worth:
    """What a florist next door is worth to a wedding planner who knows this of her."""
    return paired(FLOW, PLANNER, FLORIST, known={1: Known(**told)})[1]


@pytest.mark.parametrize(
    ("told", "side", "likelier"),
    [
        ({"wants_to_grow": True}, "yes_them", True),
        ({"wanted_markets": ("engaged",)}, "yes_them", True),
        ({"vouch_share": 1.0}, "yes_them", True),
        ({"vouch_share": 1.0}, "yes_us", True),
        ({"reputation_share": 1.0}, "yes_us", True),
        ({"accept": (3.0, 0.0)}, "yes_them", True),
        ({"has_room": False}, "yes_them", False),
        ({"asked_days": 0}, "yes_them", False),
        ({"accept": (0.0, 3.0)}, "yes_them", False),
        ({"give": (0.0, 3.0)}, "yes_us", False),
        ({"close": (0.0, 3.0)}, "yes_us", False),
        ({"promise": (0.0, 3.0)}, "yes_us", False),
    ],
)
def test_what_speaks_for_a_yes_and_against_it(told: dict[str, Any], side: str, likelier: bool) -> None:
    """Each thing that is known moves the chance and the score into the direction that one expects."""
    stranger, known = one_florist(), one_florist(**told)
    assert (getattr(known, side)[0] > getattr(stranger, side)[0]) == likelier
    assert (known.score[0] > stranger.score[0]) == likelier
    assert known.score[0] != stranger.score[0]


@pytest.mark.parametrize(
    "told", [{"wants_to_grow": False}, {"has_room": True}, {"wanted_markets": ()}, {"vouch_share": 0.0}]
)
def test_what_does_not_speak_for_a_yes_counts_as_unknown(told: dict[str, Any]) -> None:
    """Who does not want to grow, or has room, is as likely to say yes as somebody of whom we do not know."""
    assert one_florist(**told).score[0] == one_florist().score[0]


def test_having_been_asked_is_forgotten_by_half_in_thirty_days() -> None:
    """A request of 30 days ago counts half as much as one of today, in log odds."""
    odds = [float(one_florist(asked_days=days).odds_them[0]) for days in (0, 30)]
    nobody = float(one_florist().odds_them[0])
    assert nobody - odds[1] == pytest.approx((nobody - odds[0]) / 2)
    assert nobody - odds[0] == pytest.approx(PRIORS[7])


def test_an_open_need_makes_us_say_yes_sooner() -> None:
    """A client who waits for a florist makes a florist worth more to us, and nobody else."""
    caterer = Home(business_id=2, services={"caterer": 1.0}, **HERE)
    _, before = paired(FLOW, PLANNER, FLORIST, caterer)
    _, after = paired(FLOW, PLANNER, FLORIST, caterer, open_needs={"florist": 3})
    assert after.yes_us[0] > before.yes_us[0]
    assert after.score[1] == before.score[1]
    assert after.for_us[0] == before.for_us[0]


def test_every_term_of_the_odds_says_what_it_means() -> None:
    """Each term is a function whose docstring is a sentence that people can read, and has a weight."""
    assert all((term.values.__doc__ or "").endswith(".") for term in ODDS)
    assert {term.weight for term in ODDS} == set(range(1, len(PRIORS)))
    assert np.isfinite(PRIORS).all()
