"""What clients' ratings of a partner say, and when a pause is proposed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.answers.taught import RatingCard
from matcher.engine.ratings import PRIOR_STARS, rated

TODAY = date(2026, 3, 2)


def card(stars: int, days: int = 0) -> RatingCard:
    """A rating given some days ago."""
    return RatingCard(stars=stars, words="", rated_on=(TODAY - timedelta(days=days)).isoformat())


CARDS = st.lists(st.builds(card, st.integers(1, 5), st.integers(0, 3_000)), max_size=12)


@given(CARDS)
def test_the_mean_lies_among_the_stars(cards: list[RatingCard]) -> None:
    """It is between the lowest and the highest of the ratings and of what is usual."""
    stars = [PRIOR_STARS, *(one.stars for one in cards)]
    assert min(stars) - 1e-9 <= rated(cards, TODAY).mean_stars <= max(stars) + 1e-9


@given(CARDS, st.randoms())
def test_the_order_does_not_matter(cards: list[RatingCard], chance: st.DrawFn) -> None:
    """The same ratings in another order say the same."""
    turned = list(cards)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert abs(rated(cards, TODAY).mean_stars - rated(turned, TODAY).mean_stars) < 1e-9
    assert rated(cards, TODAY).propose_pause == rated(turned, TODAY).propose_pause


@given(CARDS)
def test_praise_never_brings_a_pause(cards: list[RatingCard]) -> None:
    """Five more stars today never make us propose a pause that we did not propose before."""
    assert rated(cards, TODAY).propose_pause or not rated([card(5), *cards], TODAY).propose_pause


def test_one_bad_day_is_no_habit() -> None:
    """A single bad rating proposes nothing, a second one does and says how many were let down."""
    assert not rated([card(1)], TODAY).propose_pause
    twice = rated([card(2), card(2)], TODAY)
    assert twice.propose_pause
    assert twice.sentence.startswith("2 of 2 clients were let down")


def test_good_ratings_and_time_heal() -> None:
    """The same two bad ratings weigh less beside good ones, and after years."""
    assert not rated([card(5), card(5), card(1), card(2)], TODAY).propose_pause
    assert not rated([card(1, 1_500), card(1, 1_500)], TODAY).propose_pause


def test_without_ratings_nothing_is_claimed() -> None:
    """Nobody's rating is no rating, and the sentence says so."""
    none = rated([], TODAY)
    assert (none.count, none.propose_pause, none.mean_stars) == (0, False, PRIOR_STARS)
    assert none.sentence == "No client has told us yet how it was."
