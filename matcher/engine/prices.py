"""How good the best possible choice can be at most, from prices of needs; and who cannot be in a better one.

Let every need have a price u >= 0. Whatever k candidates are chosen, they close at most

    sum of u  +  the k largest of g,   g = the `room` largest (worth - u)+ among the needs of a candidate,

since each need closed brings its price once, and what is above the price counts for its taker. That is the Lagrangian
dual of "each need once" (Held and Karp 1970; for covering Caprara, Fischetti and Toth 1999). The prices of a good
choice are a good start; some steps down the subgradient make the bound tight, within 2 % on made owners.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.engine.alone import most_alone
from matcher.engine.filled import Filled
from matcher.engine.kernels import Floats, Rows
from matcher.engine.reach import Reach, by_worth
from matcher.engine.recruit import Recruited, next_to_recruit

STEPS, FEWEST = 150, 10  # down the subgradient: at most (60 are .2 % worse); at least, however large the reach is
WORK = 60_000_000  # pairs of candidate and need looked at in all steps, about; a third of a second (prior)
PATIENCE, SHORTER = 5, 0.6  # after so many steps that did not help, steps get shorter by this factor (prior)


@dataclass(frozen=True, eq=False)
class Priced:
    """A bound of what k candidates can close, with the prices and gains that prove it."""

    at_most: float
    price: Floats  # (N,)
    gain: Floats  # (K,) what each candidate brings above the prices, at most
    kth: float  # the k-th largest gain


def bound(reach: Reach, k: int, found: Recruited | None = None) -> float:
    """A worth that no k candidates can exceed, so that a page can say "at least x % of the best possible".

    Needs no solver. `found` is what `next_to_recruit` says for the same k, if it has been asked already.
    """
    found = next_to_recruit(reach, k) if found is None else found
    if k <= 0 or k >= len(reach):
        return found.value
    ranked, _ = by_worth(reach, k)
    return max(found.value, priced(ranked, k, found).at_most)


def priced(ranked: Reach, k: int, found: Recruited) -> Priced:
    """The lowest bound that some steps find; `ranked` comes from `by_worth` with this k, 0 < k <= K."""
    price = np.maximum(0.0, ranked.worth - Filled(ranked, len(found.chosen)).joined(found.chosen.tolist()).left())
    best = _priced_at(ranked, k, price)
    length, in_vain = 1.0, 0
    now = best
    for _ in range(max(FEWEST, min(STEPS, WORK // max(1, len(ranked.need))))):
        down = _direction(ranked, k, now)
        square = float(down @ down)
        if square == 0 or best.at_most <= found.value:
            break
        step = length * (now.at_most - found.value) / square
        now = _priced_at(ranked, k, np.clip(now.price - step * down, 0.0, ranked.worth))
        if now.at_most < best.at_most:
            best, in_vain = now, 0
        else:
            in_vain += 1
            if in_vain % PATIENCE == 0:
                length *= SHORTER
    return best


def _priced_at(ranked: Reach, k: int, price: Floats) -> Priced:
    gain = most_alone(ranked, ranked.worth - price)
    largest = np.partition(gain, len(gain) - k)[len(gain) - k :]
    return Priced(float(price.sum() + largest.sum()), price, gain, float(largest[0]))


def _direction(ranked: Reach, k: int, now: Priced) -> Floats:
    """(N,) how fast the bound falls when a price does: 1 less the number of the k best candidates who would take it."""
    left = ranked.worth - now.price
    down = np.ones(len(left))
    for one in np.argpartition(-now.gain, k - 1)[:k].tolist():
        down[taken_alone(ranked, left, one)] -= 1
    down[(now.price <= 0) & (down > 0)] = 0.0
    return down


def taken_alone(ranked: Reach, left: Floats, one: int) -> Rows:
    """The needs that one candidate alone takes when they are worth `left`."""
    needs, room = ranked.needs_of(one), int(ranked.room[one])
    if room < len(needs):
        needs = needs[np.argpartition(-left[needs], room - 1)[:room]]
    return needs[left[needs] > 0].astype(np.int64)


def could_be_better(ranked: Reach, now: Priced, value: float) -> NDArray[np.bool_]:
    """(nnz,) whether a choice that closes more than `value` could use this candidate for this need.

    Forcing a candidate in costs the bound what it gains less than the k-th best; forcing on it a need that is not among
    its `room` best costs the difference to the last of these. Where that leaves no more than `value`, it can go.
    """
    spare = now.at_most - value - np.maximum(0.0, now.kth - now.gain)  # (K,) what may be lost yet
    left = ranked.worth - now.price
    some = np.flatnonzero(spare > 0)
    needed = np.full(len(ranked), np.inf)  # (K,) the least that a need has to be worth to a candidate
    for one in some.tolist():
        needs, room = ranked.needs_of(one), int(ranked.room[one])
        last = 0.0
        if room < len(needs):
            last = max(0.0, float(np.partition(left[needs], len(needs) - room)[len(needs) - room]))
        needed[one] = last - spare[one]
    return left[ranked.need] > np.repeat(needed, ranked.count)
