"""The order in which candidates are shown: the best first, but not twenty of a kind; ties share a rank.

One place in five goes to the candidate who is most worth finding out about.
"""

import numpy as np

from matcher.engine.flow import Floats
from matcher.engine.index import Rows

TURN = 2  # businesses of one service before others get a turn (by eye: seven services and more among the first 20)
LATER = 0.5  # worth of each further turn of the same service in the order shown; the score itself is not touched
SAME = 9  # significant digits to which two scores must agree to count as one
EVERY = 5  # one place in so many is for finding out (simulated in `python -m tests.bench learning`)
AHEAD = 40  # good candidates: the next so many in the order, two pages (prior)
MORE = 1000  # candidates looked at beside those wanted, before we look at twice as many


def ranked(score: Floats, service: Rows, distance_km: Floats, ids: Rows, wanted: int) -> tuple[Rows, Rows, Rows]:
    """The first `wanted` positions in the order shown, the rank of each, and how many others nobody can tell from it.

    Best first, then nearer, then lower id. The third and fourth of the same service count half in this order, the
    fifth and sixth a quarter, and so on, so that a page is not twenty insurance agents. Equal scores of the same
    service share the rank of the first of them that is shown.
    """
    score, count = rounded(score), len(score)
    looked = min(count, 4 * wanted + MORE)
    while True:
        some = np.argpartition(-score, looked - 1)[:looked] if looked < count else np.arange(count)
        shown_worth = _in_turns(score[some], service[some], distance_km[some], ids[some])
        if looked == count or np.partition(-shown_worth, wanted)[wanted] < -score[some].min():
            break  # nobody left out could be shown, nor tie with one who is
        looked = min(count, 2 * looked)
    order = np.lexsort((ids[some], _far_last(distance_km[some]), -score[some], -shown_worth))
    ranks, alike = _shared_ranks(np.stack([service[some], score[some]])[:, order])
    return some[order][:wanted], ranks[:wanted], alike[:wanted]


def find_out(width: Floats, wanted: int) -> tuple[list[int], list[bool]]:
    """The first `wanted` places as positions in the order best first, and which of them are for finding out.

    `width` (n,) is how much is open about each candidate, in the order best first. Every fifth place goes to the widest
    of the next 40; all others keep their order and everybody keeps their rank. Each place follows from the order alone,
    so that pages together are the list in one go; n has to be 40 more than `wanted`, or all there are.
    """
    left, shown, marked = list(range(len(width))), list[int](), list[bool]()
    while left and len(shown) < wanted:
        turn = (len(shown) + 1) % EVERY == 0
        at = max(range(min(AHEAD, len(left))), key=lambda place: (width[left[place]], -place)) if turn else 0
        shown.append(left.pop(at))
        marked.append(turn)
    return shown, marked


def rounded(score: Floats) -> Floats:
    """The scores to as many digits as mean anything, so that equal ones are equal."""
    unit = 10.0 ** (np.floor(np.log10(np.maximum(score, 1e-300))) - SAME + 1)
    return np.asarray(np.round(score / unit) * unit)


def _far_last(distance_km: Floats) -> Floats:
    return np.nan_to_num(distance_km, nan=np.inf)


def _in_turns(score: Floats, service: Rows, distance_km: Floats, ids: Rows) -> Floats:
    """(n,) the score, halved for every turn that others of the same service have had."""
    grouped = np.lexsort((ids, _far_last(distance_km), -score, service))
    number = np.arange(len(grouped))
    starts = np.r_[True, np.diff(service[grouped]) != 0][: len(grouped)]
    turn = (number - np.maximum.accumulate(np.where(starts, number, 0))) // TURN
    worth = np.empty(len(grouped))
    worth[grouped] = score[grouped] * LATER**turn
    return worth


def _shared_ranks(kinds: Floats) -> tuple[Rows, Rows]:
    """From (service, score) in the order shown: each one's rank from 1, and how many others are just like it."""
    _, first, kind, many = np.unique(kinds, axis=1, return_index=True, return_inverse=True, return_counts=True)
    kind = kind.reshape(-1)
    return first[kind] + 1, many[kind] - 1
