"""How we look after those who send us clients: how often we are in touch, whether they refer, how we may thank them."""

from dataclasses import dataclass
from typing import Literal

WhyNot = Literal["", "cannot", "will_not", "knows_not_how", "no_occasion"]
POST_CHARACTERS = 400  # of the address for a letter
RHYTHM_MOST_DAYS = 1_095  # three years; longer is no rhythm
ASKED_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CareTold:
    """What the owner knows of looking after a source; what is None or empty is not known."""

    rhythm_days: int | None = None  # we are in touch this often; None: no rhythm
    refers: bool | None = None  # False: they never will, and we stop asking
    why_not: WhyNot = ""
    thank_publicly: bool | None = None
    place: str = ""  # a code of `rewards.PLACES`: US-AZ, DE, UK; empty: not known
    post_to: str = ""
    asked_count: int = 0  # times we asked them for a referral


NOBODY_CARED = CareTold()
