"""What clients' ratings of a partner say: a mean in which new ones weigh more, and when to propose a pause.

    mean = (PRIOR_COUNT x PRIOR_STARS + sum w_i s_i) / (PRIOR_COUNT + sum w_i),   w_i by the age of the rating (`aged`)

with stars s_i from 1 to 5, so the mean lies between 1 and 5. One bad day is no habit: a pause is proposed only after
two bad ratings, and only while the mean stays low, so that good ones and time both heal it.
"""

from collections.abc import Sequence
from datetime import date

from matcher.answers.taught import Rated, RatingCard
from matcher.engine.learning import aged

PRIOR_STARS = 4.0  # stars of somebody who was recommended and whom nobody has rated yet (prior)
PRIOR_COUNT = 2.0  # ratings that the prior counts as much as (prior)
MANY = 5  # ratings from which they outweigh the prior clearly (prior)
BAD_STARS = 2  # stars at most of a bad rating (prior)
BAD_LEAST = 2  # bad ratings before we propose anything (prior)
PAUSE_BELOW = 3.25  # stars of the mean: two ratings of 2 on the day give 3.0, a third one of 5 gives 3.4 (prior)


def rated(ratings: Sequence[RatingCard], today: date) -> Rated:
    """The ratings summed up on a day."""
    told = [(rating.stars, date.fromisoformat(rating.rated_on)) for rating in ratings]
    mean, bad, pause = mean_stars(told, today), bad_ones(told), proposes_pause(told, today)
    return Rated(
        mean_stars=mean,
        count=len(ratings),
        propose_pause=pause,
        sentence=_sentence(mean, len(ratings), bad if pause else 0),
        ratings=tuple(ratings),
    )


def mean_stars(told: Sequence[tuple[int, date]], today: date) -> float:
    """The mean of (stars, when), 1-5, with the prior in it."""
    weights = [aged(on, today) for _, on in told]
    weighted = sum(weight * stars for weight, (stars, _) in zip(weights, told, strict=True))
    return (PRIOR_COUNT * PRIOR_STARS + weighted) / (PRIOR_COUNT + sum(weights))


def bad_ones(told: Sequence[tuple[int, date]]) -> int:
    """How many of (stars, when) are bad."""
    return sum(stars <= BAD_STARS for stars, _ in told)


def proposes_pause(told: Sequence[tuple[int, date]], today: date) -> bool:
    """Whether (stars, when) call for a pause on a day: bad ones came more than once, and the mean is low."""
    return bad_ones(told) >= BAD_LEAST and mean_stars(told, today) < PAUSE_BELOW


def _sentence(mean: float, count: int, bad: int) -> str:
    if not count:
        return "No client has told us yet how it was."
    if bad:
        return (
            f"{bad} of {count} clients were let down, and the newer ratings count most. "
            "We would pause and send them nobody until you have talked."
        )
    of = "one rating" if count == 1 else f"{count} ratings"
    few = " As long as there are few, we go by what is usual as well." if count < MANY else ""
    return f"Clients give about {mean:.1f} of 5 stars, from {of}; newer ones count more.{few}"
