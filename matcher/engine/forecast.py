"""What a client of ours will need within 30, 90 and 365 days, by the journeys begun and when their stages come up.

A need of chance p whose stage falls on the days [a, b) comes up on one of them, each as likely as any other:
P(within N days) = p x (days that [a, b) and [today, today + N) share) / (b - a). Whatever lies behind us is gone: we
would have heard, or somebody else did it. Journeys are independent: of several, 1 - product of (1 - P).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
    """A need of one journey: its chance, and the days between which it comes up, the last one not counted."""

    begun: Begun
    chance: float
    begins_on: date
    ends_on: date

    def within(self, days: int, today: date) -> float:
        """The chance that it comes up within so many days from today."""
        ends_on = min(self.ends_on, today + timedelta(days=days))
        shared = max(0, (ends_on - max(self.begins_on, today)).days)
        return self.chance * (shared / (self.ends_on - self.begins_on).days)


def chances(flow: Flow, journeys: Sequence[Begun], today: date, leave_out: Collection[str]) -> tuple[ExpectedNeed, ...]:
    """What a client on these journeys will need, likeliest within a year first.

    `flow` is the network's own, with what it learned. Services to `leave_out` are what we sell ourselves and what this
    client has told already. A journey that the taxonomy no longer has says nothing.
    """
    coming: dict[str, list[_Coming]] = defaultdict(list)
    for begun in journeys:
        if begun.journey in flow.taxonomy.journeys:
            for service, need in _needs(flow, begun):
                coming[service].append(need)
    expected = [_expected(flow.taxonomy, s, needs, today) for s, needs in coming.items() if s not in leave_out]
    shown = [need for need in expected if need.chance_365 >= LEAST_SHOWN]
    return tuple(sorted(shown, key=lambda need: (-need.chance_365, need.service)))


def _needs(flow: Flow, begun: Begun) -> Iterator[tuple[str, _Coming]]:
    """All needs of one journey; one that no stage foresees comes with the last."""
    column = flow.journeys.index(begun.journey)
    windows = flow.taxonomy.journeys[begun.journey].windows
    for row in np.flatnonzero(flow.chance[:, column]):
        begins, ends = windows.get(int(flow.stage[row, column]), windows[max(windows)])
        yield (
            flow.codes[row],
            _Coming(
                begun=begun,
                chance=float(flow.chance[row, column]),
                begins_on=begun.day_zero + timedelta(days=begins),
                ends_on=begun.day_zero + timedelta(days=ends),
            ),
        )


def _expected(taxonomy: Taxonomy, service: str, needs: Sequence[_Coming], today: date) -> ExpectedNeed:
    most = max(needs, key=lambda need: need.within(365, today))
    in_30, in_90, in_365 = (1 - prod(1 - need.within(days, today) for need in needs) for days in (30, 90, 365))
    return ExpectedNeed(
        service=service,
        journey=most.begun.journey,
        occasion_id=most.begun.occasion_id,
        chance_30=in_30,
        chance_90=in_90,
        chance_365=in_365,
        from_on=most.begins_on.isoformat(),
        to_on=most.ends_on.isoformat(),
        sentence=_sentence(taxonomy, most),
    )


def _sentence(taxonomy: Taxonomy, need: _Coming) -> str:
    share = of_hundred(need.chance)
    share = f"about {share}" if share[0].isdigit() else share
    journey = journey_words(taxonomy, need.begun.journey)
    when = between_days(need.begins_on, need.ends_on)
    return f"{sentence_start(share)} clients on the journey “{journey}” need this, most {when}."
