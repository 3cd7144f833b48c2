"""Which partner for which need, as an answer: who fills it, who else could, who cannot, and where room is short."""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from matcher.answers.covered import Assignment, NeedCard, Option, Served, Slot, State
from matcher.answers.partners import Home
from matcher.engine.fill import NOBODY
from matcher.engine.flow import Flow
from matcher.engine.gaps import empty
from matcher.engine.match import Match, matched
from matcher.engine.options import called, elsewhere, options
from matcher.engine.stopped import nearest_to_passing
from matcher.engine.takers import Takers
from matcher.engine.words import counted, service_words, usd

NAMES_OFFERED = 3  # names that a client is offered for a need (prior)
STOPPED_SHOWN = 3  # partners named who are stopped
SAME_FIT = 1e-9  # difference up to which two fit the same
HAS_OTHERS: frozenset[State] = frozenset(("introduced", "ready"))
LOOKED_AT: frozenset[State] = frozenset(("introduced", "ready", "gap"))  # states in which partners may be stopped


def assignment(
    needs: Sequence[NeedCard], takers: Takers, home: Home, flow: Flow, *, names_offered: int = NAMES_OFFERED
) -> Assignment:
    """Which partner for which need, out of these takers; `needs` are all that are not dropped."""
    return assignment_of(matched(needs, takers, home, flow), names_offered)


def assignment_of(match: Match, names_offered: int = NAMES_OFFERED) -> Assignment:
    """The same from needs that are matched: each need with its partner and the next best, `names_offered` in all."""
    count = range(len(match.needs))
    names = [_names(match, need, names_offered) for need in count]
    pairs = np.array([(need, taker) for need in count for taker in names[need]], dtype=np.int64).reshape(-1, 2)
    dressed = iter(options(match, pairs[:, 0], pairs[:, 1]))
    stopped = nearest_to_passing(match, match.among(LOOKED_AT), STOPPED_SHOWN)
    served = []
    for need in count:
        found = list(islice(dressed, len(names[need])))
        partner = found.pop(0) if match.partner[need] != NOBODY else _outside(match, need)
        state = match.states[need]
        served.append(
            Served(
                need=match.needs[need],
                state=state,
                sentence=_sentence(match, need, partner),
                partner=partner,
                others=tuple(found),
                stopped=stopped.get(need, ()),
                emptied_by=match.eligible.emptied_by(need) if state == "gap" else None,
            )
        )
    ordered = sorted(served, key=lambda one: one.state == "gap")  # of each, the most valuable first as before
    return Assignment(needs=tuple(ordered), slots=slots(match), names_offered=names_offered)


def slots(match: Match) -> tuple[Slot, ...]:
    """The room of every taker, by id, with what one more slot there would bring."""
    takers, used = match.takers, match.used
    found = []
    for taker, waiting in enumerate(match.waiting.tolist()):
        need = None if waiting == NOBODY else match.needs[waiting]
        found.append(
            Slot(
                business_id=int(takers.ids[taker]),
                name=takers.names[taker],
                room=int(takers.room[taker]),
                room_assumed=bool(takers.room_assumed[taker]),
                used=int(used[taker]),
                worth_cents=need.value_cents if need else 0,
                need_id=need.need_id if need else None,
                sentence=_of_room(match, taker, need),
            )
        )
    return tuple(found)


def _names(match: Match, need: int, names_offered: int) -> list[int]:
    """The takers named for a need: its partner, then the best of those who have room beside what they hold."""
    partner = int(match.partner[need])
    first = [] if partner == NOBODY else [partner]
    if match.states[need] not in HAS_OTHERS:
        return first
    room = match.takers.room > match.takers.used
    others = (taker for taker in match.eligible.of(need).tolist() if taker != partner and room[taker])
    return first + list(islice(others, max(0, names_offered - 1)))


def _outside(match: Match, need: int) -> Option | None:
    """Whoever has a need by somebody's word and is none of the takers."""
    card = match.needs[need]
    if not match.settled[need] or card.business_id is None:
        return None
    return elsewhere(card.business_id, card.business)


def _sentence(match: Match, need: int, partner: Option | None) -> str:
    state, card = match.states[need], match.needs[need]
    name = (partner.name if partner else "") or card.business or "a partner"
    if state == "gap":
        return empty(card, match.eligible.emptied_by(need))
    if state == "ready":
        return f"You chose {name}." if match.settled[need] else _why(match, need)
    return {
        "filled": f"Filled by {name}.",
        "introduced": f"You introduced them to {name}.",
        "ours": "You do this yourself.",
        "unsorted": "Nobody has said yet which service this calls for.",
    }[state]


def _why(match: Match, need: int) -> str:
    """Why the partner of a need was chosen, against the one who fits best."""
    those, partner = match.eligible.of(need), int(match.partner[need])
    fits = match.eligible.fit[match.eligible.begins[need] : match.eligible.begins[need + 1]]
    name, best = called(match.takers, partner), int(those[0])
    other, got = called(match.takers, best), match.takers.load + match.given
    if len(those) == 1:
        return f"{name} is the only one who could."
    if fits[0] - fits[those == partner][0] < SAME_FIT:
        return f"{name} fits best of {len(those)} who could."
    if match.used[best] >= match.takers.room[best]:
        return f"{name} has room; {other} fits better and is full."
    if got[best] > got[partner]:
        return f"{name} has had fewer needs lately; {other} fits a little better."
    return f"{name} takes it so that all needs together are served best; {other} fits a little better."


def _of_room(match: Match, taker: int, need: NeedCard | None) -> str:
    name, left = called(match.takers, taker), int(match.takers.room[taker] - match.used[taker])
    if left > 0:
        return f"{name} has room for {counted(left, 'more need')}."
    if need is None:
        return f"{name} is full, and no need waits for one more place there."
    what = service_words(match.flow.taxonomy, need.service)
    worth = f", worth {usd(need.value_cents / 100)}" if need.value_cents else ""
    return f"One more place at {name} would fill a need of {need.client}: {what}{worth}."
