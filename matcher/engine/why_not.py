"""Why this partner and not that: what stands in the way of another, or what giving it the need would cost."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.answers.covered import NeedCard, Option, Stopped
from matcher.answers.partners import Home
from matcher.engine.fill import NOBODY
from matcher.engine.flow import Flow
from matcher.engine.match import Match, matched
from matcher.engine.options import called, options
from matcher.engine.stopped import stop_of
from matcher.engine.takers import Takers
from matcher.engine.words import and_list, counted, service_words
from matcher.errors import NotFound

NAMED = 2  # needs named that would move or be left over
ALIKE = 0.005  # fits nearer than this look the same
SHORTLY = {  # term of a fit -> what is said of the one who is ahead in it
    "sureness": "we are surer that they do this",
    "fills": "more introductions to them end well",
    "price_level": "the price suits better",
    "nearness": "nearer",
    "trust": "you trust them more",
}


def why_not(
    needs: Sequence[NeedCard], takers: Takers, home: Home, flow: Flow, *, need_id: int, business_id: int
) -> Stopped | str:
    """Why a need does not go to a business: the filter in its way, or what it would cost to send it there.

    For the cost the pair is fixed and everything matched anew, so that the sentence says what would then happen.
    """
    match = matched(needs, takers, home, flow)
    need = next((n for n, card in enumerate(match.needs) if card.need_id == need_id), NOBODY)
    taker = match.takers.place(business_id)
    if need == NOBODY:
        raise NotFound("We do not know that need; it may have been taken out.")
    if taker == NOBODY:
        raise NotFound("That business is none of your partners who take clients.")
    if settled := _settled(match, need, taker):
        return settled
    if stopped := stop_of(match, need, taker):
        return stopped
    forced = replace(match.needs[need], pinned=True, business_id=business_id, status="open")
    other = matched([forced if card.need_id == need_id else card for card in needs], takers, home, flow)
    return f"{_compared(match, need, taker)} {_cost(match, other, need, taker)}"


def _settled(match: Match, need: int, taker: int) -> str:
    """What there is to say without comparing anybody; empty when there is more to it."""
    state, partner = match.states[need], int(match.partner[need])
    name = called(match.takers, partner) if partner != NOBODY else match.needs[need].business or "Somebody else"
    if partner == taker:
        return f"{name} {'had' if state == 'filled' else 'has'} this need already."
    if state in ("filled", "introduced"):
        return f"{name} {'filled this need' if state == 'filled' else 'was introduced for this need'} already."
    if match.settled[need]:
        return f"You chose {name} for this need."
    return {
        "unsorted": "Say first which service this need calls for.",
        "ours": "You do this yourself, so we suggest nobody else.",
    }.get(state, "")


def _compared(match: Match, need: int, taker: int) -> str:
    """The partner of the need beside the other business; of a gap only the other."""
    partner = int(match.partner[need])
    name = called(match.takers, taker)
    if partner == NOBODY:
        return f"{name} could do this and is full, as needs that are worth more go there."
    ours, other = options(match, np.array([need, need]), np.array([partner, taker]))
    first = called(match.takers, partner)
    busier = _busier(match, partner, taker)
    if abs(ours.fit_share - other.fit_share) < ALIKE:
        return f"{first} and {name} fit alike ({_shares(ours, other)}){busier}."
    if ours.fit_share > other.fit_share:
        return f"{first} fits better ({_shares(ours, other)}: {_ahead(ours, other)}){busier}."
    return f"{name} fits better ({_shares(other, ours)}: {_ahead(other, ours)}){busier}."


def _shares(one: Option, other: Option) -> str:
    return f"{one.fit_share:.2f} against {other.fit_share:.2f}"


def _ahead(better: Option, worse: Option) -> str:
    """In which term the better one is furthest ahead."""
    pairs = zip(better.terms, worse.terms, strict=True)
    return SHORTLY[max(pairs, key=lambda pair: pair[0].share / pair[1].share)[0].name]


def _busier(match: Match, partner: int, taker: int) -> str:
    """That the other business has got more, or has no place left, where that is so."""
    if match.used[taker] >= match.takers.room[taker]:
        return f", and {called(match.takers, taker)} is full"
    got = match.takers.load + match.given
    if got[taker] > got[partner]:
        return f", and {called(match.takers, taker)} has had more needs lately"
    return ""


def _cost(match: Match, other: Match, need: int, taker: int) -> str:
    """What would change for the other needs if the business had this one."""
    name, fixed = called(match.takers, taker), match.needs[need].need_id
    before, after = _partners(match, fixed), _partners(other, fixed)
    cards = {card.need_id: card for card in match.needs}
    left = [cards[one] for one in before if before[one] != NOBODY and after[one] == NOBODY]
    filled = [cards[one] for one in before if before[one] == NOBODY and after[one] != NOBODY]
    moved = [cards[one] for one in before if NOBODY not in (before[one], after[one]) and before[one] != after[one]]
    changes = [f"nobody would be left for {_those(match, left)}"] if left else []
    changes += [f"{_those(match, filled)} would be filled instead"] if filled else []
    changes += [f"{_those(match, moved)} would go to somebody else"] if moved else []
    if not changes:
        return f"If you choose {name}, nothing else changes."
    return f"If you choose {name}, {and_list(changes)}."


def _partners(match: Match, without: int) -> dict[int, int]:
    """Need -> taker, for all needs but one."""
    pairs = zip(match.needs, match.partner.tolist(), strict=True)
    return {card.need_id: partner for card, partner in pairs if card.need_id != without}


def _those(match: Match, needs: Sequence[NeedCard]) -> str:
    """Some needs inside a sentence: "the need of Ann (plumber)", "3 needs (plumber of Ann, ...)"."""
    named = [f"{card.client} ({service_words(match.flow.taxonomy, card.service)})" for card in needs[:NAMED]]
    if len(needs) <= NAMED:
        return f"the need of {and_list(named)}" if len(needs) == 1 else f"the needs of {and_list(named)}"
    return f"{counted(len(needs), 'need')}, such as that of {named[0]},"
