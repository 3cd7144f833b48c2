"""Partners who offer what a need asks for and cannot have it: which filter stands in the way, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from matcher.answers.covered import FilterName, NeedCard, Stopped
from matcher.engine.filters import FULL, NAMES, PASSES, REST_DAYS, TRUST_LEAST, stopped_by
from matcher.engine.kinds import Rows
from matcher.engine.match import Match
from matcher.engine.options import called
from matcher.engine.wants import crossings
from matcher.engine.words import counted, km, language_words

TIERS = {1: "plain", 2: "middle", 3: "premium"}
FAR_KM = 30_000.0  # farther than any two places; an unknown one counts so


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """One need and one taker, as the sentences need them."""

    match: Match
    need: NeedCard
    taker: int
    sure: float
    distance_km: float

    def figure(self, name: str) -> float:
        """One number of the taker."""
        return float(getattr(self.match.takers, name)[self.taker])


def nearest_to_passing(match: Match, needs: Rows, few: int) -> dict[int, tuple[Stopped, ...]]:
    """For each of these needs a few who are stopped, those whom the last filters stop first, then the nearest.

    Those who may fill a need stand there only when it is a gap: then they are full.
    """
    gaps = np.array([state == "gap" for state in match.states], dtype=np.bool_)
    found: dict[int, tuple[Stopped, ...]] = {}
    for cross in crossings(match.wants, match.takers, needs):
        first = stopped_by(cross)
        open_still = gaps[cross.needs, None]
        stopped = np.where(open_still, np.minimum(first, FULL), first)
        away = np.where(np.isnan(cross.distance_km), FAR_KM, cross.distance_km)
        rank = np.where(stopped == PASSES, -np.inf, stopped - away / (2 * FAR_KM))
        order = np.argsort(-rank, axis=1, kind="stable")[:, :few]
        for row, need in enumerate(cross.needs.tolist()):
            some = [column for column in order[row].tolist() if stopped[row, column] < PASSES]
            found[need] = tuple(
                _stopped(
                    Barred(
                        match=match,
                        need=match.needs[need],
                        taker=int(cross.those[column]),
                        sure=float(cross.sure[column]),
                        distance_km=float(cross.distance_km[row, column]),
                    ),
                    NAMES[int(stopped[row, column])],
                )
                for column in some
            )
    return found


def stop_of(match: Match, need: int, taker: int) -> Stopped | None:
    """What stands between one need and one taker, who may not even offer it; None when nothing does."""
    for cross in crossings(match.wants, match.takers, np.array([need])):
        for column in np.flatnonzero(cross.those == taker).tolist():
            number = int(stopped_by(cross)[0, column])
            pair = Barred(
                match=match,
                need=match.needs[need],
                taker=taker,
                sure=float(cross.sure[column]),
                distance_km=float(cross.distance_km[0, column]),
            )
            return _stopped(pair, NAMES[number]) if number < PASSES else None
    return _stopped(Barred(match=match, need=match.needs[need], taker=taker, sure=0.0, distance_km=np.nan), "service")


def _stopped(pair: Barred, name: FilterName) -> Stopped:
    takers = pair.match.takers
    who = called(takers, pair.taker)
    return Stopped(
        business_id=int(takers.ids[pair.taker]),
        name=takers.names[pair.taker],
        filter=name,
        sentence=f"{who} {SAYS[name](pair)}.",
    )


def _service(pair: Barred) -> str:
    if pair.sure <= 0:
        return "does not do this, as far as we know"
    return f"may do this, but we are only {pair.sure:.0%} sure: ask, and tell us"


def _area(pair: Barred) -> str:
    radius, within = pair.figure("radii_km"), pair.need.wish.within_km or 0.0
    if pair.distance_km > radius:
        return f"works within {km(radius)}, and the client is {km(pair.distance_km - radius)} beyond that"
    return f"is {km(pair.distance_km - within)} farther away than the {km(within)} that the client wants"


def _price(pair: Barred) -> str:
    theirs, wanted = TIERS[int(pair.figure("tiers"))], TIERS[pair.need.wish.tier or 0]
    return f"has {theirs} prices, and the client wants {wanted} ones"


def _language(pair: Barred) -> str:
    return f"is not known to speak {language_words(pair.need.wish.language)}"


def _trust(pair: Barred) -> str:
    return f"has {pair.figure('trust'):.0%} of your trust, and we send clients from {float(TRUST_LEAST):.0%} on"


def _resting(pair: Barred) -> str:
    days = int(pair.figure("asked_days"))
    left = max(1, round(REST_DAYS - days))
    when = "today" if days == 0 else f"{counted(days, 'day')} ago"
    return f"was asked {when} and can be asked again in {counted(left, 'day')}"


def _full(pair: Barred) -> str:
    room = int(pair.figure("room"))
    return f"has no room for more ({room} at a time)" if room else "has no room at present"


SAYS: Mapping[FilterName, Callable[[Barred], str]] = {
    "service": _service,
    "competitor": lambda _: "competes with you; tell us if that is not so",
    "area": _area,
    "price": _price,
    "language": _language,
    "trust": _trust,
    "resting": _resting,
    "full": _full,
}
