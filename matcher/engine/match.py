"""All needs of an owner's clients matched with those who could take them: the working behind the answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.answers.covered import Grade, NeedCard, State
from matcher.answers.partners import Home
from matcher.engine.assign import assign
from matcher.engine.columns import Floats
from matcher.engine.constants import PRIOR, Constant
from matcher.engine.eligible import Eligible, eligible
from matcher.engine.fill import NOBODY, fill
from matcher.engine.flow import Flow
from matcher.engine.kinds import Rows
from matcher.engine.picture import SURE
from matcher.engine.takers import Takers
from matcher.engine.wants import Wants, wants_of

GRADES: dict[Grade, Constant] = {
    "A": Constant(1.5, "Weight of a need of an A client.", PRIOR),
    "B": Constant(1.0, "Weight of a need of a B client.", PRIOR),
    "C": Constant(0.6, "Weight of a need of a C client.", PRIOR),
    "": Constant(1.0, "Weight of a need of a client without a grade.", PRIOR),
}
COVERED: frozenset[State] = frozenset(("filled", "introduced", "ready", "ours"))


@dataclass(frozen=True, kw_only=True)
class Match:
    """Who fills which of N needs, the most valuable first, out of P takers, by id."""

    needs: tuple[NeedCard, ...]
    takers: Takers  # what each of them holds by introductions and pins is in `used`
    home: Home
    flow: Flow
    wants: Wants
    eligible: Eligible
    worth: Floats  # (N,) cents, by the client's grade
    states: tuple[State, ...]  # (N,)
    partner: Rows  # (N,) who has the need or should get it; `NOBODY`, also when it is none of the takers
    settled: NDArray[np.bool_]  # (N,) the partner is somebody's word and not ours to choose
    given: Rows  # (P,) needs given to each here, beside those it holds (`takers.used`)
    waiting: Rows  # (P,) the most valuable need that one more slot there would fill; `NOBODY`

    @property
    def covered(self) -> int:
        """How many of the needs somebody fills or will fill."""
        return sum(state in COVERED for state in self.states)

    def among(self, states: Collection[State]) -> Rows:
        """The needs in one of these states."""
        return np.flatnonzero([state in states for state in self.states])

    @property
    def used(self) -> Rows:
        """(P,) needs that each holds or is given; more than its room only by somebody's word."""
        return self.takers.used + self.given


def matched(needs: Sequence[NeedCard], takers: Takers, home: Home, flow: Flow) -> Match:
    """Fill as many needs as possible, the more valuable first, each with the best partner, and fairly.

    An introduced need keeps its partner, and one that the owner has pinned to a partner goes there whatever the filters
    say: both take room before all others. No need is given to more than one, and none given to a partner without room.
    The same needs and takers in another order give the same answer.
    """
    ordered = tuple(sorted(needs, key=lambda need: (-worth_of(need), need.need_id)))
    those = takers.at(np.argsort(takers.ids, kind="stable"))
    those = replace(those, used=_held(those, ordered))
    wants = wants_of(ordered, flow)
    may, worth = eligible(wants, those), np.array([worth_of(need) for need in ordered])
    known = [_known(need, home, flow) for need in ordered]
    free = np.maximum(0, those.room - those.used)
    filling = fill(may, np.flatnonzero([state == "open" for state in known]), free)
    given = assign(may, filling.partner, worth, free, those.load)
    settled = np.array([_settled(need) for need in ordered], dtype=np.bool_)
    fixed = np.array([those.place(need.business_id or NOBODY) for need in ordered], dtype=np.int64)
    return Match(
        needs=ordered,
        takers=those,
        home=home,
        flow=flow,
        wants=wants,
        eligible=may,
        worth=worth,
        states=tuple(
            state if state != "open" else "gap" if partner == NOBODY else "ready"
            for state, partner in zip(known, given.tolist(), strict=True)
        ),
        partner=np.where(settled, fixed, given),
        settled=settled,
        given=np.bincount(given[given != NOBODY], minlength=len(those)),
        waiting=np.where(those.used <= those.room, filling.waiting, NOBODY),
    )


def worth_of(need: NeedCard) -> float:
    """What a need counts, in cents: its value by the client's grade; one cent at least."""
    return max(1, need.value_cents) * GRADES[need.grade]


def _held(takers: Takers, needs: Sequence[NeedCard]) -> Rows:
    """(P,) needs that each holds already: as told, or as these needs say where that is more."""
    holding = [takers.place(need.business_id or NOBODY) for need in needs if _settled(need) and need.status != "filled"]
    places = np.array(holding, dtype=np.int64)
    return np.maximum(takers.used, np.bincount(places[places != NOBODY], minlength=len(takers)))


def _settled(need: NeedCard) -> bool:
    """Whether somebody's word says who has the need: it was introduced or filled, or the owner has chosen."""
    return need.status in ("introduced", "filled") or (need.pinned and need.business_id is not None)


def _known(need: NeedCard, home: Home, flow: Flow) -> State | Literal["open"]:
    """What becomes of a need without looking at anybody who could take it; else "open"."""
    if need.status in ("introduced", "filled"):
        return "introduced" if need.status == "introduced" else "filled"
    if _settled(need):
        return "ready"
    if need.service not in flow.numbers:
        return "unsorted"
    return "ours" if sold_by(home, need.service) else "open"


def sold_by(home: Home, service: str) -> bool:
    """Whether the owner sells a service, so that its needs go to nobody else unless the owner says so."""
    return home.services.get(service, 0.0) >= SURE
