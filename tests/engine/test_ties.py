"""How well two know each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.connected import OWNER, KnownTie, TieTold
from matcher.answers.whose import Whose
from matcher.engine.ties import in_words, strength, web

TODAY = date(2026, 3, 2)
ALL = TieTold(years=20, contacts_a_year=52, worked_together=True, would_vouch=True)
ANN, ADOBE, ROOFS = Whose(person_id=1), Whose(business_id=1), Whose(business_id=2)


def told() -> st.SearchStrategy[TieTold]:
    """Any answers to the four questions."""
    yes = st.sampled_from([None, False, True])
    return st.builds(
        TieTold,
        years=st.none() | st.floats(0, 100),
        contacts_a_year=st.none() | st.floats(0, 1_000),
        worked_together=yes,
        would_vouch=yes,
    )


@given(told(), st.integers(0, 4_000))
def test_a_tie_halves_within_a_year(answers: TieTold, days: int) -> None:
    """A strength is from 0 to 1, and half of itself 365 days later."""
    now = strength(answers, TODAY, TODAY + timedelta(days=days))
    assert 0 <= now <= 1
    assert strength(answers, TODAY, TODAY + timedelta(days=days + 365)) == pytest.approx(now / 2)


@pytest.mark.parametrize(
    ("answers", "share"),
    [
        (TieTold(), 0.0),
        (ALL, 1.0),
        (TieTold(years=5), 0.075),
        (TieTold(contacts_a_year=52), 0.25),
        (TieTold(worked_together=True, would_vouch=False), 0.25),
        (TieTold(would_vouch=True), 0.35),
    ],
)
def test_what_each_question_is_worth(answers: TieTold, share: float) -> None:
    """Four good answers make a whole tie, each has its share, and what is not answered counts as nothing."""
    assert strength(answers, TODAY, TODAY) == pytest.approx(share)


def test_a_business_and_its_face_are_one() -> None:
    """Who knows the face of a business knows the business, by the stronger of the ties, in both directions."""
    weak, strong = TieTold(years=1), ALL
    ties = [
        KnownTie(tie_id=1, one=OWNER, other=ANN, told=strong, told_on=TODAY),
        KnownTie(tie_id=2, one=OWNER, other=ADOBE, told=weak, told_on=TODAY),
        KnownTie(tie_id=3, one=ANN, other=ADOBE, told=strong, told_on=TODAY),
        KnownTie(tie_id=4, one=ROOFS, other=ANN, told=strong, told_on=TODAY),
    ]
    assert web(ties, {1: 1}, TODAY) == {OWNER: {ADOBE: 1.0}, ADOBE: {OWNER: 1.0, ROOFS: 1.0}, ROOFS: {ADOBE: 1.0}}
    assert web(ties, {}, TODAY)[ANN] == {OWNER: 1.0, ADOBE: 1.0, ROOFS: 1.0}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (TieTold(), "They know each other; more we do not know."),
        (ALL, "Known each other for 20 years, talk every week, worked together and would vouch for each other."),
        (TieTold(years=0.5, contacts_a_year=1), "Known each other for less than a year and talk about once a year."),
        (TieTold(would_vouch=False), "Would not vouch for each other yet."),
    ],
)
def test_a_tie_in_words(answers: TieTold, sentence: str) -> None:
    """A tie is said in the words of the questions, and nothing is said of what was not answered."""
    assert in_words(answers) == sentence
