"""Answers in words."""

from math import log

import pytest

from matcher.answers.partners import Explanation, Reason
from tests.webapp.conftest import Town
from webapp.cards import BAR, factor, referrals_words, source_url, term_groups


@pytest.mark.parametrize(
    ("a_year", "words"),
    [
        (12.4, "about 12 referrals a year"),
        (1.0, "about 1 referral a year"),
        (0.5, "about 1 referral in 2 years"),
        (0.05, "about 1 referral in 20 years"),
        (0.001, "hardly any referrals"),
        (0.0, "hardly any referrals"),
    ],
)
def test_referrals_are_counted_as_people_do(a_year: float, words: str) -> None:
    """Rare referrals are counted in years, very rare ones not at all."""
    assert " ".join(referrals_words(a_year)) == words


@pytest.mark.parametrize(("times", "words"), [(1.0, "× 1.00"), (0.33, "× 0.33"), (12.2, "× 12"), (1500, "× 1,500")])
def test_a_term_is_a_factor(times: float, words: str) -> None:
    """A term in ln units is shown as what it multiplies the score by."""
    assert factor(log(times)) == words


def test_bars_share_one_scale(town: Town) -> None:
    """The longest bar takes half the width; a term against goes to the left of the middle."""
    terms = tuple(
        Reason(term=name, side="us", weight=weight, sentence="Because.", source="place")
        for name, weight in (("closeness", -0.5), ("their_clients", 1.0))
    )
    told = Explanation(
        business_id=1,
        name="",
        standing="suggested",
        sentence="",
        suggestion=None,
        competitor=None,
        terms=terms,
        baseline_score=1.0,
        changes=(),
    )
    with town.app.test_request_context(base_url="http://switchboard.test"):
        ((title, shown),) = term_groups(told)
    assert title == "For you"
    assert [(term.start, term.length) for term in shown] == [(BAR, BAR), (BAR / 2, BAR / 2)]


def test_a_source_that_has_no_page_is_no_link(town: Town) -> None:
    """A reason whose datum has no page is plain text."""
    with town.app.test_request_context(base_url="http://switchboard.test"):
        assert source_url("something_new:x", 1) == ""
