"""What a client of ours will need within 30, 90 and 365 days, by the journeys begun and when their stages come up.

A need of chance p whose stage falls on the days [a, b) comes up on one of them, each as likely as any other:
P(within N days) = p x (days that [a, b) and [today, today + N) share) / (b - a). Whatever lies behind us is gone: we
would have heard, or somebody else did it. Journeys are independent: of several, 1 - product of (1 - P).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod

import numpy as np

from matcher.answers.expected import ExpectedNeed
from matcher.engine.flow import Flow
from matcher.engine.words import between_days, journey_words, of_hundred, sentence_start
from matcher.taxonomy import Taxonomy

LEAST_SHOWN = 0.02  # chance within 365 days from which a need is shown (prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A journey that a client of ours is on, and the day from which its stages are counted; may be to come."""

    occasion_id: int
    journey: str
    day_zero: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """A need of one journey: its chance, and the days between which it comes up, the last one not counted.

    Days are ordinals, as there are thousands of these at a look at all clients.
    """

    begun: Begun
    chance: float
    begins: int
    ends: int

    def within(self, days: int, today: int) -> float:
        """The chance that it comes up within so many days from today."""
        shared = max(0, min(self.ends, today + days) - max(self.begins, today))
        return self.chance * (shared / (self.ends - self.begins))


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How likely a client needs a service within 30, 90 and 365 days (0-1)."""

    service: str
    most: _Coming  # the journey that adds most
    in_30: float
    in_90: float
    in_365: float


def odds(flow: Flow, journeys: Sequence[Begun], today: date, leave_out: Collection[str]) -> list[Odds]:
    """What a client on these journeys will need, likeliest within a year first.

    `flow` is the network's own, with what it learned. Services to `leave_out` are what we sell ourselves and what this
    client has told already. A journey that the taxonomy no longer has says nothing.
    """
    coming: dict[str, list[_Coming]] = defaultdict(list)
    for begun in journeys:
        if begun.journey in flow.taxonomy.journeys:
            for service, need in _needs(flow, begun):
                coming[service].append(need)
    found = [_odds(service, needs, today.toordinal()) for service, needs in coming.items() if service not in leave_out]
    return sorted((one for one in found if one.in_365 >= LEAST_SHOWN), key=lambda one: (-one.in_365, one.service))


def _needs(flow: Flow, begun: Begun) -> Iterator[tuple[str, _Coming]]:
    """All needs of one journey; one that no stage foresees comes with the last."""
    column = flow.journeys.index(begun.journey)
    windows, day_zero = flow.taxonomy.journeys[begun.journey].windows, begun.day_zero.toordinal()
    for row in np.flatnonzero(flow.chance[:, column]):
        begins, ends = windows.get(int(flow.stage[row, column]), windows[max(windows)])
        yield (
            flow.codes[row],
            _Coming(
                begun=begun,
                chance=float(flow.chance[row, column]),
                begins=day_zero + begins,
                ends=day_zero + ends,
            ),
        )


def _within(needs: Sequence[_Coming], days: int, today: int) -> float:
    """The chance that at least one of the needs comes up within so many days from today."""
    return 1 - prod(1 - need.within(days, today) for need in needs)


def _odds(service: str, needs: Sequence[_Coming], today: int) -> Odds:
    most = max(needs, key=lambda need: need.within(365, today)) if len(needs) > 1 else needs[0]
    in_30, in_90, in_365 = (_within(needs, days, today) for days in (30, 90, 365))
    return Odds(service=service, most=most, in_30=in_30, in_90=in_90, in_365=in_365)


def in_words(taxonomy: Taxonomy, one: Odds) -> ExpectedNeed:
    """The answer for one of them; its sentence takes longest, so it is made of those alone that are shown."""
    most = one.most
    return ExpectedNeed(
        service=one.service,
        journey=most.begun.journey,
        occasion_id=most.begun.occasion_id,
        chance_30=one.in_30,
        chance_90=one.in_90,
        chance_365=one.in_365,
        from_on=date.fromordinal(most.begins).isoformat(),
        to_on=date.fromordinal(most.ends).isoformat(),
        sentence=_sentence(taxonomy, most),
    )


def _sentence(taxonomy: Taxonomy, need: _Coming) -> str:
    share = of_hundred(need.chance)
    share = f"about {share}" if share[0].isdigit() else share
    journey = journey_words(taxonomy, need.begun.journey)
    when = between_days(date.fromordinal(need.begins), date.fromordinal(need.ends))
    return f"{sentence_start(share)} clients on the journey “{journey}” need this, most {when}."
