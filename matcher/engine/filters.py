"""Who may fill a need at all: the filters, in the order in which they are asked."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.answers.covered import FilterName
from matcher.engine.compete import COMPETES
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.picture import SURE
from matcher.engine.wants import Crossing

TRUST_LEAST = Constant(0.3, "Trust below which nobody is sent to a business.", PRIOR)
REST_DAYS = Constant(7.0, "Days for which a business is left in peace after we asked something of it.", PRIOR)
TIERS_APART = Constant(2.0, "Steps between the price that a client wants and theirs from which it is no use.", PRIOR)

Stops = NDArray[np.bool_]  # (n, p), or (p,) where the need does not matter: who is stopped


def service(cross: Crossing) -> Stops:
    """We are not sure that they do this."""
    return np.asarray(cross.sure < SURE)


def competitor(cross: Crossing) -> Stops:
    """They compete with you, and you have not said otherwise."""
    return np.asarray(cross.taker("overlap") >= COMPETES)


def area(cross: Crossing) -> Stops:
    """The client is outside their area, or farther away than the client wants."""
    distance = cross.distance_km
    return np.asarray((distance > cross.taker("radii_km")) | (distance > cross.need("within_km")))


def price(cross: Crossing) -> Stops:
    """Their prices are two levels from what the client wants."""
    return np.asarray(np.abs(cross.taker("tiers") - cross.need("tiers")) >= TIERS_APART)


def language(cross: Crossing) -> Stops:
    """Nobody has told us that they speak the language that the client wants."""
    wanted = [cross.wants.languages[need] for need in cross.needs.tolist()]
    if not any(wanted):
        return np.zeros(len(cross.those), dtype=np.bool_)
    speak = {code: cross.takers.speaking(code)[cross.those] for code in set(wanted) - {""}}
    speak[""] = np.ones(len(cross.those), dtype=np.bool_)
    return ~np.stack([speak[code] for code in wanted])


def trust(cross: Crossing) -> Stops:
    """You trust them too little to send them a client."""
    return np.asarray(cross.taker("trust") < TRUST_LEAST)


def resting(cross: Crossing) -> Stops:
    """You asked something of them only lately."""
    return np.asarray(cross.taker("asked_days") < REST_DAYS)


def full(cross: Crossing) -> Stops:
    """They have no room for more."""
    return np.asarray(cross.taker("room") <= cross.taker("used"))


FILTERS: Mapping[FilterName, Callable[[Crossing], Stops]] = {
    "service": service,
    "competitor": competitor,
    "area": area,
    "price": price,
    "language": language,
    "trust": trust,
    "resting": resting,
    "full": full,
}
NAMES: tuple[FilterName, ...] = tuple(FILTERS)
PASSES, FULL = len(NAMES), NAMES.index("full")


def stopped_by(cross: Crossing) -> NDArray[np.int8]:
    """(n, p) number of the first filter that stops each taker from each need; `PASSES` when none does."""
    first = np.full((len(cross.needs), len(cross.those)), PASSES, dtype=np.int8)
    for number in range(PASSES - 1, -1, -1):
        np.copyto(first, np.int8(number), where=FILTERS[NAMES[number]](cross))
    return first
