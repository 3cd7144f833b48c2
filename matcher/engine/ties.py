"""How well two know each other: one number from four questions, which fades when nobody says it again.

    strength = 1/2^(days/365) x (.15 years + .25 often + .25 worked together + .35 would vouch),   each 0-1

years = min(1, years/10); often = ln(1 + times a year)/ln(53), at most 1. What is not answered counts as 0, as a
stranger's would. Nobody's mail is read for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from math import log, log1p

from matcher.answers.connected import KnownTie, TieTold
from matcher.answers.whose import Whose
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.words import and_list, sentence_start

YEARS = Constant(0.15, "Share of a tie that how long they know each other makes.", PRIOR)
OFTEN = Constant(0.25, "Share of a tie that how often they talk makes.", PRIOR)
WORKED = Constant(0.25, "Share of a tie that having worked together makes.", PRIOR)
VOUCHES = Constant(0.35, "Share of a tie that vouching for each other makes.", PRIOR)
LONG_YEARS = Constant(10.0, "Years from which to know each other longer adds nothing.", PRIOR)
WEEKLY = Constant(52.0, "Talks a year from which more of them add nothing.", PRIOR)
HALF_LIFE_DAYS = Constant(365.0, "Days after which a tie that nobody has told again counts half.", PRIOR)
WELL, SOMEWHAT = 0.6, 0.3  # strengths from which two know each other well, and at all well (priors, for words only)

Web = Mapping[Whose, Mapping[Whose, float]]  # who -> whom they know -> strength, in both directions


def strength(told: TieTold, told_on: date, today: date) -> float:
    """How strong a tie is today, 0-1."""
    often = log1p(told.contacts_a_year or 0.0) / log(1 + WEEKLY)
    fresh = (
        YEARS * min(1.0, (told.years or 0.0) / LONG_YEARS)
        + OFTEN * min(1.0, often)
        + WORKED * bool(told.worked_together)
        + VOUCHES * bool(told.would_vouch)
    )
    return float(fresh * 0.5 ** (max(0, (today - told_on).days) / HALF_LIFE_DAYS))


def one_with(whose: Whose, faces: Mapping[int, int]) -> Whose:
    """The business that a person stands for, else the same; `faces`: person -> business."""
    business = faces.get(whose.person_id) if whose.person_id is not None else None
    return whose if business is None else Whose(business_id=business)


def web(ties: Iterable[KnownTie], faces: Mapping[int, int], today: date) -> Web:
    """Who knows whom, and how well; a business and the people who stand for it are one, with their strongest tie."""
    found: dict[Whose, dict[Whose, float]] = defaultdict(dict)
    for tie in ties:
        one, other = one_with(tie.one, faces), one_with(tie.other, faces)
        if one != other:
            strong = max(strength(tie.told, tie.told_on, today), found[one].get(other, 0.0))
            found[one][other] = found[other][one] = strong
    return found


def level(share: float) -> str:
    """How well somebody knows somebody, in words that follow "know them"."""
    return "well" if share >= WELL else "somewhat" if share >= SOMEWHAT else "a little"


def in_words(told: TieTold) -> str:
    """What was told of a tie, as one sentence."""
    parts = []
    if told.years is not None:
        parts.append(f"known each other for {_years(told.years)}")
    if told.contacts_a_year is not None:
        parts.append(_often(told.contacts_a_year))
    if told.worked_together is not None:
        parts.append("worked together" if told.worked_together else "not worked together")
    if told.would_vouch is not None:
        parts.append("would vouch for each other" if told.would_vouch else "would not vouch for each other yet")
    return f"{sentence_start(and_list(parts))}." if parts else "They know each other; more we do not know."


def _years(years: float) -> str:
    return "less than a year" if years < 1 else f"{years:g} year{'' if years == 1 else 's'}"


def _often(times: float) -> str:
    for least, words in ((300, "talk daily"), (40, "talk every week"), (10, "talk every month")):
        if times >= least:
            return words
    return "talk a few times a year" if times >= 2 else "talk about once a year" if times >= 1 else "hardly ever talk"
