"""The order in which candidates are shown: the best first, but not twenty of a kind; ties share a rank."""

import numpy as np

from matcher.engine.columns import Floats
from matcher.engine.kinds import Rows

TURN = 2  # businesses of one service before others get a turn (by eye: seven services and more among the first 20)
LATER = 0.5  # worth of each further turn of the same service in the order shown; the score itself is not touched
SAME = 9  # significant digits to which two scores must agree to count as one
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
