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
    weights = [aged(date.fromisoformat(rating.rated_on), today) for rating in ratings]
    told = sum(weight * rating.stars for weight, rating in zip(weights, ratings, strict=True))
    mean = (PRIOR_COUNT * PRIOR_STARS + told) / (PRIOR_COUNT + sum(weights))
    bad = sum(rating.stars <= BAD_STARS for rating in ratings)
    pause = bad >= BAD_LEAST and mean < PAUSE_BELOW
    return Rated(
        mean_stars=mean,
        count=len(ratings),
        propose_pause=pause,
        sentence=_sentence(mean, len(ratings), bad if pause else 0),
        ratings=tuple(ratings),
    )


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
