"""Who could close a gap: businesses outside the network that may fill needs which nobody fills, best partners first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.answers.covered import NeedCard
from matcher.engine import value
from matcher.engine.columns import Floats
from matcher.engine.compete import distances_km
from matcher.engine.eligible import Eligible, eligible
from matcher.engine.index import Index
from matcher.engine.kinds import Rows
from matcher.engine.match import worth_of
from matcher.engine.pairs import pair_up
from matcher.engine.picture import SURE
from matcher.engine.question import Question
from matcher.engine.reach import Reach
from matcher.engine.takers import Takers, Told, takers
from matcher.engine.wants import wants_of


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """K businesses that may fill some of N needs, the best partners first; columns are (K,)."""

    needs: Sequence[NeedCard]
    eligible: Eligible  # of all who offer such a service, also of those who may fill nothing
    reach: Reach  # the K that may fill something, beside the N needs
    ids: Rows
    rows: Rows
    services: tuple[str, ...]  # that the needs ask for
    distance_km: Floats  # from home; NaN: unknown
    yes: Floats  # chance that they say yes, 0-1


def candidates(index: Index, question: Question, needs: Sequence[NeedCard], told: Mapping[int, Told]) -> Candidates:
    """Everybody the network can see who may fill one of these needs, but for those it has decided on already."""
    wants = wants_of(needs, index.flow)
    those = takers(index, question.home, _offering(index, question, needs), told)
    may = eligible(wants, those)
    reachable = np.unique(may.takers)
    rows = index.rows(those.ids[reachable].tolist(), question.network_id)
    distance = distances_km(index, question.home, rows)
    worth = value.worth(pair_up(index, question, rows, distance))
    order = np.lexsort((those.ids[reachable], -worth.yes_them, -worth.score))
    return Candidates(
        needs=needs,
        eligible=may,
        reach=_reach(may, those, reachable[order], np.array([worth_of(need) for need in needs])),
        ids=those.ids[reachable[order]],
        rows=rows[order],
        services=tuple(dict.fromkeys(need.service for need in needs)),
        distance_km=distance[order],
        yes=worth.yes_them[order],
    )


def _offering(index: Index, question: Question, needs: Sequence[NeedCard]) -> Rows:
    """Rows of all who surely offer a service that the needs ask for, without home and those decided on."""
    wanted = np.zeros(len(index.flow.codes), dtype=np.bool_)
    wanted[[index.flow.numbers[need.service] for need in needs]] = True
    offers = index.kinds.offers(np.arange(len(index.kinds)))
    fitting = np.zeros(len(index.kinds), dtype=np.bool_)
    fitting[offers.at[wanted[offers.service] & (offers.confidence >= SURE)]] = True
    rows = index.visible(question.network_id)
    rows = rows[fitting[index["kinds"][rows]]]
    known = np.array([*question.decided, question.home.business_id or 0], dtype=np.int64)
    return np.asarray(rows[~np.isin(index["ids"][rows], known)])


def _reach(may: Eligible, those: Takers, order: Rows, worth: Floats) -> Reach:
    """The pairs of need and taker the other way round: for each taker in `order` the needs that it may fill."""
    place = np.empty(len(those), dtype=np.int64)
    place[order] = np.arange(len(order))
    need = np.repeat(np.arange(len(worth)), may.counts)
    taker = place[may.takers]
    by_taker = np.lexsort((need, taker))
    first = np.searchsorted(taker[by_taker], np.arange(len(order) + 1))
    return Reach(first=first, need=need[by_taker].astype(np.int32), worth=worth, room=np.maximum(1, those.room[order]))
